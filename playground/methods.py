"""The Bot API's methods that are answered here, with their parameters (Bot API 10.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """A parameter's type in the Bot API; HTTP forms carry all types as strings."""

    STRING = "String"
    INTEGER = "Integer"
    BOOLEAN = "Boolean"
    CHAT = "Integer or String"
    OBJECT = "Object"
    ARRAY = "Array"
    FILE = "InputFile or String"


# The Bot API gives a name the same type wherever it is used.
KINDS: Mapping[str, Kind] = {
    "action": Kind.STRING,
    "allowed_updates": Kind.ARRAY,
    "cache_time": Kind.INTEGER,
    "callback_query_id": Kind.STRING,
    "caption": Kind.STRING,
    "caption_entities": Kind.ARRAY,
    "chat_id": Kind.CHAT,
    "commands": Kind.ARRAY,
    "description": Kind.STRING,
    "disable_content_type_detection": Kind.BOOLEAN,
    "disable_notification": Kind.BOOLEAN,
    "document": Kind.FILE,
    "drop_pending_updates": Kind.BOOLEAN,
    "entities": Kind.ARRAY,
    "file_id": Kind.STRING,
    "has_spoiler": Kind.BOOLEAN,
    "is_big": Kind.BOOLEAN,
    "language_code": Kind.STRING,
    "ip_address": Kind.STRING,
    "limit": Kind.INTEGER,
    "link_preview_options": Kind.OBJECT,
    "max_connections": Kind.INTEGER,
    "media": Kind.OBJECT,
    "message_id": Kind.INTEGER,
    "message_ids": Kind.ARRAY,
    "message_thread_id": Kind.INTEGER,
    "name": Kind.STRING,
    "offset": Kind.INTEGER,
    "parse_mode": Kind.STRING,
    "photo": Kind.FILE,
    "protect_content": Kind.BOOLEAN,
    "reaction": Kind.ARRAY,
    "reply_markup": Kind.OBJECT,
    "reply_parameters": Kind.OBJECT,
    "scope": Kind.OBJECT,
    "secret_token": Kind.STRING,
    "short_description": Kind.STRING,
    "show_alert": Kind.BOOLEAN,
    "show_caption_above_media": Kind.BOOLEAN,
    "text": Kind.STRING,
    "thumbnail": Kind.FILE,
    "timeout": Kind.INTEGER,
    "url": Kind.STRING,
    "user_id": Kind.INTEGER,
}


@dataclass(frozen=True)
class Method:
    required: frozenset[str]
    optional: frozenset[str]
    kinds: Mapping[str, Kind]

    def kind(self, parameter: str) -> Kind | None:
        """Give the parameter's type; None where the method has no such parameter."""
        return self.kinds.get(parameter)


def method(required: str = "", optional: str = "", **kinds: Kind) -> Method:
    must, may = frozenset(required.split()), frozenset(optional.split())
    return Method(must, may, {name: kinds.get(name) or KINDS[name] for name in must | may})


DELIVERY = "message_thread_id disable_notification protect_content reply_parameters"
CAPTION = "caption parse_mode caption_entities show_caption_above_media"
SCOPE = "scope language_code"

METHODS: Mapping[str, Method] = {
    "answerCallbackQuery": method("callback_query_id", "text show_alert url cache_time"),
    "deleteMessage": method("chat_id message_id"),
    "deleteMessages": method("chat_id message_ids"),
    "deleteMyCommands": method("", SCOPE),
    "deleteWebhook": method("", "drop_pending_updates"),
    "editMessageCaption": method("chat_id message_id", f"{CAPTION} reply_markup"),
    "editMessageMedia": method("chat_id message_id media", "reply_markup"),
    "editMessageReplyMarkup": method("chat_id message_id", "reply_markup"),
    "editMessageText": method(
        "chat_id message_id text", "parse_mode entities link_preview_options reply_markup"
    ),
    "getChat": method("chat_id"),
    "getChatAdministrators": method("chat_id"),
    "getChatMember": method("chat_id user_id"),
    "getFile": method("file_id"),
    "getMe": method(),
    "getMyCommands": method("", SCOPE),
    "getMyDescription": method("", "language_code"),
    "getMyName": method("", "language_code"),
    "getMyShortDescription": method("", "language_code"),
    "getUpdates": method("", "offset limit timeout allowed_updates"),
    "getWebhookInfo": method(),
    "leaveChat": method("chat_id"),
    "sendChatAction": method("chat_id action", "message_thread_id"),
    "sendDocument": method(
        "chat_id document",
        f"{DELIVERY} reply_markup thumbnail caption parse_mode caption_entities"
        " disable_content_type_detection",
    ),
    "sendMediaGroup": method("chat_id media", DELIVERY, media=Kind.ARRAY),
    "sendMessage": method(
        "chat_id text", f"{DELIVERY} reply_markup parse_mode entities link_preview_options"
    ),
    "sendPhoto": method("chat_id photo", f"{DELIVERY} {CAPTION} reply_markup has_spoiler"),
    "setMessageReaction": method("chat_id message_id", "reaction is_big"),
    "setMyCommands": method("commands", SCOPE),
    "setMyDescription": method("", "description language_code"),
    "setMyName": method("", "name language_code"),
    "setMyShortDescription": method("", "short_description language_code"),
    "setWebhook": method(
        "url", "drop_pending_updates allowed_updates secret_token max_connections ip_address"
    ),
}
BY_LOWER_CASE = {name.lower(): name for name in METHODS}  # Telegram reads names in any case
