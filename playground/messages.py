"""Every message of every chat, exactly as the Bot API shows it to the bot."""

from collections.abc import Callable

from playground.feed import Feed
from playground.request import Json
from playground.store import Store


class Messages:
    def __init__(self, store: Store, feed: Feed, now: Callable[[], int]) -> None:
        self._store = store
        self._messages = store.table("messages")
        self._reactions = store.table("reactions")
        self._feed = feed
        self._now = now

    def add(self, conversation: Json, sender: Json, content: Json) -> Json:
        """Post a message; ids grow over all chats, and over restarts."""
        message = {
            "message_id": self._store.counter("message"),
            "from": sender,
            "chat": conversation["chat"],
            "date": self._now(),
        } | content
        self._put(message)
        return message

    def edit(self, message: Json, *, marked: bool = True) -> Json:
        """Replace the message. `marked`: as edited, which a change of the keyboard is not."""
        if marked:
            message = message | {"edit_date": self._now()}
        self._put(message)
        return message

    def get(self, chat_id: int, message_id: int) -> Json | None:
        return self._messages.get(f"{chat_id}:{message_id}")

    def of(self, chat_id: int) -> list[Json]:
        """List a chat's messages, oldest first."""
        return [m for m in self._messages.values() if m["chat"]["id"] == chat_id]

    def delete(self, chat_id: int, message_ids: list[int]) -> None:
        for message_id in message_ids:
            self._messages.pop(f"{chat_id}:{message_id}", None)
            self._reactions.pop(f"{chat_id}:{message_id}", None)
        self._feed.publish("deleted", {"chat_id": chat_id, "message_ids": message_ids})

    def react(self, chat_id: int, message_id: int, emoji: list[str]) -> None:
        key = f"{chat_id}:{message_id}"
        if emoji:
            self._reactions[key] = {"emoji": emoji}
        else:
            self._reactions.pop(key, None)
        self._feed.publish(
            "reaction", {"chat_id": chat_id, "message_id": message_id, "emoji": emoji}
        )

    def reactions(self) -> dict[str, list[str]]:
        """Give the bot's reactions by `chat_id:message_id`."""
        return {key: reaction["emoji"] for key, reaction in self._reactions.items()}

    def new_media_group_id(self) -> str:
        return str(self._store.counter("album", 13_000_000_000_000_000))

    def _put(self, message: Json) -> None:
        self._messages[f"{message['chat']['id']}:{message['message_id']}"] = message
        self._feed.publish("message", {"message": message})


def quoted(message: Json) -> Json:
    """Give the message as a reply's `reply_to_message`, which is one level deep."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}
