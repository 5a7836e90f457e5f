import { el } from "./dom.js";
import { t } from "./texts.js";
import { unbroken } from "./unbroken.js";

const TYPED = /^\/(\S*)$/;

/** The commands above the composer: filtered by what is typed, driven from the text field. */
export class CommandMenu {
  element = el("ul", {
    class: "commands",
    id: "commands",
    role: "listbox",
    "aria-label": t("commands"),
    "data-testid": "commands",
    hidden: true,
  });
  #commands = [];
  #shown = [];
  #active = 0;
  #forced = false;
  #dismissed = false;
  #input;
  #onChoose;

  constructor(input, onChoose) {
    this.#input = input;
    this.#onChoose = onChoose;
    input.setAttribute("aria-controls", "commands");
    input.setAttribute("aria-autocomplete", "list");
  }

  get isOpen() {
    return !this.element.hidden;
  }

  set commands(commands) {
    if (JSON.stringify(commands) === JSON.stringify(this.#commands)) return;
    this.#commands = commands;
    this.update();
  }

  toggle() {
    this.#forced = !this.isOpen;
    this.#dismissed = !this.#forced;
    this.update();
  }

  /** To call when the text changed under the person's hands. */
  typed() {
    this.#forced = this.#dismissed = false;
    this.#active = 0;
    this.update();
  }

  close() {
    this.#forced = false;
    this.#dismissed = true;
    this.update();
  }

  update() {
    const typed = TYPED.exec(this.#input.value);
    this.#shown = this.#forced
      ? this.#commands
      : typed && !this.#dismissed
        ? this.#commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase()))
        : [];
    this.#active = Math.min(this.#active, Math.max(0, this.#shown.length - 1));
    this.element.hidden = !this.#shown.length && !this.#forced;
    this.element.replaceChildren(
      ...(this.#shown.length
        ? this.#shown.map((one, i) => this.#option(one, i))
        : [el("li", { class: "none" }, t("noCommands"))]),
    );
    this.#mark();
  }

  /** Handles a key of the text field; true when the menu used it up. */
  key(event) {
    if (!this.isOpen) return false;
    if (!this.#shown.length) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#active = (this.#active + step + this.#shown.length) % this.#shown.length;
      this.#mark();
      return true;
    }
    if (event.key !== "Enter" && event.key !== "Tab") return false;
    if (event.shiftKey) return false;
    this.#onChoose(this.#shown[this.#active].command, { send: event.key === "Enter" });
    return true;
  }

  #option({ command, description }, i) {
    return el(
      "li",
      {
        id: `command-${i}`,
        role: "option",
        class: "command",
        dataset: { command },
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.#onChoose(command, { send: true }),
      },
      el("span", { class: "command-name" }, `/${command}`),
      el("span", { class: "command-text" }, unbroken(description)),
    );
  }

  #mark() {
    this.element.querySelectorAll(".command").forEach((option, i) => {
      option.setAttribute("aria-selected", i === this.#active);
      if (i === this.#active && this.isOpen) option.scrollIntoView({ block: "nearest" });
    });
    if (this.isOpen && this.#shown.length)
      this.#input.setAttribute("aria-activedescendant", `command-${this.#active}`);
    else this.#input.removeAttribute("aria-activedescendant");
  }
}
