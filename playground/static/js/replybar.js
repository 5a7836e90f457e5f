import { el, icon, iconButton } from "./dom.js";
import { t } from "./texts.js";
import { senderName } from "./people.js";
import { summary } from "./content.js";

/** The message that the draft replies to, and the way to not reply; nothing when there is none. */
export function replyBar(message, onCancel) {
  if (!message) return null;
  return el(
    "div",
    { class: "reply-bar", "data-testid": "reply-bar" },
    icon("reply"),
    el(
      "div",
      { class: "reply-text" },
      el("span", { class: "quote-name" }, t("replyingTo", { name: senderName(message) })),
      el("span", { class: "quote-text" }, summary(message)),
    ),
    iconButton("close", t("cancelReply"), { onclick: onCancel }),
  );
}
