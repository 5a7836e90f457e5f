import { el, icon } from "./dom.js";
import { t } from "./texts.js";
import { unbroken } from "./unbroken.js";

const STYLES = new Set(["primary", "success", "danger"]);

function button(message, key, position, pressed, actions) {
  const style = STYLES.has(key.style) ? key.style : "";
  const props = { class: `key ${style}`, dataset: { key: position } };
  if (key.url) {
    const open = (event) => actions.openLink(event, key.url);
    return el(
      "a",
      { ...props, href: key.url, target: "_blank", rel: "noopener noreferrer", onclick: open },
      el("span", {}, unbroken(key.text)),
      icon("link"),
    );
  }
  if (key.copy_text) {
    return el(
      "button",
      { ...props, type: "button", onclick: () => actions.copy(key.copy_text.text) },
      el("span", {}, unbroken(key.text)),
      icon("copy"),
    );
  }
  if (key.callback_data === undefined) {
    return el(
      "button",
      { ...props, type: "button", disabled: true, title: t("unsupportedButton") },
      el("span", {}, unbroken(key.text)),
    );
  }
  const press = () => actions.press(message, key.callback_data);
  return el(
    "button",
    {
      ...props,
      type: "button",
      "aria-busy": pressed ? "true" : null,
      onclick: pressed ? undefined : press,
    },
    el("span", {}, unbroken(key.text)),
  );
}

/**
 * The inline keyboard under a message; `isPressed(data)` tells which buttons wait for an answer.
 * `previous` is given back when it already shows the same.
 */
export function keyboard(message, isPressed, previous, actions) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const waits = (key) => key.callback_data !== undefined && isPressed(key.callback_data);
  const same = JSON.stringify([rows, rows.map((row) => row.map(waits))]);
  if (previous?.dataset.same === same) return previous;
  return el(
    "div",
    { class: "keyboard", "data-testid": "keyboard", dataset: { same } },
    rows.map((row, i) =>
      el(
        "div",
        { class: "keyboard-row" },
        row.map((key, j) => button(message, key, `${i}:${j}`, waits(key), actions)),
      ),
    ),
  );
}
