import { byId, el } from "./dom.js";
import { actionText, t } from "./texts.js";
import { avatar, nameOf } from "./people.js";

function status(entry, store) {
  const action = store.actions.get(entry.chat.id);
  if (action)
    return [
      el(
        "span",
        { class: "busy", "data-testid": "action" },
        actionText(action.action),
        el("span", { class: "dots", "aria-hidden": "true" }),
      ),
    ];
  if (entry.chat.type === "private")
    return [`${t("bot")} · ${t("youAre", { name: nameOf(store.people.get(entry.chat.id)) })}`];
  return [t("members", { count: entry.members.length + (store.bot ? 1 : 0) })];
}

/** The bar above the conversation, and the line that tells when somebody isn't there. */
export function renderHeader(entry, store) {
  const offline = byId("offline");
  const trouble = !store.connected
    ? t("disconnected")
    : store.ready && !store.online
      ? t("botOffline")
      : "";
  offline.hidden = !trouble;
  if (offline.textContent !== trouble) offline.textContent = trouble;
  if (!entry) return;
  const bot = store.bot ?? { is_bot: true };
  const isGroup = entry.chat.type !== "private";
  byId("peer-avatar").replaceChildren(
    isGroup ? avatar(entry.chat) : avatar(bot, { badge: store.people.get(entry.chat.id) }),
  );
  byId("peer-name").textContent = isGroup ? entry.chat.title : nameOf(bot);
  byId("peer-status").replaceChildren(...status(entry, store));
}
