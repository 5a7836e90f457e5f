"""The texts: whole in English and Russian, and nothing in them that the code does not say."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import handlers.texts
from generation.character import CHOICES
from generation.errors import Refusal
from handlers.texts import FALLBACK, Texts

FOLDER = Path(handlers.texts.__file__).parent
ROOT = FOLDER.parents[1]
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.ftl"))
WHOLE = ("en", "ru")
"""The languages that have every text; in any other one English stands in for what is missing."""


class References(Visitor):
    """The variables and the other messages that a message names."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


@cache
def messages(language: str) -> dict[str, References]:
    file = FOLDER / f"{language}.ftl"
    found = {}
    for entry in FluentParser().parse(file.read_text("utf-8")).body:
        assert not isinstance(entry, ftl.Junk), entry.content
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} is there twice"
            found[entry.id.name] = references = References()
            references.visit(entry)
    return found


@cache
def nodes() -> list[ast.AST]:
    files = [*ROOT.glob("*.py")]
    for folder in ("commands", "handlers", "db", "generation"):
        files += (ROOT / folder).rglob("*.py")
    return [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]


def said() -> Iterator[str]:
    """Give a pattern for every text id in the code: a hole of an f-string is anything."""
    for node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        if isinstance(node, ast.JoinedStr):
            parts = [str(p.value) if isinstance(p, ast.Constant) else "" for p in node.values]
            if len("".join(parts)) > 1:  # f"{trait}-{value}" would be any text at all
                yield "".join(re.escape(part) or r"[\w-]+" for part in parts)


def spoken() -> Iterator[str]:
    """Give the ids that the code hands to `say` as they are."""
    for node in nodes():
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name == "say" and isinstance(first, ast.Constant):
                yield str(first.value)


@cache
def refusals() -> dict[str, list[set[str]]]:
    """Give every Refusal with the fields of each place where it is made."""
    names, known = {"Refusal"}, 0
    while len(names) > known:  # a refusal may be of a more general one
        known = len(names)
        names |= {
            node.name
            for node in nodes()
            if isinstance(node, ast.ClassDef)
            and any(getattr(base, "id", "") in names for base in node.bases)
        }
    names.remove("Refusal")
    made: dict[str, list[set[str]]] = {name: [] for name in names}
    for node in nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
            made[getattr(node.func, "id", "")].append({str(k.arg) for k in node.keywords})
    return made


def text_id(name: str) -> str:
    refusal: type[Refusal] = type(name, (Refusal,), {})
    return refusal.text_id()


def test_both_languages_say_the_same() -> None:
    """Each text is there in each language, with the same variables."""
    english, russian = (messages(language) for language in WHOLE)
    assert english.keys() == russian.keys()
    for name in english:
        assert english[name].variables == russian[name].variables, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_nothing_that_english_does_not_say(language: str) -> None:
    """Each of its texts is there in English, with the same variables."""
    english = messages(FALLBACK)
    for name, references in messages(language).items():
        assert name in english
        assert references.variables == english[name].variables, name


def test_a_new_language_may_be_begun_with_a_few_texts(tmp_path: Path) -> None:
    """It is offered at once, and English stands in for what it lacks."""
    english = (FOLDER / "en.ftl").read_text("utf-8")
    (tmp_path / "en.ftl").write_text(english, "utf-8")
    (tmp_path / "de.ftl").write_text(
        "forgotten = Alles ist weg.\nabout = In { $duration }.\nstart = Hallo! { storage }\n",
        "utf-8",
    )
    texts = Texts(tmp_path)
    assert set(texts.languages) == {"en", "de"}
    assert texts.language("de-AT") == "de"
    say = texts.say("de")
    assert say("forgotten") == "Alles ist weg."
    assert say("about", duration="5 s") == "In 5 s."
    assert say("start") == f"Hallo! {texts.say('en')('storage')}"  # a text within a text
    assert say("unknown-mode", given="x", known="FAST") == texts.say("en")(
        "unknown-mode", given="x", known="FAST"
    )


def test_every_remark_has_its_text() -> None:
    """With what was written, and what it was taken as if that is said."""
    kinds = {
        str(node.args[0].value)
        for node in nodes()
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "Remark"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert "contradiction" in kinds
    for name in (f"remark-{kind}" for kind in kinds):
        assert messages("en")[name].variables <= {"given", "taken"}


def test_every_text_in_the_code_exists() -> None:
    """What the code says has words, the traits' choices too."""
    wanted = set(spoken()) | {f"trait-{trait}" for trait in CHOICES}
    wanted |= {f"{trait}-{value}" for trait, choice in CHOICES.items() for value in choice}
    assert wanted <= messages("en").keys()


def test_no_text_is_left_over() -> None:
    """A text that nothing says is taken out."""
    ids = {text_id(name) for name in refusals()}
    ids |= {f"{trait}-{value}" for trait, choice in CHOICES.items() for value in choice}
    for references in messages("en").values():
        ids |= references.messages
    patterns = re.compile("|".join(set(said())))
    assert {
        name for name in messages("en") if name not in ids and not patterns.fullmatch(name)
    } == set()


@pytest.mark.parametrize("name", sorted(refusals()))
def test_every_refusal_has_its_sentence(name: str) -> None:
    """In both languages, with exactly the fields that it is raised with."""
    for language in WHOLE:
        variables = messages(language)[text_id(name)].variables
        for fields in refusals()[name]:
            assert fields == variables, f"{name} in {language}"
