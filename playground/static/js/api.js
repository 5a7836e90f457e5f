import { refusalText, t } from "./texts.js";

const HEADERS = { "X-Playground": "1" };
const EVENTS = ["message", "deleted", "action", "commands", "answer", "reaction", "online"];
const RETRY_MS = 2000;

/** A refusal or a silence of the server, in a sentence to show. */
export class ApiError extends Error {}

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { ...HEADERS, ...options.headers } });
  } catch {
    throw new ApiError(t("unreachable"));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.ok === false)
    throw new ApiError(refusalText({ error_code: response.status, ...answer }));
  return answer;
}

export const readState = () => request("/app/state");

export function sendMessage({
  person,
  chat,
  text,
  files = [],
  asDocument = false,
  replyTo = null,
}) {
  const body = new FormData();
  body.set("person", person);
  body.set("chat", chat);
  if (text) body.set("text", text);
  for (const file of files) body.append("file", file, file.name);
  if (files.length) body.set("as", asDocument ? "document" : "photo");
  if (replyTo) body.set("reply_to", replyTo);
  return request("/app/send", { method: "POST", body });
}

export function pressButton({ person, chat, messageId, data }) {
  return request("/app/press", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person, chat, message_id: messageId, data }),
  });
}

export const fileUrl = (fileId) => `/app/file/${encodeURIComponent(fileId)}`;
export const downloadUrl = (fileId) => `${fileUrl(fileId)}?download=1`;

/** Follows the server's events for as long as the page lives: onOpen() at each (re)connection. */
export function follow({ onOpen, onLost, onEvent }) {
  const source = new EventSource("/app/events");
  source.addEventListener("open", onOpen);
  source.addEventListener("error", () => {
    onLost();
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => follow({ onOpen, onLost, onEvent }), RETRY_MS);
  });
  for (const name of EVENTS)
    source.addEventListener(name, (event) => onEvent(name, JSON.parse(event.data)));
}
