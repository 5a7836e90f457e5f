import { el } from "./dom.js";
import { t } from "./texts.js";
import { unbroken } from "./unbroken.js";

const SAFE_LINK = /^(https?|tg|mailto|tel):/i;
const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

function link(href, label, actions) {
  const absolute = SAFE_LINK.test(href) ? href : `https://${href}`;
  return el(
    "a",
    {
      href: absolute,
      target: "_blank",
      rel: "noopener noreferrer",
      onclick: (event) => actions.openLink(event, absolute),
    },
    label,
  );
}

function spoiler(inside) {
  const button = el(
    "button",
    { type: "button", class: "spoiler", "aria-label": t("spoiler") },
    el("span", {}, inside),
  );
  button.addEventListener(
    "click",
    () => {
      const open = el("span", { tabindex: -1 }, ...button.firstChild.childNodes);
      button.replaceWith(open);
      open.focus({ preventScroll: true });
    },
    { once: true },
  );
  return button;
}

function wrap(entity, source, inside, actions) {
  switch (entity.type) {
    case "bot_command":
      return el(
        "button",
        { type: "button", class: "link", onclick: () => actions.sendText(source) },
        inside,
      );
    case "pre":
      return el("pre", {}, el("code", {}, inside));
    case "spoiler":
      return spoiler(inside);
    case "url":
      return link(source, inside, actions);
    case "text_link":
      return link(entity.url, inside, actions);
    case "email":
      return link(`mailto:${source}`, inside, actions);
    case "phone_number":
      return link(`tel:${source}`, inside, actions);
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return el("span", { class: "mention" }, inside);
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, inside) : el("span", {}, inside);
  }
}

/**
 * Text with Bot API entities as a list of nodes. Offsets count UTF-16 units, as strings here do.
 * `actions` has sendText(text) for commands and openLink(event, url) for links.
 */
export function richText(text, entities = [], actions) {
  const ordered = entities
    .filter(({ offset, length }) => length > 0 && offset + length <= text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);

  function between(start, end) {
    const nodes = [];
    let position = start;
    while (ordered.length && ordered[0].offset < end) {
      const entity = ordered.shift();
      const from = Math.max(entity.offset, position);
      const to = Math.min(entity.offset + entity.length, end);
      if (from >= to) continue;
      if (from > position) nodes.push(...unbroken(text.slice(position, from)));
      nodes.push(wrap(entity, text.slice(from, to), between(from, to), actions));
      const endsLine = BLOCKS.has(entity.type) && text[to] === "\n"; // by being a block
      position = endsLine ? to + 1 : to;
    }
    if (position < end) nodes.push(...unbroken(text.slice(position, end)));
    return nodes;
  }

  return between(0, text.length);
}

const graphemes = new Intl.Segmenter();

/** Whether the text is one to three emoji and nothing else. */
export function isEmojiOnly(text) {
  const parts = [...graphemes.segment(text.trim())].map(({ segment }) => segment);
  return (
    parts.length > 0 &&
    parts.length <= 3 &&
    parts.every((part) => /^(\p{Extended_Pictographic}|\p{Regional_Indicator})/u.test(part))
  );
}
