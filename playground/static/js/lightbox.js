import { el, iconButton, icon } from "./dom.js";
import { t } from "./texts.js";
import { downloadUrl, fileUrl } from "./api.js";
import { largest, wordsOf } from "./content.js";
import { senderName } from "./people.js";
import { fullTimeOf } from "./dates.js";

const SWIPE_PX = 50;

const fileOf = (message) => (message.photo ? largest(message.photo) : message.document);

/** Shows pictures large, starting at `index`. A modal dialog keeps focus in and gives it back. */
export function openLightbox(messages, index) {
  const image = el("img", { alt: "", draggable: "false" });
  const counter = el("span", { class: "lightbox-counter", "aria-live": "polite" });
  const who = el("span", { class: "lightbox-who" });
  const caption = el("p", { class: "lightbox-caption", dir: "auto" });
  const download = el(
    "a",
    { class: "icon-button", "aria-label": t("download"), title: t("download"), download: "" },
    icon("download"),
  );
  const previous = iconButton("back", t("previous"), {
    class: "lightbox-step previous",
    onclick: () => step(-1),
  });
  const next = iconButton("next", t("next"), {
    class: "lightbox-step next",
    onclick: () => step(1),
  });
  const strip = el(
    "div",
    { class: "lightbox-strip" },
    messages.map((message, i) =>
      el(
        "button",
        {
          type: "button",
          "aria-label": t("openPhoto", { number: i + 1, total: messages.length }),
          onclick: () => show(i),
        },
        el("img", {
          src: fileUrl(
            (message.photo?.[0] ?? message.document.thumbnail ?? message.document).file_id,
          ),
          alt: "",
        }),
      ),
    ),
  );
  const stage = el("div", { class: "lightbox-stage" }, previous, image, next);
  const dialog = el(
    "dialog",
    { class: "lightbox", "data-testid": "lightbox", "aria-label": t("viewer") },
    el(
      "header",
      { class: "lightbox-bar" },
      who,
      counter,
      download,
      iconButton("close", t("close"), { onclick: () => dialog.close(), autofocus: true }),
    ),
    stage,
    caption,
    strip,
  );

  function show(position) {
    index = position;
    const message = messages[index];
    const file = fileOf(message);
    image.src = fileUrl(file.file_id);
    image.alt = t("pictureOf", { name: senderName(message) });
    if (file.width) Object.assign(image, { width: file.width, height: file.height });
    who.textContent = `${senderName(message)}, ${fullTimeOf(message.date)}`;
    counter.textContent =
      messages.length > 1 ? t("counter", { number: index + 1, total: messages.length }) : "";
    caption.textContent = wordsOf(message) || wordsOf(messages[0]);
    download.href = downloadUrl(file.file_id);
    previous.setAttribute("aria-disabled", index === 0); // `disabled` would drop its focus
    next.setAttribute("aria-disabled", index === messages.length - 1);
    previous.hidden = next.hidden = strip.hidden = messages.length === 1;
    [...strip.children].forEach((button, i) =>
      button.setAttribute("aria-current", i === index ? "true" : "false"),
    );
  }

  function step(by) {
    if (messages[index + by]) show(index + by);
  }

  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) step(by);
  });
  let start = null;
  stage.addEventListener("pointerdown", (event) => (start = event));
  stage.addEventListener("pointerup", (event) => {
    const moved = event.clientX - (start?.clientX ?? event.clientX);
    if (Math.abs(moved) > SWIPE_PX) step(moved < 0 ? 1 : -1);
    else if (event.target === stage) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  show(index);
  dialog.showModal();
}
