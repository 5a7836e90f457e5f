"""The doorbell: strangers and groups ask the owner to be let in."""

import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, Chat, InlineKeyboardMarkup, User
from telegram.constants import ParseMode
from telegram.error import TelegramError

from db import Ask, Chats, GuestList, Users
from handlers.core import cards
from handlers.core.names import person_html, title_html
from handlers.core.rejections import Doubtful, meaning_of
from handlers.texts import Say, Texts

log = logging.getLogger(__name__)

LANGUAGE_LENGTH = 16
"""Most characters of a language's tag that are kept; real ones have up to ten."""


class Doorbell:
    """Sends the owner a card for each who asks, once, and so many a day at most."""

    def __init__(
        self, bot: Bot, users: Users, guests: GuestList, chats: Chats, texts: Texts
    ) -> None:
        self._bot = bot
        self._users = users
        self._guests = guests
        self._chats = chats
        self._texts = texts

    async def ring(self, user: User, language: str) -> bool:
        """Ask for a person; False when there is no owner, or none who can be reached."""
        how = await self._guests.ask(
            user.id, user.full_name, user.username, language[:LANGUAGE_LENGTH]
        )

        async def take_back() -> None:
            await self._guests.take_back(user.id)

        guest = await self._guests.get(user.id)
        return await self._tell(
            how,
            lambda say, owner: (
                cards.person_card(say, guest),
                cards.person_buttons(say, user.id, owner),
            ),
            take_back,
        )

    async def ring_for_group(self, chat: Chat, adder: User) -> bool:
        """Ask for a group to which somebody added the bot; False as in `ring`."""
        how = await self._chats.ask(chat.id, chat.title or "")

        async def take_back() -> None:
            await self._chats.take_back(chat.id)

        def card(say: Say, owner: int) -> tuple[str, InlineKeyboardMarkup]:
            who = person_html(say, adder.id, adder.full_name, adder.username)
            text = say("card-group", person=who, title=title_html(say, chat.title))
            return text, cards.group_buttons(say, chat.id, owner)

        return await self._tell(how, card, take_back)

    async def _tell(
        self,
        how: Ask,
        card: Callable[[Say, int], tuple[str, InlineKeyboardMarkup]],
        take_back: Callable[[], Awaitable[None]],
    ) -> bool:
        if how in (Ask.AGAIN, Ask.UNHEARD):
            return True
        owner_id = await self._users.owner()
        if owner_id is None:
            await take_back()
            return False
        say = self._texts.say((await self._users.get(owner_id)).language or "")
        text, keyboard = card(say, owner_id) if how is Ask.CARD else (say("more-ask"), None)
        try:
            await self._bot.send_message(
                owner_id, text, reply_markup=keyboard, parse_mode=ParseMode.HTML
            )
        except TelegramError as error:
            if isinstance(meaning_of(error), Doubtful):  # it may well have arrived
                return True
            log.warning("The owner could not be asked: %s", error)
            await take_back()
            return False
        return True
