import { el } from "./dom.js";
import { actionText, t } from "./texts.js";
import { briefTimeOf } from "./dates.js";
import { avatar, nameOf } from "./people.js";
import { summary } from "./content.js";

function preview(entry, last, { store, session }) {
  const action = store.actions.get(entry.chat.id);
  if (action)
    return el(
      "span",
      { class: "preview busy" },
      actionText(action.action),
      el("span", { class: "dots", "aria-hidden": "true" }),
    );
  if (!last) return el("span", { class: "preview" }, t("noMessages"));
  const mine = last.from?.id === session.speaker(entry);
  const who = mine
    ? t("you")
    : entry.chat.type === "private"
      ? null
      : (last.from?.first_name ?? null);
  return el(
    "span",
    { class: "preview" },
    who && el("span", { class: "who" }, `${who}: `),
    summary(last),
  );
}

function fillLink(link, entry, { store, session }) {
  const { chat } = entry;
  const isGroup = chat.type !== "private";
  const person = store.people.get(chat.id);
  const last = store.messages(chat.id).at(-1);
  const unread = session.unread(entry);
  const bot = store.bot ?? { is_bot: true };
  const title = el("span", { class: "chat-title" }, isGroup ? chat.title : nameOf(bot));
  const as = isGroup
    ? null
    : el("span", { class: "chat-as" }, t("asPerson", { name: nameOf(person) }));
  const time = last ? el("time", { class: "chat-time" }, briefTimeOf(last.date)) : null;
  const count = unread
    ? el(
        "span",
        { class: "badge-count", "aria-label": t("unread", { count: unread }) },
        String(unread),
      )
    : null;
  const line = (...children) => el("span", { class: "chat-line" }, children);
  link.setAttribute("aria-current", String(session.open === entry));
  link.replaceChildren(
    isGroup ? avatar(chat, { size: "large" }) : avatar(bot, { size: "large", badge: person }),
    el(
      "span",
      { class: "chat-text" },
      line(title, as, time),
      line(preview(entry, last, { store, session }), count),
    ),
  );
}

const chatLink = (id) =>
  el("a", { class: "chat", href: `#${id}`, "data-testid": "chat", dataset: { chatId: id } });

/** The list of chats; its links stay the same elements while what they show changes. */
export function chatList(root, context) {
  const list = el("ul", {});
  const items = new Map(); // chat id -> {item, link}
  root.append(list);
  return () => {
    const entries = context.session.chats;
    for (const entry of entries) {
      const { id } = entry.chat;
      if (!items.has(id)) {
        const link = chatLink(id);
        items.set(id, { link, item: el("li", {}, link) });
      }
      fillLink(items.get(id).link, entry, context);
    }
    const wanted = entries.map((entry) => items.get(entry.chat.id).item);
    if (
      wanted.length !== list.children.length ||
      wanted.some((item, i) => list.children[i] !== item)
    )
      list.replaceChildren(...wanted);
  };
}
