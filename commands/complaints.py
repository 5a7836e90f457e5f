"""What is wrong with a setting, as the owner is told it."""

import re
from collections.abc import Iterator

from pydantic import ValidationError

from config import Settings
from generation.proxies import without_password


def complaints(error: ValidationError) -> Iterator[tuple[str, dict[str, str]]]:
    """Put each wrong setting into the fields of the text `setting-wrong`; no secret is in them."""
    for wrong in error.errors():
        name, kind, context = str(wrong["loc"][0]), wrong["type"], wrong.get("ctx", {})
        fields = {"name": name.upper(), "value": _shown(str(wrong["input"]))}
        if name == "webhook_secret":
            fields["value"] = "…"
        if name == "data_key":
            fields |= {"value": "…", "hint": "setting-hint-data-key"}
        elif name == "telegram_bot_token":
            fields |= {"value": "…", "hint": "setting-hint-token"}
        elif kind.startswith("setting-hint"):
            fields |= {"hint": kind} | {field: str(value) for field, value in context.items()}
        elif "expected" in context:
            fields |= {"hint": "setting-hint", "possible": str(context["expected"])}
        else:
            fields |= _range(name)
        yield "setting-wrong", fields


def _shown(value: str) -> str:
    """Hide what may be a token or a password: some are pasted into the wrong line."""
    return without_password(re.sub(r"\d+:[\w-]{20,}", "<token>", value, flags=re.ASCII))


def _range(name: str) -> dict[str, str]:
    """Say which numbers are possible, if it is a matter of numbers."""
    limits = {
        limit: str(getattr(one, limit))
        for one in Settings.model_fields[name].metadata
        for limit in ("ge", "le", "multiple_of")
        if hasattr(one, limit)
    }
    if "ge" not in limits:
        return {"hint": "setting-hint-generic"}
    fields = {"least": limits["ge"], "most": limits.get("le", ""), "step": ""}
    if "multiple_of" in limits:
        return fields | {"hint": "setting-hint-multiple", "step": limits["multiple_of"]}
    return fields | {"hint": "setting-hint-range" if "le" in limits else "setting-hint-least"}
