"""What somebody says where no command says it: a wish for pictures, or small talk.

In a private chat plain words are drawn. "Hello" is no picture, and a question wants an answer.
"""

import re
from enum import StrEnum


class Talk(StrEnum):
    WISH = "wish"
    GREETING = "greeting"
    THANKS = "thanks"
    QUESTION = "question"
    CANCEL = "cancel"
    AGAIN = "again"
    FORGET = "forget"
    HELP = "help"
    NOTHING = "nothing"
    """Words that ask for no picture, such as "ok" or "this is me", or no words at all."""


_SAID: dict[Talk, str] = {
    Talk.GREETING: """
        hi, hello, hey, hiya, yo, hallo, hi there, hello there, hey there, hi bot, hello bot,
        good morning, good evening, good afternoon, good day, good night, how are you, how are you
        doing, what's up, whats up, sup, greetings, start, bye, goodbye, see you, test,
        привет, приветик, приветствую, здравствуй, здравствуйте, здорово, здрасте, хай, хелло,
        добрый день, доброе утро, добрый вечер, доброй ночи, спокойной ночи, салют, ку, алло,
        привет бот, как дела, как ты, пока, до свидания, старт, начать, тест, проверка
    """,
    Talk.THANKS: """
        thanks, thank you, thank you very much, thank you so much, thanks a lot, many thanks, thx,
        ty, great, cool, wow, awesome, nice, super, lovely, beautiful, amazing, perfect, good,
        very good, good job, well done, love it, i love it, i like it, haha, lol,
        спасибо, спасибо большое, большое спасибо, спс, благодарю, круто, класс, классно, вау, ого,
        супер, отлично, здорово получилось, красиво, прекрасно, хорошо, молодец, огонь, нравится,
        мне нравится, хаха, ахаха, шикарно, прикольно, бомба
    """,
    Talk.CANCEL: """
        cancel, stop, stop it, never mind, nevermind, abort, enough,
        отмена, отмени, отменить, стоп, стой, хватит, остановись, остановить, не надо, прекрати
    """,
    Talk.AGAIN: """
        again, once more, one more, more, another one, try again, do it again, redo,
        ещё, еще, ещё раз, еще раз, снова, заново, повтори, ещё один, еще один, давай ещё
    """,
    Talk.FORGET: """
        forget me, forget everything, delete me, delete everything, delete my data, delete my photo,
        delete my photos, delete my face, erase everything, remove my photo, remove my data,
        забудь меня, забудь всё, забудь все, удали меня, удали всё, удали все, удали мои данные,
        удали данные, удали моё фото, удали мое фото, удали мои фото, удали фото, сотри всё
    """,
    Talk.HELP: "help, help me, menu, commands, помощь, помоги, справка, меню, команды",
    Talk.NOTHING: """
        ok, okay, k, yes, no, yep, nope, yeah, sure, maybe, please, me, myself, it's me, its me,
        this is me, that's me, thats me, here i am, here, here you are, here it is, my face,
        my photo, my picture, a photo of me, photo, a photo, selfie, my selfie, done, ready, hm,
        hmm, what, bot, you, so, very, much, too, one, it, picture, pictures, pic, wait, one moment,
        one second, just a second, soon, later, now,
        ок, окей, да, нет, ага, угу, неа, ладно, понятно, ясно, конечно, может быть, пожалуйста,
        я, это я, вот я, вот, вот фото, вот моё фото, вот мое фото, моё фото, мое фото, фото,
        моё лицо, мое лицо, селфи, моё селфи, мое селфи, лови, держи, готово, хм, ну,
        бот, ты, очень, картинка, картинки, подожди, подождите, минутку, секунду, сейчас, жду, потом
    """,
}
"""What is said as a whole; capitals and signs around it don't count."""

_WHOLE = {
    " ".join(phrase.split()): kind
    for kind, phrases in _SAID.items()
    for phrase in phrases.replace("\n", " ").split(",")
}

_LONGEST = max(len(phrase.split()) for phrase in _WHOLE)

_STRONGEST = (
    Talk.FORGET, Talk.CANCEL, Talk.HELP, Talk.AGAIN, Talk.THANKS, Talk.GREETING, Talk.NOTHING,
)  # fmt: skip
"""Where several are said at once, the first of them is answered."""

_ASKS = re.compile(
    r"(?:(?:what|why|which|whose)\b(?! if\b)|how\b(?! about\b)"
    r"|who (?:is|are|was|made|makes|created|built|wrote|owns|can|will|does|did|else)\b"
    r"|(?:when|where) (?:is|are|was|were|do|does|did|can|could|will|would|should|to)\b"
    r"|(?:can|could|do|will|would|are|is|am|does|did|should|may) "
    r"(?:you|i|it|this|that|we|they|he|she|there|the|my|your|anyone)\b"
    r"|(?:почему|зачем|сколько|чего|чем|разве|какие|какой|какая|какое)\b(?!-)"
    r"|(?:когда|где|куда|откуда) (?:ты|вы|я|мы|это|мои|мой|моя|мо[её]|будет|будут|можно|найти)\b"
    r"|кто (?:ты|вы|это|тебя|вас|сделал|создал|придумал|может|ещё|еще)\b"
    r"|что (?!-|за (?!\w+ (?:бот|такое)))"
    r"|как (?:ты|вы|это|оно|мне|тебя|вас|тут|тобой|вами|его|её|ее|их|сделать|удалить|изменить"
    r"|поменять|добавить|отменить|работает|работать|пользоваться|долго|скоро|часто|можно|дальше"
    r"|получить|нарисовать|заменить|убрать|настроить|выбрать)\b"
    r"|(?:можешь|можете|умеешь|умеете|можно|есть|будет) (?:ли|что|ещё)\b"
    r"|(?:что|чего) умеешь\b|можно \w+(?:ть|ться|ти)\b|ты (?:кто|что|можешь|умеешь|бот|человек))",
    re.IGNORECASE,
)
"""What is a question, with its mark or without."""

_GRUMBLES = re.compile(
    r"(?:(?:it|this|that|he|she|bot|they|you|i)(?:'s| is)? )?"
    r"(?:(?:doesn't|does not|didn't|did not|isn't|is not|don't|can't|wasn't|never|not) "
    r"(?:work|look|like|me\b|draw|show|open|load|understand|good\b|nice\b|funny\b))"
    r"|(?:(?:это|он|она|оно|бот|мне|я) )?не "
    r"(?:я\b|похож|работа|нрав|понял|понима|вижу|получ|то\b|так\b|откры|загру|рису[ею]т)",
    re.IGNORECASE,
)
"""How people complain: "it doesn't work"."""

_PLEASE = r"(?:[\s,]*(?:please|pls|plz|пожалуйста|плиз)\b[\s,]*)?"

_VERB = (
    r"(?:draw|generate|(?:turn|make)(?= (?:me|us|myself)\b)"
    r"|(?:paint|make|create|imagine|show|give|do)(?= (?:a|an|one|me|us|my|myself|please|pls|plz)\b)"
    r"|(?:на)?рисуй(?:те)?|изобрази(?:те)?|сделай(?:те)?|сгенерируй(?:те)?|покажи(?:те)?"
    r"|создай(?:те)?|представь(?:те)?|нарису(?:ешь|ете)|сделае(?:шь|те)"
    r"|нарисовать|изобразить|сделать|сгенерировать|показать)\b(?!-)"
)

_PICTURE = (
    r"(?:\s+(?:(?:a|an|some|the|my) )?(?:pictures?|photos?|images?|albums?"
    r"|картинк[уи]|фото|фотографи[юи]|альбом)(?:\s+(?:of me|with me|меня|со мной))?\b)?"
)

_ASKED_FOR = (
    r"(?:can|could|may|might) i (?:please )?(?:be|have|get|see(?: myself)?)\b"
    r"|(?:i (?:want|would like|'d like|wanna)|i'd like)"
    r"(?: to (?:be|see myself)| myself| me| a picture of me)\b"
    r"|(?:how|what) about\b|maybe(?= \w)|let me be\b"
    r"|what (?:would|do|will) i look like(?: if i (?:was|were|am))?\b"
    r"|(?:what )?if i (?:was|were|am|became)\b"
    r"|(?:я )?(?:хочу|хотел(?:а)? бы) (?:быть|стать|увидеть себя)\b"
    r"|(?:а )?как насч[её]т\b|а если я\b|(?:а )?можно(?: (?:мне|меня))?(?! ли\b)(?! \w+(?:ть|ти)\b)"
    r"|(?:me|я|myself)(?= (?:as|как|в|на|with|in|on)\b)"
)

_ORDER = re.compile(
    r"^(?:(?:hi|hello|hey|so|ok|привет|здравствуйте|now|теперь|а теперь|ну|давай)\b[\s,.!]*)*"
    rf"{_PLEASE}(?:"
    r"(?:(?:can|could|will|would) you |are you able to "
    r"|(?:а )?(?:ты |вы )?(?:можешь|можете)(?: ли)? "
    r"|(?:а )?(?:ты|вы) (?=нарису)|не мог(?:ла|ли)? бы (?:ты|вы) |мог(?:ла|ли)? бы (?:ты|вы) )?"
    rf"{_PLEASE}(?:(?:меня|мне|me) )?{_VERB}{_PLEASE}"
    rf"(?:\s+(?:me|us|myself|мне|меня|нас)\b)?{_PICTURE}"
    rf"|(?:{_ASKED_FOR}){_PICTURE})"
    r"[\s,:]*(?:(?:look like|as|into|как|of|в образе|в виде|в роли)\b\s*)?",
    re.IGNORECASE,
)
"""How people order a picture before they say what it shows: "please draw me as"."""

_ADDRESS = re.compile(r"^\S*(?:https?://|www\.|t\.me/)\S*$", re.IGNORECASE)


def kind_of(text: str) -> Talk:
    """Say what the text is. Whatever is no small talk is a wish."""
    bare = " ".join(re.sub(r"[^\w\s'’-]+|_", " ", text.replace("’", "'")).casefold().split())
    if not bare or all(_ADDRESS.match(word) for word in text.split()):
        return Talk.NOTHING
    if said := _small_talk(bare.split()):
        return said
    if _ORDER.match(text.strip()) and wish_of(text):
        return Talk.WISH
    if _ASKS.match(bare) or _GRUMBLES.match(bare):
        return Talk.QUESTION
    marked = text.rstrip().rstrip(")»\"'”").endswith("?")
    return Talk.QUESTION if marked and len(bare.split()) > 1 else Talk.WISH


def _small_talk(words: list[str]) -> Talk | None:
    """Say what is said if all of the words are small talk, such as "ok thanks bot"."""
    found, at = set[Talk](), 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            if known := _WHOLE.get(" ".join(words[at : at + length])):
                found.add(known)
                at += length
                break
        else:
            return None
    return next(kind for kind in _STRONGEST if kind in found)


def wish_of(text: str) -> str:
    """Give what a picture is to show, without the words that order it.

    "please draw me as a knight" is "a knight".
    """
    words = _ORDER.sub("", text.strip(), count=1)
    ordered = len(words) < len(text.strip())
    return words.rstrip(" ?") if ordered else words
