import { el } from "./dom.js";
import { fileUrl } from "./api.js";
import { describe, fitting } from "./content.js";

const ROWS = {
  1: [1],
  2: [2],
  3: [1, 2],
  4: [2, 2],
  5: [2, 3],
  6: [3, 3],
  7: [3, 4],
  8: [4, 4],
  9: [3, 3, 3],
  10: [3, 3, 4],
};
const WIDTH = 480; // CSS pixels of the widest grid, see media.css
const LIMIT = { min: 0.66, max: 1.78 };
const ALONE_MAX = 3; // a photo alone is shown whole, unless it is a strip

const aspectOf = ({ width, height }, alone) =>
  Math.min(alone ? ALONE_MAX : LIMIT.max, Math.max(LIMIT.min, width / height));

function tile(messages, index, columns, actions) {
  const message = messages[index];
  const total = messages.length;
  const size = fitting(message.photo, (WIDTH / columns) * devicePixelRatio);
  const key = total > 1 ? "openPhoto" : "openOnePhoto";
  const label = describe(key, message, messages, { number: index + 1, total });
  return el(
    "button",
    {
      type: "button",
      class: "tile",
      "aria-label": label,
      dataset: { photo: message.message_id },
      style: { "--aspect": aspectOf(size, total === 1) },
      onclick: () => actions.openPhotos(message.message_id),
    },
    el("img", {
      src: fileUrl(size.file_id),
      width: size.width,
      height: size.height,
      alt: "",
      decoding: "async",
      draggable: "false",
    }),
  );
}

/** Photos (1-10 messages) as one grid of justified rows; a single photo is a grid of one. */
export function album(messages, actions) {
  const single = messages.length === 1;
  const counts = ROWS[messages.length] ?? [messages.length];
  const rows = [];
  let start = 0;
  for (const count of counts) {
    const row = messages.slice(start, start + count);
    const first = start;
    const tiles = row.map((_, i) => tile(messages, first + i, count, actions));
    const aspect = row.reduce((sum, message) => sum + aspectOf(message.photo[0], single), 0);
    rows.push(el("div", { class: "album-row", style: { "--row": aspect } }, tiles));
    start += count;
  }
  return el(
    "div",
    {
      class: single ? "album single" : "album",
      "data-testid": single ? "photo" : "album",
      dataset: { count: messages.length },
      style: single ? { "--aspect": aspectOf(messages[0].photo[0], true) } : {},
    },
    rows,
  );
}
