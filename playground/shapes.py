"""The Bot API's objects inside parameters, checked field by field."""

from collections.abc import Mapping

from playground.errors import BadRequest
from playground.request import Json

NAMES = {str: "String", int: "Integer", bool: "Boolean", list: "Array", dict: "Object"}
Fields = Mapping[str, tuple[type, ...]]
TEXT, NUMBER, YES, LIST, OBJECT = (str,), (int,), (bool,), (list,), (dict,)
CHAT = (int, str)


def checked(name: str, value: object, fields: Fields) -> Json:
    """Return the object without its nulls; each field must be known and of its type."""
    if not isinstance(value, dict):
        raise BadRequest(f"can't parse {name}: expected an Object")
    there = {field: content for field, content in value.items() if content is not None}
    for field, content in there.items():
        if field not in fields:
            raise BadRequest(f'can\'t parse {name}: unknown field "{field}"')
        if type(content) not in fields[field]:  # True is no Integer
            kind = NAMES[fields[field][0]]
            raise BadRequest(f'can\'t parse {name}: field "{field}" must be of type {kind}')
    return there
