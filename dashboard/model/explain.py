"""Turns what the schema found wrong into faults: where, what, what to do."""

from __future__ import annotations

import difflib
import typing
from collections.abc import Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from dashboard.model.errors import Fault
from dashboard.model.yaml_tree import Trail, YamlTree

Schema = type[BaseModel]

_EXPECTED = {
    "string_type": ("text", "put it in quotes if it is meant as text"),
    "float_type": ("a number", "write it as plain digits, such as 12 or 0.5, without quotes"),
    "int_type": ("a whole number", "write it as plain digits without quotes"),
    "int_from_float": ("a whole number", "take the decimals away"),
    "bool_type": ("true or false", "write true or false"),
    "date_type": ("a date", "write YYYY-MM-DD without quotes"),
    "tuple_type": ("a list", "start each entry on a line of its own with '- '"),
    "mapping_type": ("a set of keys", "write one 'key: value' a line, indented"),
    "model_type": ("a set of keys", "write one 'key: value' a line, indented"),
    "model_attributes_type": ("a set of keys", "write one 'key: value' a line, indented"),
}


def validate(schema: Schema, tree: YamlTree, data: Any, at: Trail = ()) -> tuple[Any, list[Fault]]:
    """The record that ``data`` makes, or None, and the faults that keep it from being one."""
    try:
        return schema.model_validate(data), []
    except ValidationError as error:
        return None, [_fault(schema, tree, at, dict(e)) for e in error.errors(include_url=False)]


def _fault(schema: Schema, tree: YamlTree, at: Trail, error: dict[str, Any]) -> Fault:
    kind, loc, ctx = error["type"], tuple(error["loc"]), error.get("ctx", {})
    trail = at + tuple(part for part in loc if part != "[key]")
    place = ".".join(str(part) for part in trail) or "the file"
    if kind == "fault":
        deeper = trail + tuple(ctx["at"].split("/"))
        who = f"{place}: " if trail else ""
        return Fault(tree.file, tree.line(deeper), who + ctx["what"], ctx["remedy"])
    what, remedy = _sentence(schema, kind, loc, error, ctx)
    return Fault(tree.file, tree.line(trail), f"{place} {what}", remedy)


_EMPTY = ("is empty", "fill it in, or take the line out if it may be left out")


def _sentence(
    schema: Schema, kind: str, loc: tuple[Any, ...], error: dict[str, Any], ctx: dict[str, Any]
) -> tuple[str, str]:
    """What is wrong and what to do, for the faults that the schema knows by name."""
    value = error.get("input")
    if kind == "extra_forbidden":
        known = known_keys(schema, loc[:-1])
        return "is an unknown key", did_you_mean(str(loc[-1]), known, "take it out")
    if kind == "missing":
        return "is missing", "add it"
    if value is None or kind in ("string_too_short", "too_short"):
        return _EMPTY
    if kind in _EXPECTED:
        expected, remedy = _EXPECTED[kind]
        return f"should be {expected}, but is {_shown(value)}", remedy
    return f"is {_shown(value)}", _rule(kind, error, ctx)


def _rule(kind: str, error: dict[str, Any], ctx: dict[str, Any]) -> str:
    """What a value of the right type must fulfil."""
    if kind == "literal_error":
        return f"use one of: {ctx['expected'].replace(chr(39), '')}"
    if kind == "string_pattern_mismatch" and ctx["pattern"].startswith("^[a-z0-9]+("):
        return "use small letters, digits and single hyphens for an id"
    if kind == "string_pattern_mismatch":
        return f"it must look like {ctx['pattern']}"
    if kind == "string_too_long":
        return f"use at most {ctx['max_length']} characters"
    if kind == "greater_than_equal":
        return f"give {ctx['ge']} or more"
    if kind == "less_than_equal":
        return f"give {ctx['le']} or less"
    return f"{error['msg']}; docs/format.md describes this field"


def did_you_mean(word: str, known: typing.Iterable[str], otherwise: str) -> str:
    """The nearest known word as a remedy, or the list of the known ones."""
    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    if names and len(names) <= 16:
        return f"{otherwise}, or use one of: {', '.join(names)}"
    return otherwise


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a set of keys"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        short = value if len(value) <= 60 else value[:57] + "..."
        return f"the text {short!r}"
    return f"{value}"


def known_keys(schema: Schema, loc: tuple[Any, ...]) -> list[str]:
    """The keys that may stand at a place of a file."""
    annotation: Any = schema
    for part in loc:
        model = record_type(annotation)
        if model is not None and isinstance(part, str):
            annotation = field_annotation(model, part)
        else:
            annotation = item_annotation(annotation)
    model = record_type(annotation)
    return [] if model is None else [f.alias or n for n, f in model.model_fields.items()]


def field_annotation(model: Schema, key: str) -> Any:
    """The annotation of the field that a key of the file fills, or None."""
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            return (
                Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            )
    return None


def item_annotation(annotation: Any) -> Any:
    """The annotation of the items of a list, or of the values of a mapping; None for neither."""
    inner = bare(annotation)
    origin, args = get_origin(inner), get_args(inner)
    if origin is tuple:
        return args[0]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return args[1]
    return None


def bare(annotation: Any) -> Any:
    """The annotation without Annotated and without None."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    args = [a for a in get_args(annotation) if a is not type(None)]
    if len(args) == 1 and type(None) in get_args(annotation):
        return bare(args[0])
    return annotation


def record_type(annotation: Any) -> Schema | None:
    inner = bare(annotation)
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None
