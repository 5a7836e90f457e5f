import { byId, el } from "./dom.js";
import { FocusKeeper } from "./focus.js";
import { t } from "./texts.js";
import { dayKeyOf, dayOf } from "./dates.js";
import { messageElement } from "./message.js";
import { sameRun, serviceText, unitsOf } from "./content.js";
import { ScrollKeeper } from "./scroll.js";
import { installLongPress } from "./longpress.js";
import { welcome } from "./welcome.js";

const note = () =>
  el("div", { class: "service note", dataset: { key: "note" } }, el("span", {}, t("bannerNote")));

/** The messages of the open chat. Only what changed is drawn anew; a live edit moves nothing. */
export class Conversation {
  #context;
  #actions;
  #box = byId("scroll");
  #list = byId("messages");
  #pill = byId("pill");
  #scroll;
  #focus;
  #drawn = new Map(); // key -> {signature, element}
  #chatId = null;
  #unseen = 0;

  constructor(context, actions) {
    this.#context = context;
    this.#actions = { ...actions, showMessage: (id) => this.showMessage(id) };
    this.#scroll = new ScrollKeeper(this.#box, this.#list, () => this.#seen());
    this.#focus = new FocusKeeper(this.#list, () => this.#box);
    this.#pill.addEventListener("click", () => {
      this.toBottom();
      this.#box.focus(); // the button is gone
    });
    const messageAt = (node) => this.#messageOf(node.closest("[data-message-id]"));
    installLongPress(this.#list, (node) => this.#reply(messageAt(node)));
    this.#list.addEventListener(
      "click",
      (event) => event.target.closest(".reply") && this.#reply(messageAt(event.target)),
    );
    this.#list.addEventListener("dblclick", (event) => {
      if (!event.target.closest("button, a, .words")) this.#reply(messageAt(event.target));
    });
  }

  get chatId() {
    return this.#chatId;
  }

  get atBottom() {
    return this.#scroll.atBottom;
  }

  toBottom() {
    this.#scroll.toBottom();
    this.#seen();
  }

  render(entry) {
    if (!entry) return;
    const switched = entry.chat.id !== this.#chatId;
    if (switched) this.#open(entry.chat.id);
    this.#list.lang = this.#context.store.people.get(entry.chat.id)?.language_code ?? "";
    this.#scroll.hold(() => this.#focus.hold(() => this.#draw(entry)));
    if (switched) this.toBottom();
    this.#list.classList.toggle("settled", true);
  }

  /** Gives the focus back after something that lay over the messages. */
  refocus(messageId) {
    if (messageId) this.#focus.toPhoto(messageId);
    else this.#focus.restore();
  }

  /** Counts a message that came while the person reads further up. */
  arrived(message) {
    if (message.chat.id !== this.#chatId || this.#scroll.atBottom) return;
    this.#unseen += 1;
    this.#showPill();
  }

  showMessage(id) {
    const element = this.#list.querySelector(`[data-message-ids~="${Number(id)}"]`);
    if (!element) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    element.classList.remove("found");
    requestAnimationFrame(() => element.classList.add("found"));
    element.addEventListener("animationend", () => element.classList.remove("found"), {
      once: true,
    });
  }

  #open(chatId) {
    this.#chatId = chatId;
    this.#unseen = 0;
    this.#drawn.clear();
    this.#list.replaceChildren();
    this.#list.classList.toggle("settled", false);
    this.#scroll.atBottom = true;
  }

  #draw(entry) {
    const wanted = this.#items(entry);
    const keys = new Set(wanted.map(({ key }) => key));
    for (const [key, { element }] of this.#drawn) {
      if (keys.has(key)) continue;
      element.remove();
      this.#drawn.delete(key);
    }
    let before = null;
    for (const item of wanted) {
      const element = this.#element(item);
      const place = before ? before.nextSibling : this.#list.firstChild;
      if (place !== element) this.#list.insertBefore(element, place);
      before = element;
    }
  }

  #items(entry) {
    const { store, session } = this.#context;
    const units = unitsOf(store.messages(entry.chat.id));
    const items = [{ key: "note", signature: "", make: note }];
    if (!units.length)
      items.push({
        key: "welcome",
        signature: store.bot?.first_name,
        make: () => welcome(entry, store, this.#actions),
      });
    const me = session.speaker(entry);
    units.forEach((unit, i) => {
      const head = unit.messages[0];
      const [previous, next] = [units[i - 1], units[i + 1]];
      const newDay = !previous || dayKeyOf(previous.messages[0].date) !== dayKeyOf(head.date);
      if (newDay)
        items.push({
          key: `d${dayKeyOf(head.date)}`,
          signature: dayOf(head.date),
          make: () => this.#day(head.date),
        });
      const look = {
        own: head.from?.id === me,
        group: entry.chat.type !== "private",
        first: newDay || !sameRun(previous, unit),
        last: !sameRun(unit, next),
        emoji: unit.messages.flatMap((message) => store.reactionsTo(message)),
        isPressed: (data) => store.isPressed(entry.chat.id, head.message_id, data),
      };
      const pressed = (head.reply_markup?.inline_keyboard ?? [])
        .flat()
        .map((key) => look.isPressed(key.callback_data));
      items.push({
        key: unit.key,
        signature: JSON.stringify([unit, look, pressed]),
        make: (old) => messageElement(unit, look, old, this.#actions),
      });
    });
    return items;
  }

  #day(date) {
    return el("div", { class: "service day" }, el("span", {}, dayOf(date)));
  }

  #element({ key, signature, make }) {
    const old = this.#drawn.get(key);
    if (old && old.signature === signature) return old.element;
    const element = make(old?.element);
    element.dataset.key = key;
    if (old && old.element !== element) old.element.replaceWith(element);
    this.#drawn.set(key, { signature, element });
    return element;
  }

  #messageOf(element) {
    const id = Number(element?.dataset.messageId);
    return this.#context.store.chats.get(this.#chatId)?.messages.get(id);
  }

  #reply(message) {
    if (message && serviceText(message) === null) this.#actions.replyTo(message);
  }

  #seen() {
    if (this.#scroll.atBottom) this.#unseen = 0;
    this.#showPill();
    this.#actions.seen();
  }

  #showPill() {
    this.#pill.hidden = this.#scroll.atBottom;
    this.#pill.textContent = this.#unseen ? t("newMessages", { count: this.#unseen }) : "";
    this.#pill.classList.toggle("round", !this.#unseen);
    this.#pill.setAttribute("aria-label", this.#unseen ? this.#pill.textContent : t("toBottom"));
  }
}
