import { el } from "./dom.js";
import { t } from "./texts.js";
import { avatar, nameOf } from "./people.js";

/** What an empty chat shows: in a private chat, as in Telegram, a Start button. */
export function welcome({ chat }, store, actions) {
  const bot = store.bot ?? { is_bot: true };
  const isGroup = chat.type !== "private";
  return el(
    "section",
    { class: "welcome" },
    avatar(isGroup ? chat : bot, { size: "huge" }),
    el("h2", {}, isGroup ? chat.title : t("welcomeTitle", { name: nameOf(bot) })),
    el("p", {}, t(isGroup ? "groupWelcome" : "welcomeText")),
    !isGroup &&
      el(
        "button",
        {
          type: "button",
          class: "primary",
          "data-testid": "start",
          onclick: () => actions.sendText("/start"),
        },
        t("start"),
      ),
  );
}
