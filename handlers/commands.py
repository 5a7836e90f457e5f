"""THE table of commands, in the order of Telegram's menu.

A new command is a row here, a handler, and its text `command-<name>` in each language.
"""

from handlers.albums import (
    checkpoints,
    generate,
    history,
    machines,
    modes,
    queue,
    repeats,
    story,
    styles,
)
from handlers.albums.likeness import LIKENESS
from handlers.albums.sizes import SIZE
from handlers.core.command import Command, Menu, Where, Who
from handlers.owner import pause, stats
from handlers.person import (
    card,
    export,
    forget,
    help_pages,
    owner_commands,
    people_list,
    privacy,
    registration,
    start,
    traits,
)

BOTH = Menu.PRIVATE | Menu.GROUP

COMMANDS = (
    Command("generate", generate.generate, menu=BOTH),
    Command("story", story.story, menu=BOTH),
    Command("again", repeats.again, menu=BOTH),
    Command("preset", modes.mode, menu=BOTH),
    Command("likeness", LIKENESS.answer, menu=BOTH),
    Command("style", styles.style, menu=BOTH),
    Command("size", SIZE.answer, menu=BOTH),
    Command("queue", queue.queue, menu=BOTH),
    Command("cancel", queue.cancel, menu=BOTH),
    Command("history", history.history, Where.PRIVATE, Menu.PRIVATE),
    Command("register", registration.register, Where.PRIVATE, Menu.PRIVATE),
    Command("traits", traits.traits, Where.PRIVATE, Menu.PRIVATE),
    Command("character", card.character, Where.PRIVATE, Menu.PRIVATE),
    Command("forget", forget.forget, Where.PRIVATE, Menu.PRIVATE, Who.EVERYBODY),
    Command("export", export.export, Where.PRIVATE, Menu.PRIVATE),
    Command("privacy", privacy.privacy, menu=BOTH, who=Who.EVERYBODY),
    Command("help", help_pages.help_, menu=BOTH),
    Command("start", start.start),
    Command("model", checkpoints.model, Where.PRIVATE, who=Who.OWNER),
    Command("stats", stats.stats, Where.PRIVATE, who=Who.OWNER),
    Command("pause", pause.pause, Where.PRIVATE, who=Who.OWNER),
    Command("resume", pause.resume, Where.PRIVATE, who=Who.OWNER),
    Command("machines", machines.machines, Where.PRIVATE, who=Who.OWNER),
    Command("people", people_list.people, Where.PRIVATE, who=Who.OWNER),
    Command("allow", owner_commands.allow, who=Who.OWNER),
    Command("block", owner_commands.block, who=Who.OWNER),
)

DEEP_LINKS = {command.name: command.answer_by for command in COMMANDS if command.has_deep_link}
"""What answers to `/start <name>`."""
