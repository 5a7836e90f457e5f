import { byId, el, icon, iconButton } from "./dom.js";
import { t } from "./texts.js";
import { sendMessage } from "./api.js";
import { CommandMenu } from "./commandmenu.js";
import { Draft } from "./draft.js";
import { Extras } from "./extras.js";
import { sampleFile } from "./samples.js";
import { closeToasts, toast } from "./toast.js";

const touch = matchMedia("(pointer: coarse)");

/** Where a message is written: words, files, a reply, who speaks. Each chat keeps its own draft. */
export class Composer {
  #context;
  #onSent;
  #drafts = new Map();
  #entry = null;
  #busy = false;
  #form = byId("composer");
  #extras;
  #input;
  #files;
  #menu;
  #send;

  constructor(context, { onSent }) {
    this.#context = context;
    this.#onSent = onSent;
    this.#input = el("textarea", {
      rows: 1,
      "aria-label": t("placeholder"),
      placeholder: t("placeholder"),
      "data-testid": "composer",
      dir: "auto",
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => this.#paste(event),
    });
    this.#files = el("input", {
      type: "file",
      multiple: true,
      class: "visually-hidden",
      tabindex: -1,
      "aria-label": t("chooseFile"),
      "data-testid": "file",
      onchange: () => {
        this.addFiles([...this.#files.files]);
        this.#files.value = "";
      },
    });
    this.#send = el(
      "button",
      {
        type: "submit",
        class: "send",
        "aria-label": t("send"),
        title: t("send"),
        "data-testid": "send",
      },
      icon("send"),
    );
    this.#extras = new Extras(context, {
      sendSample: (sample) => this.#sendSample(sample),
      browse: () => this.#files.click(),
      closeTray: () => this.#toggleTray(),
      cancelReply: () => this.replyTo(null),
      changed: () => this.#refresh(),
      focus: () => this.focus(),
    });
    this.#menu = new CommandMenu(this.#input, (command, how) => this.#command(command, how));
    this.#form.append(
      this.#menu.element,
      this.#extras.element,
      el(
        "div",
        { class: "composer-row" },
        iconButton("clip", t("attach"), {
          "data-testid": "attach",
          onclick: () => this.#toggleTray(),
        }),
        iconButton("slash", t("commands"), {
          "data-testid": "commands-button",
          onclick: () => this.#toggleMenu(),
        }),
        this.#input,
        this.#send,
      ),
      this.#files,
    );
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  render(entry) {
    if (!entry) return;
    const switched = entry.chat.id !== this.#entry?.chat.id;
    this.#entry = entry;
    if (switched) this.#open();
    this.#menu.commands = entry.commands[this.#context.session.speaker(entry)] ?? [];
    this.#drawExtras();
  }

  addFiles(files) {
    if (!files.length) return;
    this.#draft.add(files);
    this.#draft.traySetting = null;
    this.#refresh();
    this.#input.focus();
  }

  replyTo(message) {
    this.#draft.replyTo = message;
    this.#refresh();
    this.#input.focus();
  }

  focus() {
    this.#input.focus();
  }

  /** Closes what was opened last: the commands, a reply, the chosen files, the samples. */
  closeUppermost() {
    if (!this.#entry) return false;
    const draft = this.#draft;
    if (this.#menu.isOpen) this.#menu.close();
    else if (draft.replyTo) this.replyTo(null);
    else if (draft.files.length) draft.removeAll();
    else if (this.#trayShown) draft.traySetting = false;
    else return false;
    this.#refresh();
    return true;
  }

  /** Sends words at once, past the draft: a command that was clicked, or Start. */
  async sendText(text, entry = this.#entry) {
    const person = this.#context.session.speaker(entry);
    await this.#deliver({ person, chat: entry.chat.id, text });
  }

  get #draft() {
    const { id } = this.#entry.chat;
    if (!this.#drafts.has(id)) this.#drafts.set(id, new Draft(id));
    return this.#drafts.get(id);
  }

  #open() {
    this.#input.value = this.#draft.text;
    this.#menu.close();
    this.#refresh();
    const first = touch.matches ? byId("scroll") : this.#input; // a keyboard would cover half of it
    first.focus({ preventScroll: true });
  }

  async #submit() {
    const draft = this.#draft;
    if (draft.isEmpty || this.#busy) return;
    const { text, files } = draft;
    const sent = await this.#deliver({
      person: this.#context.session.speaker(this.#entry),
      chat: this.#entry.chat.id,
      text: text.trim(),
      files: files.map(({ file }) => file),
      asDocument: draft.asFile || !draft.onlyPictures,
      replyTo: draft.replyTo?.message_id,
    });
    if (!sent) return;
    draft.sent(text, files);
    this.#input.value = this.#draft.text;
    this.#menu.typed();
    this.#refresh();
  }

  async #deliver(message) {
    this.#setBusy(true);
    closeToasts(); // an earlier refusal
    try {
      await sendMessage(message);
      this.#onSent();
      return true;
    } catch (error) {
      toast(error.message, { error: true });
      return false;
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#form.setAttribute("aria-busy", busy);
  }

  #typed() {
    this.#draft.write(this.#input.value);
    this.#menu.typed();
    this.#refresh();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.#menu.key(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey && !touch.matches) {
      event.preventDefault();
      this.#submit();
    }
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.addFiles(files);
  }

  /** A command that was chosen is what is written: files and a reply that wait go with it. */
  async #command(command, { send }) {
    this.#input.value = send ? `/${command}` : `/${command} `;
    this.#typed();
    this.#input.focus();
    if (!send) return;
    this.#menu.close();
    await this.#submit();
  }

  #toggleMenu() {
    this.#menu.toggle();
    this.#input.focus();
  }

  #toggleTray() {
    this.#draft.traySetting = !this.#trayShown;
    this.#refresh();
  }

  /** Open until this person has sent a first picture in their private chat, or as they set it. */
  get #trayShown() {
    const draft = this.#draft;
    if (draft.traySetting !== null) return draft.traySetting;
    if (draft.files.length || this.#entry.chat.type !== "private") return false;
    return ![...this.#entry.messages.values()].some(
      (m) => m.from?.id === this.#entry.chat.id && (m.photo || m.document),
    );
  }

  /** Sends a sample, with the words that stand in the field. */
  async #sendSample(sample) {
    if (this.#busy) return;
    try {
      this.addFiles([await sampleFile(sample)]);
    } catch (error) {
      toast(error.message, { error: true });
      return;
    }
    await this.#submit();
  }

  #refresh() {
    this.#drawExtras();
    this.#input.placeholder = t(this.#draft.files.length ? "placeholderCaption" : "placeholder");
    this.#send.classList.toggle("ready", !this.#draft.isEmpty);
    this.#input.style.height = "auto";
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }

  #drawExtras() {
    this.#extras.draw(this.#entry, this.#draft, this.#trayShown);
  }
}
