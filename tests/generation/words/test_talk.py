"""Plain words: which of them are a wish for pictures."""

import pytest

from generation.words.talk import Talk, kind_of, wish_of

WISHES = {
    "an astronaut on the moon": "an astronaut on the moon",
    "космонавт на луне": "космонавт на луне",
    "please draw me as a knight": "a knight",
    "Can you draw me as a pirate?": "a pirate",
    "нарисуй меня пиратом": "пиратом",
    "Нарисуй, пожалуйста, рыцаря": "рыцаря",
    "Можешь нарисовать меня в образе королевы?": "королевы",
    "я хочу быть космонавтом": "космонавтом",
    "I want to be a wizard": "a wizard",
    "make me a chef": "a chef",
    "me as a queen": "a queen",
    "hello kitty": "hello kitty",
    "hi-tech laboratory": "hi-tech laboratory",
    "an island": "an island",
    "in the snow": "in the snow",
    "good witch in a forest": "good witch in a forest",
    "cool guy on a motorbike": "cool guy on a motorbike",
    "a doctor who travels in time": "a doctor who travels in time",
    "show girl on a stage": "show girl on a stage",
    "turn of the century lady": "turn of the century lady",
    "paint splashes on a wall": "paint splashes on a wall",
    "imagine dragons concert": "imagine dragons concert",
    "turn me into a wizard": "a wizard",
    "paint me as a king": "a king",
    "show me as a queen": "a queen",
    "draw knight on horse": "knight on horse",
    "let me be a king": "a king",
    "what would I look like as a king?": "a king",
    "what would I look like if I were a king?": "a king",
    "give me a picture of a knight": "a knight",
    "как король": "как король",
    "a painter, in a garden": "a painter, in a garden",
    "картинка в стиле манги": "картинка в стиле манги",
    "make-up artist": "make-up artist",
    "sketch of a knight": "sketch of a knight",
    "viking": "viking",
    "could I be a pirate?": "a pirate",
    "can i have a picture of me as a chef": "a chef",
    "how about a ninja?": "a ninja",
    "maybe a pilot?": "a pilot",
    "what if I were a king?": "a king",
    "are you able to draw me as a queen?": "a queen",
    "could you please do a portrait in a garden": "a portrait in a garden",
    "make me look like a zombie": "a zombie",
    "make a portrait of a king": "a portrait of a king",
    "а можно рыцаря?": "рыцаря",
    "можно меня в космосе?": "в космосе",
    "как насчет пирата?": "пирата",
    "а если я космонавт?": "космонавт",
    "ты нарисуешь меня пиратом?": "пиратом",
    "ты можешь сделать меня королём?": "королём",
    "можешь меня нарисовать в образе эльфа?": "эльфа",
    "whatever the weather, a sailor": "whatever the weather, a sailor",
    "что-то волшебное": "что-то волшебное",
    "a doctor who never smiles": "a doctor who never smiles",
    "не улыбающийся король": "не улыбающийся король",
}


@pytest.mark.parametrize(("text", "wish"), WISHES.items())
def test_a_wish_is_drawn(text: str, wish: str) -> None:
    """However it is ordered, what is left is what the picture shows."""
    assert kind_of(text) is Talk.WISH
    assert wish_of(text) == wish


TALK = {
    Talk.GREETING: [
        "hello", "Hi!", "Привет 👋", "Добрый день!", "hey there", "How are you?",
        "hi bot, how are you",
    ],
    Talk.THANKS: [
        "thanks!", "Спасибо большое", "WOW", "круто!!!", "😍 cool", "thanks bot", "ok thanks",
        "no thanks", "хорошо, спасибо", "haha nice", "hi bot, thanks",
    ],
    Talk.QUESTION: [
        "how does it work?", "what can you do", "что ты умеешь?", "Как это работает?",
        "can I send two photos?", "сколько это стоит?", "who are you", "is it safe?",
        "why does it not look like me?", "почему не похоже на меня?", "где мои фото?",
        "a knight or a king?", "how much does it cost", "how long will it take", "who made you",
        "why so slow", "почему так долго", "сколько стоит", "что умеешь", "it doesn't work",
        "не работает", "это не я", "не похоже", "I don't like it", "не нравится", "don't like it",
        "what seed was this?", "что ты умеешь делать", "можно удалить фото?",
    ],
    Talk.CANCEL: ["stop", "Отмена", "never mind", "stop please"],
    Talk.AGAIN: ["again", "ещё раз", "once more please"],
    Talk.FORGET: ["delete my photo", "удали мои данные", "forget me"],
    Talk.HELP: ["help", "Помощь!", "menu"],
    Talk.NOTHING: [
        "ok", "да", "🙂🙂", "...", "https://example.com/cat.jpg", "это я", "This is me!", "?", "—",
        "wait", "подожди", "ok please",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(k, text) for k, all_ in TALK.items() for text in all_])
def test_small_talk_is_not_drawn(kind: Talk, text: str) -> None:
    """Who greets or asks gets an answer, not six pictures."""
    assert kind_of(text) is kind
