"""What answers to what: every update finds its handler here."""

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from handlers import answers
from handlers.albums import (
    album_buttons,
    checkpoints,
    details,
    english,
    generate,
    held_pictures,
    history,
    ideas,
    machines,
    modes,
    queue,
    sending,
    story,
    styles,
)
from handlers.albums.likeness import LIKENESS
from handlers.albums.sizes import SIZE
from handlers.commands import COMMANDS
from handlers.core import buttons, errors
from handlers.core.context import Answer, Context
from handlers.core.gate import Gate
from handlers.core.late import Late
from handlers.person import (
    ask_buttons,
    card,
    draft,
    forget,
    help_pages,
    membership,
    people_list,
    photo_buttons,
    traits,
)
from handlers.telegram import moved_groups

PRIVATE = filters.ChatType.PRIVATE
FILE = filters.PHOTO | filters.Document.ALL | filters.ANIMATION | filters.VIDEO

BUTTONS: dict[str, Answer] = {
    r"^consent:": answers.consent_given,
    r"^face:(take|swap):": answers.take_face,
    r"^face:next:": photo_buttons.next_face,
    r"^face:add:": photo_buttons.add,
    r"^face:all:": photo_buttons.add_all,
    r"^face:replace:": photo_buttons.begin_anew,
    r"^face:into:": photo_buttons.replace,
    r"^face:keep:": photo_buttons.keep,
    r"^photos:(add|swap):": card.send_photo,
    r"^photos:choose:": card.choose,
    r"^photos:remove:": card.remove,
    r"^photos:back:": card.back,
    r"^draft:": draft.answer,
    r"^traits:open:": traits.open_,
    r"^traits:set:": traits.set_,
    r"^traits:clear:": traits.clear,
    r"^traits:back:": traits.back,
    r"^traits:words:": traits.words,
    r"^traits:done:": traits.done,
    r"^model:": checkpoints.press,
    r"^machine:": machines.press,
    r"^ask:": ask_buttons.answer_person,
    r"^group:": ask_buttons.answer_group,
    r"^people:\d": people_list.turn,
    r"^people:[a-z]": people_list.change,
    r"^person:": people_list.open_,
    r"^preset:": modes.choose,
    r"^likeness:": LIKENESS.press,
    r"^style:": styles.choose,
    r"^size:": SIZE.press,
    r"^help:": help_pages.turn,
    r"^idea:": generate.idea,
    r"^ideas:": ideas.others,
    r"^story:draw:": story.draw,
    r"^story:another:": story.another,
    r"^cancel:": queue.cancel_button,
    r"^again:": queue.send_again,
    r"^arrived:": queue.arrived,
    r"^made:": queue.send_partial,
    r"^unsent:(here|alone):": sending.send_unsent,
    r"^album:send:": sending.send,
    r"^album:show:": held_pictures.show,
    r"^album:bare:": held_pictures.files,
    r"^album:alone:": sending.send_alone,
    r"^album:retry:": album_buttons.retry,
    r"^album:again:": album_buttons.again,
    r"^album:quality:": album_buttons.quality,
    r"^album:details:": details.details,
    r"^album:files:": album_buttons.files,
    r"^album:delete:": album_buttons.delete,
    r"^album:erase:": album_buttons.erase,
    r"^(album|picture):back:": album_buttons.back,
    r"^picture:open:": album_buttons.open_picture,
    r"^picture:near:": album_buttons.near,
    r"^picture:file:": album_buttons.file,
    r"^picture:large:": album_buttons.large,
    r"^english:": english.ask,
    r"^history:": history.show_page,
    r"^forget:": forget.forget_button,
}
"""What answers to a button, by the beginning of the button's data."""


def register(app: "Application[Any, Context, Any, Any, Any, Any]") -> None:
    """Add all handlers. PTB goes through the groups in order, and calls one handler of each."""
    app.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, moved_groups.follow), group=-3)
    app.add_handler(ChatMemberHandler(membership.follow), group=-3)
    app.add_handler(TypeHandler(Update, Gate(COMMANDS).check), group=-2)
    app.add_handler(TypeHandler(Update, Late().check), group=-1)
    app.add_error_handler(errors.on_error)

    app.add_handler(MessageHandler(answers.Commanded(), answers.answer_command))
    app.add_handler(MessageHandler(PRIVATE & FILE, answers.answer_photo))
    for pattern, answer in BUTTONS.items():
        app.add_handler(CallbackQueryHandler(answers.to_button(answer), pattern))
    app.add_handler(CallbackQueryHandler(buttons.old_button))
    app.add_handler(MessageHandler(PRIVATE, answers.answer_plain_words))
    app.add_handler(MessageHandler(filters.REPLY & filters.TEXT, answers.answer_reply))
