import { byId, el } from "./dom.js";
import { t } from "./texts.js";
import { unbroken } from "./unbroken.js";

/** Milliseconds for which a message is shown. An error stays until it is closed: it says what to do. */
const SHOWN_MS = 4500;

export function toast(text, { error = false, lang = null } = {}) {
  const looks = error ? "toast error" : "toast";
  const node = el("div", { class: looks, lang, "data-testid": "toast" }, unbroken(text));
  const remove = () => node.remove();
  node.addEventListener("click", remove);
  byId("toasts").append(node);
  if (!error) setTimeout(remove, SHOWN_MS);
}

/** Removes the toasts; true if there were any. */
export function closeToasts() {
  const toasts = byId("toasts");
  const any = toasts.childElementCount > 0;
  toasts.replaceChildren();
  return any;
}

/** A callback answer that wants to be confirmed. */
export function alertDialog(text, { lang, onClose }) {
  const ok = el("button", { class: "primary" }, t("ok"));
  const dialog = el(
    "dialog",
    { class: "alert", "data-testid": "alert", "aria-labelledby": "alert-text" },
    el("p", { id: "alert-text", lang }, unbroken(text)),
    el("form", { method: "dialog" }, ok),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  document.body.append(dialog);
  dialog.showModal();
}
