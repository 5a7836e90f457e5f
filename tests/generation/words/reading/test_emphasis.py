"""Emphasis: whatever brackets are written, they are weights in one form, or they go."""

import pytest

from generation.words.reading import read


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("(cat)", "(cat:1.1)"),
        ("((cat))", "(cat:1.21)"),
        ("(((cat)))", "(cat:1.33)"),
        ("[cat]", "(cat:0.91)"),
        ("[[cat]]", "(cat:0.83)"),
        ("{cat}", "(cat:1.05)"),
        ("(cat:1.3)", "(cat:1.3)"),
        ("(cat : 1.3)", "(cat:1.3)"),
        ("(cat:1,3)", "(cat:1.3)"),
        ("（cat：1.3）", "(cat:1.3)"),
        ("(a red cat:1.3) and a dog", "(a red cat:1.3) and a dog"),
        ("(a (red:1.2) cat:1.5)", "(a:1.5) (red:1.8) (cat:1.5)"),
        ("(a cat, a dog:1.2)", "(a cat:1.2), (a dog:1.2)"),
        ("([cat])", "cat"),
        ("(cat:1)", "cat"),
        ("(cat) (dog)", "(cat dog:1.1)"),
        ("at noon (12:30)", "at noon (12:30:1.1)"),
        ("\\(cat\\)", "cat"),
        ("()", ""),
        ("(:1.3)", ""),
        ("cats (all of them)", "cats (all of them:1.1)"),
    ],
)
def test_emphasis_has_one_written_form(written: str, wanted: str) -> None:
    """A pair of round brackets multiplies by 1.1, a square one divides; a number says it."""
    reading = read(written)
    assert reading.wanted == wanted
    assert reading.remarks == ()


@pytest.mark.parametrize(
    ("written", "wanted", "kind", "given"),
    [
        ("(cat", "cat", "brackets", "(cat"),
        ("((cat)", "(cat:1.1)", "brackets", "((cat)"),
        ("a cat) and (a dog)", "a cat and (a dog:1.1)", "brackets", "cat)"),
        ("[cat) dog", "cat dog", "brackets", "[cat)"),
        ("(cat:9)", "(cat:2)", "weight", "(cat:9)"),
        ("cat:1.3 and dog", "(cat:1.3) and dog", "weight", "cat:1.3"),
        ("[cat:dog:0.5]", "dog", "schedule", "[cat:dog:0.5]"),
        ("{cat|dog}", "cat", "schedule", "{cat|dog}"),
        ("cat::2 dog::1", "(cat:1.33), (dog:0.67)", "weight", "cat::2 dog::1"),
    ],
)
def test_what_can_not_be_weighed_so_is_said(
    written: str, wanted: str, kind: str, given: str
) -> None:
    """Brackets without a partner go, and weights are taken as far as they make sense."""
    reading = read(written)
    assert reading.wanted == wanted
    assert [(one.kind, one.given) for one in reading.remarks] == [(kind, given)]


@pytest.mark.parametrize("written", ["a cat, (dog:0)", "a cat, (dog:-1)", "a cat, dog::-0.5"])
def test_a_weight_of_nothing_rules_out(written: str) -> None:
    """As another program has it."""
    reading = read(written)
    assert (reading.wanted, reading.unwanted) == ("a cat", ("dog",))


@pytest.mark.parametrize("smile", [":)", ";-)", ")))", "рыцарь)"])
def test_a_smile_is_no_bracket(smile: str) -> None:
    """People who write Russian end sentences with it."""
    assert all(one.kind != "brackets" for one in read(f"a cat {smile}").remarks)
