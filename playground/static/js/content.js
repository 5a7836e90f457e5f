import { t } from "./texts.js";
import { senderName } from "./people.js";

/** The largest of a photo's sizes. */
export const largest = (sizes) =>
  sizes.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best));

/** The smallest size that is at least `width` pixels wide, else the largest. */
export const fitting = (sizes, width) =>
  [...sizes].sort((a, b) => a.width - b.width).find((size) => size.width >= width) ??
  largest(sizes);

export const isPictureFile = (document) =>
  /^image\/(png|jpeg|webp|gif|avif)$/.test(document.mime_type ?? "");

export const wordsOf = (message) => message.text ?? message.caption ?? "";

const SPOKEN = 120; // characters of a picture's words that are read aloud

/** What a picture is, for who can't see it: `key`'s text with the words under it or its album. */
export function describe(key, message, together, values = {}) {
  const captioned = wordsOf(message) ? message : together.find(wordsOf);
  const words = wordsOf(captioned ?? message.reply_to_message ?? {}).split("\n", 1)[0];
  const spoken = words.length > SPOKEN ? `${words.slice(0, SPOKEN)}…` : words;
  return [t(key, values), spoken].filter(Boolean).join(": ");
}

/** A service message's sentence, or null for an ordinary message. */
export function serviceText(message) {
  if (message.new_chat_members)
    return message.new_chat_members
      .map((user) => t("joined", { name: user.first_name }))
      .join("\n");
  if (message.left_chat_member) return t("left", { name: message.left_chat_member.first_name });
  const ordinary = "text" in message || message.photo || message.document;
  return ordinary ? null : t("unsupported");
}

/** One line that stands for the message: in the list of chats, in a quote, for a screen reader. */
export function summary(message) {
  const kind = message.photo
    ? t("photo")
    : message.document
      ? (message.document.file_name ?? t("file"))
      : "";
  const text = wordsOf(message) || serviceText(message) || "";
  return [kind, text].filter(Boolean).join(", ");
}

export const announcement = (message) => `${senderName(message)}: ${summary(message)}`;

const RUN_SECONDS = 600; // messages of one person closer than this look like one run

/** Messages grouped into units: one message, or the messages of one album. */
export function unitsOf(messages) {
  const units = [];
  for (const message of messages) {
    const last = units.at(-1);
    if (message.media_group_id && last?.messages[0].media_group_id === message.media_group_id)
      last.messages.push(message);
    else
      units.push({
        key: message.media_group_id ? `g${message.media_group_id}` : `m${message.message_id}`,
        messages: [message],
      });
  }
  return units;
}

export function sameRun(a, b) {
  if (!a || !b) return false;
  const [before, after] = [a.messages.at(-1), b.messages[0]];
  return (
    before.from?.id === after.from?.id &&
    serviceText(before) === null &&
    serviceText(after) === null &&
    after.date - before.date < RUN_SECONDS
  );
}
