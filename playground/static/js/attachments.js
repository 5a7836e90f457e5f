import { el, icon, iconButton } from "./dom.js";
import { t } from "./texts.js";
import { sizeOf } from "./dates.js";

function card(attachment, onRemove) {
  const { file, url } = attachment;
  const fallback = () =>
    el(
      "span",
      { class: "attachment-file" },
      icon("file"),
      el("span", { class: "attachment-size" }, sizeOf(file.size)),
    );
  const picture = el("img", { src: url, alt: "", onerror: () => picture.replaceWith(fallback()) });
  return el(
    "li",
    { class: "attachment", title: file.name, "data-testid": "attachment" },
    file.type.startsWith("image/") ? picture : fallback(),
    el("span", { class: "attachment-name" }, file.name),
    iconButton("close", t("removeFile", { name: file.name }), {
      class: "attachment-remove",
      onclick: () => onRemove(attachment),
    }),
  );
}

/** The chosen files before they are sent, and the choice between photo and file. */
export function attachments(draft, onChange) {
  if (!draft.files.length) return null;
  const remove = (attachment) => {
    draft.remove(attachment);
    onChange();
  };
  const choice = el("input", {
    type: "checkbox",
    checked: draft.asFile,
    "data-testid": "as-file",
    onchange: (event) => (draft.asFile = event.target.checked),
  });
  return el(
    "div",
    { class: "attachments" },
    el(
      "ul",
      { "aria-label": t("files") },
      draft.files.map((attachment) => card(attachment, remove)),
    ),
    draft.onlyPictures &&
      el(
        "label",
        { class: "as-file" },
        choice,
        el("span", {}, t("sendAsFile")),
        el("span", { class: "hint" }, t("sendAsFileHint")),
      ),
  );
}
