import { language } from "./texts.js";
import { follow, recall, recallHere, remember, rememberHere } from "./memory.js";

const phone = matchMedia("(max-width: 719px)");

/**
 * Which chat is open (it is in location.hash), who speaks in it, what they have read.
 * Windows may belong to different people: each has its own speakers. Event: "change".
 */
export class Session extends EventTarget {
  #store;
  #speakers = recallHere("speakers", {});
  #read = recall("read", {}); // "chat:person" -> the last message they saw

  constructor(store) {
    super();
    this.#store = store;
    addEventListener("hashchange", () => this.#changed());
    phone.addEventListener("change", () => this.#changed());
    follow("read", (read) => {
      this.#read = read ?? {};
      this.#changed();
    });
  }

  /** The chats in the order of the list: the person who shares the page's language comes first. */
  get chats() {
    const rank = ({ chat }) => (chat.type !== "private" ? 2 : this.#speaks(chat.id) ? 0 : 1);
    return [...this.#store.chats.values()].sort((a, b) => rank(a) - rank(b));
  }

  /** The open chat's entry; always one on a wide screen, on a phone the list may be alone. */
  get open() {
    const entry = this.#store.chats.get(Number(location.hash.slice(1)));
    return entry ?? (phone.matches ? null : this.chats[0]) ?? null;
  }

  show(chatId) {
    location.hash = `#${chatId}`;
  }

  speaker({ chat, members }) {
    if (chat.type === "private") return chat.id;
    const kept = this.#speakers[chat.id];
    return members.includes(kept) ? kept : (members.find((id) => this.#speaks(id)) ?? members[0]);
  }

  speakAs(chatId, personId) {
    this.#speakers[chatId] = personId;
    rememberHere("speakers", this.#speakers);
    this.#changed();
  }

  unread(entry) {
    const read = this.#read[this.#reader(entry)] ?? 0;
    const isStale = read > Math.max(0, ...entry.messages.keys()); // a fresh server counts from one
    const since = isStale ? 0 : read;
    const me = this.speaker(entry);
    const messages = [...entry.messages.values()];
    const spoke = Math.max(
      0,
      ...messages.filter((m) => m.from?.id === me).map((m) => m.message_id),
    );
    return messages.filter((m) => m.message_id > Math.max(since, spoke)).length;
  }

  /** Notes that everything in the chat was seen; true when that is news. */
  markRead(entry) {
    const last = Math.max(0, ...entry.messages.keys());
    const reader = this.#reader(entry);
    if (this.#read[reader] === last) return false;
    this.#read = { ...recall("read", {}), [reader]: last };
    remember("read", this.#read);
    return true;
  }

  #reader(entry) {
    return `${entry.chat.id}:${this.speaker(entry)}`;
  }

  #speaks(personId) {
    return this.#store.people.get(personId)?.language_code?.startsWith(language) ?? false;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
