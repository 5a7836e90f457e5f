import { recallHere, rememberHere } from "./memory.js";

/** A message being written: words, files, what it replies to. Its words outlive a reload. */
export class Draft {
  #chatId;
  text;
  replyTo = null;
  files = []; // {file, url}
  asFile = false;
  traySetting = null; // true or false once the person opened or closed the sample tray

  constructor(chatId) {
    this.#chatId = chatId;
    this.text = recallHere("drafts", {})[chatId] ?? "";
  }

  get isEmpty() {
    return !this.text.trim() && !this.files.length;
  }

  get onlyPictures() {
    return this.files.every(({ file }) => file.type.startsWith("image/"));
  }

  write(text) {
    this.text = text;
    rememberHere("drafts", { ...recallHere("drafts", {}), [this.#chatId]: text });
  }

  add(files) {
    const added = files.map((file) => ({ file, url: URL.createObjectURL(file) }));
    this.files = [...this.files, ...added];
  }

  remove(attachment) {
    URL.revokeObjectURL(attachment.url);
    this.files = this.files.filter((one) => one !== attachment);
  }

  removeAll() {
    for (const attachment of this.files) this.remove(attachment);
    this.asFile = false;
  }

  /** Forgets what was sent. What was typed or chosen while it was on its way stays. */
  sent(text, files) {
    for (const attachment of files) this.remove(attachment);
    this.write(this.text.startsWith(text) ? this.text.slice(text.length).trimStart() : this.text);
    this.asFile = false;
    this.replyTo = null;
    this.traySetting = null;
  }
}
