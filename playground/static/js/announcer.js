import { announcement, wordsOf } from "./content.js";

const QUIET_MS = 15000; // between two announcements of numbers that run in one message
const KEPT = 5; // announcements that stay for a screen reader to go back to

/** A message's words without what only counts: figures, bars and marks. */
const gist = (message) => wordsOf(message).replace(/[^\p{L}]+/gu, " ").trim();

/** Says to a screen reader what is new in the open chat: politely, and progress only now and then. */
export class Announcer {
  #region;
  #said = new Map(); // message id -> when it was last announced
  #album = null; // the album whose picture came last

  constructor(region) {
    this.#region = region;
  }

  arrived(message) {
    const album = message.media_group_id ?? null;
    const goesOn = album !== null && album === this.#album;
    this.#album = album;
    if (!goesOn || wordsOf(message)) this.#say(message);
  }

  edited(before, after) {
    if (wordsOf(before) === wordsOf(after)) return;
    const runs = gist(before) === gist(after);
    const last = this.#said.get(after.message_id) ?? 0;
    if (!runs || performance.now() - last > QUIET_MS) this.#say(after);
  }

  #say(message) {
    this.#said.set(message.message_id, performance.now());
    const line = document.createElement("p");
    line.textContent = announcement(message);
    this.#region.append(line);
    while (this.#region.childElementCount > KEPT) this.#region.firstElementChild.remove();
  }
}
