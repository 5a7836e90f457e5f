const ACTION_MS = 5000; // how long Telegram shows a chat action
const PRESS_MS = 15000; // an unanswered button stops waiting

const reactionKey = (chatId, messageId) => `${chatId}:${messageId}`;
const pressKey = (chatId, messageId, data) => `${chatId}:${messageId}:${data}`;

/**
 * Everything the page knows, as the server told it.
 * Events: "change" after every change, "arrival" for a new message, "edit" {before, after},
 * "answer" {text, show_alert, person_id} to a press of this window.
 */
export class Store extends EventTarget {
  ready = false;
  connected = true;
  online = false;
  bot = null;
  people = new Map();
  chats = new Map();
  reactions = new Map();
  samples = [];
  actions = new Map();
  #pressed = new Map();
  #queries = new Set(); // of this window's presses, not answered yet
  #asking = 0; // presses whose query's id isn't known yet
  #early = new Map(); // what was answered meanwhile: query's id -> answer

  load(state) {
    this.ready = true;
    this.bot = state.bot;
    this.online = state.online;
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.chats = new Map(
      state.chats.map((entry) => [entry.chat.id, { ...entry, messages: new Map() }]),
    );
    for (const entry of state.chats) for (const message of entry.messages) this.#put(message);
    this.reactions = new Map(Object.entries(state.reactions));
    this.samples = state.samples;
    this.#changed();
  }

  connection(connected) {
    this.connected = connected;
    this.#changed();
  }

  apply(name, data) {
    this[`on_${name}`](data);
    this.#changed();
  }

  on_message({ message }) {
    const before = this.chats.get(message.chat.id)?.messages.get(message.message_id);
    const isNew = this.#put(message);
    if (before) this.#tell("edit", { before, after: message });
    if (isNew && message.from?.is_bot) this.actions.delete(message.chat.id);
    if (isNew) this.#tell("arrival", message);
  }

  on_deleted({ chat_id, message_ids }) {
    for (const id of message_ids) this.chats.get(chat_id)?.messages.delete(id);
  }

  on_action({ chat_id, action }) {
    const entry = { action };
    this.actions.set(chat_id, entry);
    setTimeout(() => {
      if (this.actions.get(chat_id) !== entry) return;
      this.actions.delete(chat_id);
      this.#changed();
    }, ACTION_MS);
  }

  on_commands({ chat_id, person_id, commands }) {
    const entry = this.chats.get(chat_id);
    if (entry) entry.commands = { ...entry.commands, [person_id]: commands };
  }

  /** Every window hears of every answer; it is for the one that pressed. */
  on_answer(answer) {
    const id = answer.callback_query_id;
    if (!this.#queries.delete(id)) {
      if (this.#asking) this.#early.set(id, answer);
      return;
    }
    for (const [key, press] of this.#pressed) if (press.queryId === id) this.#pressed.delete(key);
    if (answer.text) this.#tell("answer", answer);
  }

  on_reaction({ chat_id, message_id, emoji }) {
    this.reactions.set(reactionKey(chat_id, message_id), emoji);
  }

  on_online({ online, bot }) {
    this.online = online;
    this.bot = bot ?? this.bot;
  }

  /** The chat's messages by rising id. */
  messages(chatId) {
    return [...(this.chats.get(chatId)?.messages.values() ?? [])].sort(
      (a, b) => a.message_id - b.message_id,
    );
  }

  reactionsTo(message) {
    return this.reactions.get(reactionKey(message.chat.id, message.message_id)) ?? [];
  }

  isPressed(chatId, messageId, data) {
    return this.#pressed.has(pressKey(chatId, messageId, data));
  }

  /** Shows a button as pressed until `request` (which gives the callback query's id) is answered. */
  async press(chatId, messageId, data, request) {
    const key = pressKey(chatId, messageId, data);
    const press = { queryId: null };
    const release = () => {
      if (this.#pressed.get(key) !== press) return;
      this.#pressed.delete(key);
      this.#changed();
    };
    this.#pressed.set(key, press);
    this.#asking += 1;
    this.#changed();
    setTimeout(release, PRESS_MS);
    try {
      press.queryId = (await request).callback_query_id;
      this.#queries.add(press.queryId);
      if (this.#early.has(press.queryId)) this.apply("answer", this.#early.get(press.queryId));
    } catch (error) {
      release();
      throw error;
    } finally {
      this.#asking -= 1;
      if (!this.#asking) this.#early.clear();
    }
  }

  #put(message) {
    const messages = this.chats.get(message.chat.id)?.messages;
    if (!messages) return false;
    const isNew = !messages.has(message.message_id);
    messages.set(message.message_id, message);
    return isNew;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
