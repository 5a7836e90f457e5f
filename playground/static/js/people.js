import { el, icon } from "./dom.js";
import { t } from "./texts.js";

const COLOURS = 7;

export const nameOf = (user) =>
  [user?.first_name, user?.last_name].filter(Boolean).join(" ") || t("botFallback");
export const senderName = (message) => message.sender_chat?.title ?? nameOf(message.from);
export const colourOf = (id) => Math.abs(id) % COLOURS;

function initials(name) {
  const words = name.trim().split(/\s+/u);
  const first = (word) => (word ? [...word][0] : "");
  return (first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "")).toUpperCase();
}

/** A round picture for a user, a chat or the bot; `badge` is a person shown small at its corner. */
export function avatar(who, { size = "medium", badge = null } = {}) {
  const name = who?.title ?? nameOf(who);
  const isBot = who?.is_bot ?? false;
  const inside = isBot
    ? el("img", { src: "/static/icon.svg", alt: "" })
    : who?.title
      ? icon("group")
      : initials(name);
  return el(
    "span",
    {
      class: `avatar ${size}`,
      "aria-hidden": "true",
      dataset: { colour: isBot ? "bot" : colourOf(who?.id ?? 0) },
    },
    inside,
    badge && avatar(badge, { size: "badge" }),
  );
}
