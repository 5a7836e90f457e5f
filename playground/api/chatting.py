"""getChat, getChatMember, getChatAdministrators, leaveChat."""

from playground.chats import ADMINS
from playground.errors import BadRequest
from playground.request import Json
from playground.world import World

FULL = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}
RIGHTS = dict.fromkeys(
    (
        "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
        "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
        "can_edit_stories", "can_delete_stories", "can_send_welcome_messages",
    ),
    True,
)  # fmt: skip


async def get_chat(world: World, params: Json) -> Json:
    chat: Json = world.chats.known(params["chat_id"])["chat"]
    return chat | FULL


def _member(world: World, conversation: Json, user_id: int) -> Json:
    if user_id == world.bot["id"]:
        return _as_member(world.bot, conversation["bot"])
    person = world.chats.people.get(str(user_id))
    if person is None:
        raise BadRequest("user not found")
    return _as_member(person, conversation["members"].get(str(user_id), "left"))


def _as_member(user: Json, status: str) -> Json:
    member: Json = {"user": user, "status": status}
    match status:
        case "creator":
            return member | {"is_anonymous": False}
        case "administrator":
            return member | {"is_anonymous": False, "can_be_edited": False} | RIGHTS
        case "kicked":
            return member | {"until_date": 0}
        case _:
            return member


async def get_chat_member(world: World, params: Json) -> Json:
    conversation = world.chats.known(params["chat_id"])
    return _member(world, conversation, params["user_id"])


async def get_chat_administrators(world: World, params: Json) -> list[Json]:
    conversation = world.chats.known(params["chat_id"])
    if conversation["chat"]["type"] == "private":
        raise BadRequest("there are no administrators in the private chat")
    people = [int(p) for p, status in conversation["members"].items() if status in ADMINS]
    if conversation["bot"] in ADMINS:
        people.append(world.bot["id"])
    return [_member(world, conversation, person) for person in people]


async def leave_chat(world: World, params: Json) -> bool:
    conversation = world.chats.open(params["chat_id"])
    if conversation["chat"]["type"] == "private":
        raise BadRequest("chat member status can't be changed in private chats")
    world.leave(conversation["chat"]["id"])
    return True
