import { el, icon } from "./dom.js";
import { t } from "./texts.js";
import { sizeOf } from "./dates.js";
import { downloadUrl, fileUrl } from "./api.js";
import { describe, isPictureFile } from "./content.js";

function preview(message, actions) {
  const { document } = message;
  if (!document.thumbnail && !isPictureFile(document))
    return el("span", { class: "file-icon" }, icon("file"));
  const image = el("img", {
    src: fileUrl((document.thumbnail ?? document).file_id),
    alt: "",
    width: 64,
    height: 64,
    draggable: "false",
  });
  if (!isPictureFile(document)) return el("span", { class: "file-thumbnail" }, image);
  return el(
    "button",
    {
      type: "button",
      class: "file-thumbnail",
      "aria-label": describe("openOnePhoto", message, [message]),
      dataset: { photo: message.message_id },
      onclick: () => actions.openPhotos(message.message_id),
    },
    image,
  );
}

/** A file: its picture or icon, name, size, and the way to download it. */
export function documentRow(message, actions) {
  const { document } = message;
  const name = document.file_name ?? t("file");
  return el(
    "div",
    { class: "file", "data-testid": "document" },
    preview(message, actions),
    el(
      "div",
      { class: "file-text" },
      el("span", { class: "file-name" }, name),
      el(
        "span",
        { class: "file-size" },
        document.file_size === undefined ? "" : sizeOf(document.file_size),
      ),
    ),
    el(
      "a",
      {
        class: "icon-button",
        href: downloadUrl(document.file_id),
        download: name,
        "aria-label": `${t("download")}: ${name}`,
        title: t("download"),
      },
      icon("download"),
    ),
  );
}
