"""Everything that Telegram would know, and what people do besides writing and pressing."""

from collections.abc import Callable
from pathlib import Path

from playground.chats import ADMINS, OUTSIDE, Chats
from playground.commands import Commands
from playground.feed import Feed
from playground.files import Files
from playground.messages import Messages
from playground.presence import Presence
from playground.request import Json
from playground.store import Store
from playground.updates import Updates
from playground.webhook import Webhook


class World:
    """The state. Its parts may be read freely; whoever changes them calls `changed` in the end."""

    def __init__(self, folder: Path | None, bot: Json, now: Callable[[], int]) -> None:
        self.store = Store(folder / "playground.sqlite3" if folder else None)
        self.now = now
        self.bot = bot
        self.feed = Feed()
        self.presence = Presence(self.announce_bot)
        self.chats = Chats(self.store)
        self.post = Messages(self.store, self.feed, now)
        self.files = Files(self.store, folder / "files" if folder else None)
        self.updates = Updates(self.store, self.presence)
        self.webhook = Webhook(self.updates, self.presence)
        self.commands = Commands(self.store)
        self.queries = self.store.table("queries")
        self.store.undoing += [self.files.undo, self.feed.forget]
        self.changed()

    def changed(self) -> None:
        """Save what was done, then tell everybody. NotSaved where the disk doesn't take it."""
        self.store.commit()
        self.files.keep()
        self.feed.tell()

    def close(self) -> None:
        self.presence.close()
        self.store.close()

    # What tests and the page read

    def messages(self, chat_id: int) -> list[Json]:
        """List a chat's messages, oldest first."""
        return self.post.of(chat_id)

    def message(self, chat_id: int, message_id: int) -> Json | None:
        return self.post.get(chat_id, message_id)

    def reactions(self, chat_id: int, message_id: int) -> list[str]:
        return self.post.reactions().get(f"{chat_id}:{message_id}", [])

    def shown_commands(self, chat_id: int, person_id: int) -> list[Json]:
        """List the commands in the menu that the person sees in the chat."""
        conversation = self.chats.get(chat_id)
        person = self.chats.person(person_id)
        admin = self.chats.is_admin(conversation, person_id)
        return self.commands.shown(conversation["chat"], person, admin=admin)

    def file(self, file_id: str) -> bytes:
        """Read a file's bytes; KeyError if no file has this id."""
        record = self.files.record(file_id)
        if record is None:
            raise KeyError(file_id)
        return self.files.read(record)

    @property
    def introduced(self) -> bool:
        """Whether the bot has called getMe."""
        return self.store.setting("introduced", default=False)

    def introduce(self) -> None:
        if not self.introduced:
            self.store.save("introduced", value=True)
            self.announce_bot()

    def announce_bot(self) -> None:
        bot = self.bot if self.introduced else None
        self.feed.publish("online", {"online": self.presence.online, "bot": bot})
        self.feed.tell()

    def announce_commands(self) -> None:
        for conversation in self.chats.current():
            chat_id = conversation["chat"]["id"]
            for person in conversation["members"]:
                data = {"chat_id": chat_id, "person_id": int(person)}
                data["commands"] = self.shown_commands(chat_id, int(person))
                self.feed.publish("commands", data)

    # What people do

    def add_person(
        self,
        person_id: int,
        first_name: str,
        *,
        language_code: str | None = None,
        groups: bool = False,
    ) -> None:
        """Add a person with an unstarted private chat, and to all groups if `groups`."""
        person: Json = {"id": person_id, "is_bot": False, "first_name": first_name}
        if language_code:
            person["language_code"] = language_code
        self.chats.add_person(person)
        for conversation in self.chats.current() if groups else []:
            if conversation["chat"]["type"] != "private":
                members = conversation["members"] | {str(person_id): "member"}
                self.chats.change(conversation["chat"]["id"], members=members)
        self.changed()

    def block(self, person_id: int) -> None:
        """Let the person block the bot."""
        self._set_bot(person_id, person_id, "kicked")

    def unblock(self, person_id: int) -> None:
        self._set_bot(person_id, person_id, "member")

    def kick_bot(self, chat_id: int, by: int) -> None:
        """Let the person remove the bot from the group."""
        self._set_bot(chat_id, by, "kicked")

    def add_group(self, group_id: int, title: str, by: int) -> None:
        """Let the person found a group and add the bot to it."""
        self.chats.add_group(group_id, title, by)
        self.add_bot(group_id, by)

    def add_bot(self, chat_id: int, by: int) -> None:
        """Let the person add the bot to the group, where a service message tells of it."""
        conversation = self.chats.get(chat_id)
        if conversation["bot"] not in OUTSIDE:
            return
        self._set_bot(chat_id, by, "member")
        content: Json = {"new_chat_members": [self.bot], "new_chat_member": self.bot}
        message = self.post.add(self.chats.get(chat_id), self.chats.person(by), content)
        self.updates.add("message", message)
        self.changed()

    def leave(self, chat_id: int) -> None:
        """Let the bot leave the group."""
        self._set_bot(chat_id, None, "left")

    def promote(self, chat_id: int, person_id: int) -> None:
        """Make the person an administrator of the group."""
        members = self.chats.get(chat_id)["members"] | {str(person_id): "administrator"}
        self.chats.change(chat_id, members=members)
        self.announce_commands()
        self.changed()

    def migrate(self, chat_id: int) -> int:
        """Make the group a supergroup, as Telegram does it; returns its new id."""
        old = self.chats.get(chat_id)
        creator = next(int(p) for p, status in old["members"].items() if status == "creator")
        person = self.chats.person(creator)
        new = self.chats.upgrade(chat_id)
        new_id: int = new["chat"]["id"]
        for conversation, content in (
            (old, {"migrate_to_chat_id": new_id}),
            (new, {"migrate_from_chat_id": chat_id}),
        ):
            self.updates.add("message", self.post.add(conversation, person, content))
        self.changed()
        return new_id

    def make_forum(self, chat_id: int) -> int:
        """Switch topics on, for which a plain group becomes a supergroup; returns the chat's id."""
        if self.chats.get(chat_id)["chat"]["type"] == "group":
            chat_id = self.migrate(chat_id)
        chat = self.chats.get(chat_id)["chat"] | {"is_forum": True}
        self.chats.change(chat_id, chat=chat)
        self.changed()
        return chat_id

    def create_topic(self, chat_id: int, name: str, by: int) -> int:
        """Open a topic of a forum; returns its message_thread_id."""
        conversation = self.chats.get(chat_id)
        topic = {"name": name, "icon_color": 7322096}
        message = self.post.add(
            conversation,
            self.chats.person(by),
            {"forum_topic_created": topic, "is_topic_message": True},
        )
        thread: int = message["message_id"]
        message = self.post.edit(message | {"message_thread_id": thread}, marked=False)
        self.chats.change(chat_id, topics=conversation["topics"] | {str(thread): name})
        self.updates.add("message", message)
        self.changed()
        return thread

    def delete_topic(self, chat_id: int, thread: int) -> None:
        """Delete a topic of a forum, with its messages."""
        topics = self.chats.get(chat_id)["topics"]
        left = {other: name for other, name in topics.items() if other != str(thread)}
        self.chats.change(chat_id, topics=left)
        messages = [m for m in self.messages(chat_id) if m.get("message_thread_id") == thread]
        self.post.delete(chat_id, [message["message_id"] for message in messages])
        self.changed()

    def _set_bot(self, chat_id: int, by: int | None, status: str) -> None:
        """Change what the bot is in the chat; `by` nobody: it does so itself."""
        conversation = self.chats.get(chat_id)
        if conversation["bot"] == status:
            return
        self.chats.change(chat_id, bot=status)
        self.updates.add(
            "my_chat_member",
            {
                "chat": conversation["chat"],
                "from": self.chats.person(by) if by else self.bot,
                "date": self.now(),
                "old_chat_member": self.bot_member(conversation["bot"]),
                "new_chat_member": self.bot_member(status),
            },
        )
        self.changed()

    def bot_member(self, status: str) -> Json:
        member: Json = {"user": self.bot, "status": status}
        return member | {"until_date": 0} if status == "kicked" else member

    def hears(self, conversation: Json, message: Json) -> bool:
        """Say whether the message reaches the bot; in groups its privacy mode is on."""
        if conversation["bot"] in OUTSIDE:
            return False
        if conversation["chat"]["type"] == "private" or conversation["bot"] in ADMINS:
            return True
        replied = message.get("reply_to_message", {})
        return replied.get("from", {}).get("id") == self.bot["id"] or self._is_command(message)

    def _is_command(self, message: Json) -> bool:
        """Say whether it is a command for this bot, or for no bot in particular.

        A caption is the text of a message with a picture.
        """
        words = message.get("text") or message.get("caption", "")
        first = (message.get("entities") or message.get("caption_entities") or [{}])[0]
        if first.get("type") != "bot_command" or first["offset"] != 0:
            return False
        _, at, name = words[: first["length"]].partition("@")
        return not at or name.lower() == self.bot["username"].lower()
