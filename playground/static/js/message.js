import { el, iconButton } from "./dom.js";
import { t } from "./texts.js";
import { fullTimeOf, timeOf } from "./dates.js";
import { album } from "./album.js";
import { avatar, colourOf, nameOf, senderName } from "./people.js";
import { documentRow } from "./document.js";
import { isEmojiOnly, richText } from "./entities.js";
import { keyboard } from "./keyboard.js";
import { serviceText, summary, wordsOf } from "./content.js";

function quote(message, actions) {
  const target = message.reply_to_message;
  if (!target) return null;
  return el(
    "button",
    {
      type: "button",
      class: "quote",
      dataset: { colour: colourOf(target.from?.id ?? 0) },
      onclick: () => actions.showMessage(target.message_id),
    },
    el("span", { class: "quote-name" }, senderName(target)),
    el("span", { class: "quote-text" }, summary(target)),
  );
}

function meta(message) {
  const edited = message.edit_date ? el("span", { class: "edited" }, t("edited")) : null;
  const time = el(
    "time",
    { datetime: new Date(message.date * 1000).toISOString(), title: fullTimeOf(message.date) },
    timeOf(message.date),
  );
  return el("span", { class: "meta" }, edited, time);
}

function reactions(emoji) {
  if (!emoji.length) return null;
  return el(
    "div",
    { class: "reactions", "data-testid": "reactions" },
    emoji.map((one) => el("span", { class: "reaction" }, one)),
  );
}

/** Photos or files; a block with the same files as before is kept, so pictures don't flicker. */
function media(messages, previous, actions) {
  const photos = messages.filter((message) => message.photo);
  const files = messages.filter((message) => message.document);
  if (!photos.length && !files.length) return null;
  const same = messages
    .map((m) => `${m.message_id}/${(m.photo?.[0] ?? m.document)?.file_id}`)
    .join(" ");
  const old = previous?.querySelector(".media");
  if (old?.dataset.same === same) return old;
  return el(
    "div",
    { class: "media", dataset: { same } },
    photos.length ? album(photos, actions) : null,
    files.map((message) => documentRow(message, actions)),
  );
}

function words(message, withMeta, actions) {
  const text = wordsOf(message);
  if (!text) return null;
  const entities = message.entities ?? message.caption_entities;
  const big = isEmojiOnly(text) && !message.photo ? " emoji" : "";
  return el(
    "div",
    { class: `words${big}`, dir: "auto" },
    richText(text, entities, actions),
    withMeta,
  );
}

/**
 * The message whose words stand below. As in Telegram's apps an album has them only if one of its
 * pictures alone has a caption; several show each its own when it is opened.
 */
function speaking(messages) {
  const said = messages.filter(wordsOf);
  return said.length === 1 ? said[0] : null;
}

function service(unit) {
  const [message] = unit.messages;
  return el(
    "div",
    { class: "service", dataset: { messageId: message.message_id } },
    el("span", {}, serviceText(message)),
  );
}

function bubble(unit, look, previous, actions) {
  const head = unit.messages[0];
  const said = speaking(unit.messages);
  const stamp = meta({ ...head, edit_date: said?.edit_date ?? head.edit_date });
  const text = said && words(said, stamp, actions);
  const pictures = unit.messages.some((message) => message.photo);
  const named = look.group && !look.own && look.first;
  return el(
    "div",
    {
      class: `bubble${pictures ? " with-pictures" : ""}${pictures && !text ? " only-pictures" : ""}`,
    },
    named &&
      el(
        "div",
        { class: "sender", dataset: { colour: colourOf(head.from?.id ?? 0) } },
        senderName(head),
      ),
    quote(head, actions),
    media(unit.messages, previous, actions),
    text ?? stamp,
    reactions(look.emoji),
  );
}

function face(head, look) {
  if (!look.group || look.own) return null;
  return look.last ? avatar(head.from, { size: "small" }) : el("span", { class: "avatar-space" });
}

function frame() {
  return el(
    "article",
    {},
    el("div", { class: "face" }),
    el(
      "div",
      { class: "column" },
      el(
        "div",
        { class: "bubble-line" },
        el("div", { class: "bubble-slot" }),
        iconButton("reply", t("reply"), { class: "reply" }),
      ),
      el("div", { class: "keys" }),
    ),
  );
}

function fill(slot, node) {
  if (slot.firstChild !== node) slot.replaceChildren(...(node ? [node] : []));
}

/**
 * One unit of a conversation (a message or an album) as an element.
 * `look` = {own, group, first, last, emoji, isPressed(data)}. `previous`, the unit's element so far,
 * is drawn over in place: an unchanged button stays the same element, so no click on it is lost.
 */
export function messageElement(unit, look, previous, actions) {
  const head = unit.messages[0];
  if (serviceText(head) !== null) return service(unit);
  const article = previous ?? frame();
  article.className = [
    "message",
    look.own ? "own" : "other",
    look.first && "first",
    look.last && "last",
  ]
    .filter(Boolean)
    .join(" ");
  article.setAttribute("aria-label", look.own ? t("you") : nameOf(head.from));
  Object.assign(article.dataset, {
    messageId: head.message_id,
    messageIds: unit.messages.map((m) => m.message_id).join(" "),
  });
  fill(article.querySelector(".face"), face(head, look));
  fill(article.querySelector(".bubble-slot"), bubble(unit, look, previous, actions));
  fill(
    article.querySelector(".keys"),
    keyboard(head, look.isPressed, article.querySelector(".keyboard"), actions),
  );
  return article;
}
