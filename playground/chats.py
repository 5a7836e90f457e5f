"""The people, the chats and who is in them."""

from playground.errors import BadRequest, Forbidden
from playground.request import Json
from playground.store import Store

ADMINS = {"creator", "administrator"}
OUTSIDE = {"kicked", "left"}
GROUP_ID = -4_200_001
FIRST_SUPERGROUP_ID = 1_002_000_000_000

PEOPLE: tuple[Json, ...] = (
    {
        "id": 101,
        "is_bot": False,
        "first_name": "Ann",
        "last_name": "Reed",
        "username": "ann",
        "language_code": "en",
    },
    {
        "id": 102,
        "is_bot": False,
        "first_name": "Вера",
        "last_name": "Лис",
        "username": "vera",
        "language_code": "ru",
    },
)


class Chats:
    """People as the Bot API's Users, and conversations as documents.

    A conversation: `chat` (the Bot API's Chat), `members` (person id -> status), `bot` (its
    status), `started` (somebody has written to it), `topics` (thread id -> name), `migrated_to`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.people = store.table("people")
        self.conversations = store.table("chats")
        if not self.people:
            for person in PEOPLE:
                self.add_person(person)
            self._add_group()

    def add_person(self, person: Json) -> None:
        """Add a person, with a private chat that they have not started yet."""
        key = str(person["id"])
        self.people[key] = person
        chat = {k: v for k, v in person.items() if k not in {"is_bot", "language_code"}}
        self._add(chat | {"type": "private"}, {key: "member"}, bot="member", started=False)

    def _add_group(self) -> None:
        first, *others = (str(person["id"]) for person in PEOPLE)
        chat = {"id": GROUP_ID, "type": "group", "title": "Portrait club"}
        members = {first: "creator"} | dict.fromkeys(others, "member")
        self._add(chat, members, bot="member", started=True)

    def add_group(self, group_id: int, title: str, creator: int) -> None:
        """Add a group, in which the bot isn't yet."""
        chat = {"id": group_id, "type": "group", "title": title}
        self._add(chat, {str(creator): "creator"}, bot="left", started=True)

    def _add(self, chat: Json, members: dict[str, str], *, bot: str, started: bool) -> Json:
        conversation = {
            "chat": chat,
            "members": members,
            "bot": bot,
            "started": started,
            "topics": {},
            "migrated_to": None,
        }
        self.conversations[str(chat["id"])] = conversation
        return conversation

    def person(self, person_id: int) -> Json:
        return self.people[str(person_id)]

    def get(self, chat_id: int) -> Json:
        return self.conversations[str(chat_id)]

    def change(self, chat_id: int, **changes: object) -> Json:
        changed = self.get(chat_id) | changes
        self.conversations[str(chat_id)] = changed
        return changed

    def current(self) -> list[Json]:
        """List the chats, without the groups that became supergroups."""
        return [c for c in self.conversations.values() if c["migrated_to"] is None]

    def known(self, chat_id: int | str) -> Json:
        """Find the chat as far as the bot may know it: a stranger's private chat is not found."""
        conversation = self.conversations.get(str(chat_id))
        if conversation is None or not conversation["started"]:
            raise BadRequest("chat not found")
        if conversation["migrated_to"] is not None:
            raise BadRequest(
                "group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=conversation["migrated_to"],
            )
        return conversation

    def open(self, chat_id: int | str) -> Json:
        """Find the chat where the bot may write."""
        conversation = self.known(chat_id)
        kind = conversation["chat"]["type"]
        if conversation["bot"] == "kicked":
            raise Forbidden(
                "bot was blocked by the user"
                if kind == "private"
                else f"bot was kicked from the {kind} chat"
            )
        if conversation["bot"] == "left":
            raise Forbidden(f"bot is not a member of the {kind} chat")
        return conversation

    def is_admin(self, conversation: Json, person_id: int) -> bool:
        return conversation["members"].get(str(person_id)) in ADMINS

    def upgrade(self, chat_id: int) -> Json:
        """Make the group a supergroup under a new id; returns its conversation."""
        old = self.get(chat_id)
        new_id = -self._store.counter("supergroup", FIRST_SUPERGROUP_ID)
        chat = {"id": new_id, "type": "supergroup", "title": old["chat"]["title"]}
        self.change(chat_id, migrated_to=new_id)
        return self._add(chat, old["members"], bot=old["bot"], started=True)
