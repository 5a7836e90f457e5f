import { byId } from "./dom.js";
import { Announcer } from "./announcer.js";
import { isPictureFile } from "./content.js";
import { alertDialog, closeToasts, toast } from "./toast.js";
import { chatList } from "./chatlist.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { feed } from "./feed.js";
import { installDrop } from "./drop.js";
import { installEscape } from "./escape.js";
import { installThemeToggle } from "./theme.js";
import { localize, t } from "./texts.js";
import { Lightbox } from "./lightbox.js";
import { pressButton } from "./api.js";
import { renderHeader } from "./header.js";
import { Session } from "./session.js";
import { showTitle } from "./title.js";
import { Store } from "./store.js";

const store = new Store();
const session = new Session(store);
const context = { store, session };
const showError = (error) => toast(error.message, { error: true });

/** What the parts of a conversation may do. */
const actions = {
  sendText: (text) => composer.sendText(text),
  replyTo: (message) => composer.replyTo(message),
  copy: (text) => navigator.clipboard.writeText(text).then(() => toast(t("copied")), showError),
  press(message, data) {
    const chat = message.chat.id;
    const person = session.speaker(session.open);
    const request = pressButton({ person, chat, messageId: message.message_id, data });
    store.press(chat, message.message_id, data, request).catch(showError);
  },
  /** A link to the bot itself opens the private chat here; other links go their way. */
  openLink(event, href) {
    const link = URL.canParse(href) ? new URL(href) : null;
    const toBot =
      link &&
      /^(t|telegram)\.me$/.test(link.hostname) &&
      link.pathname.slice(1) === store.bot?.username;
    if (!toBot) return;
    event.preventDefault();
    const entry = store.chats.get(session.speaker(session.open));
    const payload = link.searchParams.get("start");
    session.show(entry.chat.id);
    if (payload !== null) composer.sendText(payload ? `/start ${payload}` : "/start", entry);
  },
  /** Opens the album (or picture) that the message belongs to. */
  openPhotos: (messageId) => lightbox.open(messageId),
  seen: () => markRead(),
};

/** The picture's album, and its place in it; null where the open chat has no such picture. */
function photosWith(messageId) {
  const messages = store.messages(session.open?.chat.id);
  const one = messages.find((message) => message.message_id === messageId);
  const together = messages.filter(
    (m) => m === one || (one?.media_group_id && m.media_group_id === one.media_group_id),
  );
  const pictures = together.filter((m) => m.photo || (m.document && isPictureFile(m.document)));
  const index = pictures.indexOf(one);
  return index < 0 ? null : { messages: pictures, index };
}

const composer = new Composer(context, { onSent: () => conversation.toBottom() });
const conversation = new Conversation(context, actions);
const lightbox = new Lightbox(photosWith, (messageId) => conversation.refocus(messageId));
const announcer = new Announcer(byId("announcer"));
const drawList = chatList(byId("chats"), context);

function drawChats() {
  drawList();
  showTitle(context);
}

/** Whether what happens there is for the ears of this window's person. */
const heard = (message) => {
  const entry = session.open;
  return message.chat.id === entry?.chat.id && message.from?.id !== session.speaker(entry);
};

const answers = []; // to presses of people who aren't at this window's open chat now

/** Shows what a press was answered to the person who pressed, once they are here. */
function showAnswers() {
  const here = session.open && session.speaker(session.open);
  for (const answer of answers.splice(0)) {
    const { text, show_alert: isAlert, person_id: person } = answer;
    const lang = store.people.get(person)?.language_code;
    if (person !== here) answers.push(answer);
    else if (isAlert) alertDialog(text, { lang, onClose: () => conversation.refocus() });
    else toast(text, { lang });
  }
}

function markRead() {
  const entry = session.open;
  if (!entry || document.hidden || !conversation.atBottom || conversation.chatId !== entry.chat.id)
    return;
  if (session.markRead(entry)) drawChats();
}

function render() {
  if (!store.ready) return;
  const entry = session.open;
  const classes = byId("app").classList;
  const left = classes.contains("chat-open") && !entry;
  classes.toggle("chat-open", Boolean(entry && location.hash.length > 1));
  if (left) byId("chats").querySelector(`[data-chat-id="${conversation.chatId}"]`)?.focus();
  renderHeader(entry, store);
  composer.render(entry);
  conversation.render(entry);
  markRead();
  drawChats();
  showAnswers();
}

localize(document);
installThemeToggle(byId("theme"));
installDrop(byId("conversation"), (files) => composer.addFiles(files));
store.addEventListener("change", render);
session.addEventListener("change", render);
store.addEventListener("arrival", ({ detail: message }) => {
  conversation.arrived(message);
  if (heard(message)) announcer.arrived(message);
});
store.addEventListener("edit", ({ detail: { before, after } }) => {
  if (heard(after)) announcer.edited(before, after);
});
store.addEventListener("answer", ({ detail }) => {
  answers.push(detail);
  showAnswers();
});
store.addEventListener("change", () => lightbox.follow(), { once: true }); // as before a reload
installEscape([() => composer.closeUppermost(), closeToasts]);
byId("skip").addEventListener("click", () => composer.focus());
document.addEventListener("visibilitychange", markRead);
feed(store, showError);
