import { el, iconButton, icon } from "./dom.js";
import { t } from "./texts.js";
import { downloadUrl, fileUrl } from "./api.js";
import { describe, largest, wordsOf } from "./content.js";
import { senderName } from "./people.js";
import { fullTimeOf } from "./dates.js";
import { unbroken } from "./unbroken.js";

const SWIPE_PX = 50;

const fileOf = (message) => (message.photo ? largest(message.photo) : message.document);

/**
 * Pictures shown large. Opening is a step of the browser's history: Back closes, Forward opens again.
 * `find(messageId)` gives {messages, index} or null; `onClosed(messageId)` hears what was seen last.
 */
export class Lightbox {
  #find;
  #onClosed;
  #dialog = null;
  #leaving = false;

  constructor(find, onClosed) {
    this.#find = find;
    this.#onClosed = onClosed;
    addEventListener("popstate", () => this.follow());
  }

  open(messageId) {
    history.pushState({ photo: messageId }, "");
    this.follow();
  }

  /** Shows what the history's present step says. */
  follow() {
    this.#leaving = false;
    const photo = history.state?.photo;
    if (!photo) {
      this.#dialog?.close();
      return;
    }
    const found = this.#dialog ? null : this.#find(photo);
    if (found)
      this.#dialog = viewer(
        found,
        () => this.#leave(),
        (seen) => this.#closed(seen),
      );
  }

  /** Steps back, which closes; in this order, so that who sees it closed may go on at once. */
  #leave() {
    if (this.#leaving) return;
    this.#leaving = true;
    history.back();
  }

  #closed(messageId) {
    this.#dialog = null;
    if (history.state?.photo) this.#leave(); // the browser closed it by itself
    this.#onClosed(messageId);
  }
}

/** Opens the dialog, starting at `index`. */
function viewer({ messages, index }, leave, onClosed) {
  const image = el("img", { alt: "", draggable: "false" });
  const labelOf = (i) =>
    describe("openPhoto", messages[i], messages, { number: i + 1, total: messages.length });
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
          "aria-label": labelOf(i),
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
      iconButton("close", t("close"), { onclick: leave, autofocus: true }),
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
    image.alt = describe("pictureOf", message, messages, { name: senderName(message) });
    if (file.width) Object.assign(image, { width: file.width, height: file.height });
    who.textContent = `${senderName(message)}, ${fullTimeOf(message.date)}`;
    counter.textContent =
      messages.length > 1 ? t("counter", { number: index + 1, total: messages.length }) : "";
    caption.replaceChildren(...unbroken(wordsOf(message) || wordsOf(messages[0])));
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
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  });
  let start = null;
  stage.addEventListener("pointerdown", (event) => (start = event));
  stage.addEventListener("pointerup", (event) => {
    const moved = event.clientX - (start?.clientX ?? event.clientX);
    if (Math.abs(moved) > SWIPE_PX) step(moved < 0 ? 1 : -1);
    else if (event.target === stage) leave();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClosed(messages[index].message_id);
  });
  document.body.append(dialog);
  show(index);
  dialog.showModal();
  return dialog;
}
