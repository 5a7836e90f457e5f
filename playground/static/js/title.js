import { t } from "./texts.js";
import { nameOf } from "./people.js";

/** The tab's title: whose chat this is, and how much of it waits to be read. */
export function showTitle({ store, session }) {
  const unread = session.chats.reduce((sum, entry) => sum + session.unread(entry), 0);
  const title = t("pageTitle", { name: nameOf(store.bot) });
  document.title = unread ? `(${unread}) ${title}` : title;
}
