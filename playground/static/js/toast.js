import { byId, el } from "./dom.js";
import { t } from "./texts.js";

const SHOWN_MS = 4500;

export function toast(text, { error = false } = {}) {
  const node = el("div", { class: error ? "toast error" : "toast", "data-testid": "toast" }, text);
  const remove = () => node.remove();
  node.addEventListener("click", remove);
  byId("toasts").append(node);
  setTimeout(remove, SHOWN_MS);
}

/** A callback answer that wants to be confirmed. */
export function alertDialog(text) {
  const ok = el("button", { class: "primary" }, t("ok"));
  const dialog = el(
    "dialog",
    { class: "alert", "data-testid": "alert" },
    el("p", {}, text),
    el("form", { method: "dialog" }, ok),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
