"""Turns what the schema found wrong into faults: where, what, what to do."""

from __future__ import annotations

import difflib
import re
import typing
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from dashboard.model.errors import Fault, digits, quoted, shortened
from dashboard.model.record import ID_FORM
from dashboard.model.remedies import remedy_for_curve, remedy_for_key, remedy_for_number
from dashboard.model.yaml_scalars import MISREAD
from dashboard.model.yaml_tree import Trail, YamlTree

Schema = type[BaseModel]

_KEYS = ("a set of keys", "write one 'key: value' a line")
_EXPECTED = {
    "string_type": ("text", "put it in quotes if it is meant as text"),
    "float_type": ("a number", "write it as plain digits, such as 12 or 0.5, without quotes"),
    "int_type": ("a whole number", "write it as plain digits, such as 12, without quotes"),
    "bool_type": ("true or false", "write true or false, without quotes"),
    "date_type": ("a date", "write year-month-day, such as 2026-03-31, without quotes"),
    "tuple_type": ("a list", "start each entry on a line of its own with '- '"),
    "mapping_type": _KEYS,
    "dict_type": _KEYS,
    "model_type": _KEYS,
}


def validate(schema: Schema, tree: YamlTree, data: Any) -> tuple[Any, list[Fault]]:
    """The record that ``data`` makes, or None, and the faults that keep it from being one."""
    try:
        return schema.model_validate(data), []
    except ValidationError as error:
        found = [dict(e) for e in error.errors(include_url=False)]
    meant = _meant_keys(schema, data, found)
    said = [error for error in found if not _said_already(error, meant)]
    return None, [_fault(schema, tree, error) for error in _once_a_band(said)]


def _once_a_band(errors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what is said of the same word again, where low, likely and high all are that word."""
    kept: dict[Any, dict[str, Any]] = {}
    for error in errors:
        above, key = tuple(error["loc"])[:-1], (error["loc"] or ("",))[-1]
        is_word = key in ("low", "likely", "high") and isinstance(error["input"], (str, bool))
        kept.setdefault((above, str(error["input"])) if is_word else id(error), error)
    return list(kept.values())


def _said_already(error: dict[str, Any], meant: set[Trail]) -> bool:
    """Whether another fault names the same culprit."""
    kind, value = error["type"], error["input"]
    if value is MISREAD:  # by the reader of the file, which leaves the key itself to be judged
        return kind != "extra_forbidden" or str(error["loc"][-1]) == "<<"
    if kind == "missing":  # as "did you mean" beside the misspelt key
        return tuple(error["loc"]) in meant
    return kind == "too_short" and bool(value)  # what is too short is what is left of faulty items


def _meant_keys(schema: Schema, data: Any, found: list[dict[str, Any]]) -> set[Trail]:
    """The places of keys that stand there misspelt."""
    meant: set[Trail] = set()
    for error in found:
        *above, key = error["loc"] or ("",)
        if error["type"] != "extra_forbidden":
            continue
        if remedy_for_key((*above, key)):
            # What stands there under another level is not missing as well.
            meant.update({(*above, "criteria"), (*above, "points")})
        elif near := _near_key(schema, data, tuple(above), str(key)):
            meant.add((*above, near))
    return meant


def _near_key(schema: Schema, data: Any, at: Trail, key: str) -> str | None:
    """The known key that an unknown one stands for, unless it is there as well."""
    for part in at:
        data = data[part]
    return nearest(key, [name for name in known_keys(schema, at) if name not in data])


def _fault(schema: Schema, tree: YamlTree, error: dict[str, Any]) -> Fault:
    kind, loc, ctx = error["type"], tuple(error["loc"]), error.get("ctx", {})
    trail = tuple(part for part in loc if part != "[key]")
    place = breadcrumbs(tree.data, trail)
    if kind == "fault":
        deeper = trail + ctx["at"]
        who = f"{place}: " if trail else ""
        return Fault(tree.file, tree.line(deeper), who + ctx["what"], ctx["remedy"])
    what, remedy = _sentence(schema, tree, kind, loc, error)
    # The line of a missing key is that of the entry it is missing from; a file has no such line.
    line = None if kind == "missing" and len(trail) == 1 else tree.line(trail)
    return Fault(tree.file, line, f"{place} {what}" if place else what, remedy)


def breadcrumbs(data: Any, trail: Trail) -> str:
    """A place as a reader would find it: ``branches > cost > criteria > entry 2 > unit``."""
    words = []
    for part in trail:
        data = _at(data, (part,))
        identifier = data.get("id") if isinstance(data, Mapping) else None
        if isinstance(part, str):
            words.append(shortened(part))
        elif isinstance(identifier, str) and identifier:
            words.append(shortened(identifier))
        else:
            words.append(f"entry {part + 1}")
    return " > ".join(words)


def _at(data: Any, trail: Trail) -> Any:
    """What stands at a place of a file."""
    for part in trail:
        data = data.get(part) if isinstance(data, Mapping) else _item(data, part)
    return data


def _item(data: Any, part: Any) -> Any:
    return data[part] if isinstance(data, tuple) and part in range(len(data)) else None


def _sentence(
    schema: Schema, tree: YamlTree, kind: str, loc: Trail, error: dict[str, Any]
) -> tuple[str, str]:
    """What is wrong and what to do, for the faults that the schema knows by name."""
    value, ctx = error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        if remedy := remedy_for_key(loc):
            return "is an unknown key", remedy
        near = _near_key(schema, tree.data, loc[:-1], str(loc[-1]))
        known = [near] if near else known_keys(schema, loc[:-1])
        return "is an unknown key", did_you_mean(str(loc[-1]), known, "take it out")
    if kind == "missing":
        return "is missing", "add it"
    if value is None or kind in ("string_too_short", "too_short"):
        return "is empty", "fill it in" + _or_take_out(schema, loc)
    if kind in ("int_type", "int_from_float") and isinstance(value, float):
        return f"should be a whole number, but is {shown(value)}", "take the decimals away"
    if kind in _EXPECTED:
        expected, remedy = _EXPECTED[kind]
        if kind == "string_type" and isinstance(value, (tuple, Mapping)):
            remedy = "write one text behind the key"
        elif kind in ("float_type", "int_type"):
            remedy = remedy_for_number(value, loc) or remedy
        elif loc[-1:] == ("curve",):
            remedy = remedy_for_curve(value, _at(tree.data, loc[:-1])) or remedy
        return f"should be {expected}, but is {shown(value)}", remedy
    if kind == "literal_error":
        words = re.findall(r"'([^']+)'", ctx["expected"])
        near = nearest(str(value), words)
        remedy = f"did you mean {near!r}?" if near else f"use one of: {', '.join(words)}"
        return f"is {shown(value)}", remedy
    if kind == "too_long":
        return f"has {ctx['actual_length']} entries", f"keep {ctx['max_length']}"
    return f"is {shown(value)}", _rule(kind, error, ctx)


def _or_take_out(schema: Schema, loc: Trail) -> str:
    """The other remedy for an empty value, where the key may be left out."""
    record = record_type(annotation_at(schema, loc[:-1]))
    for name, field in record.model_fields.items() if record else ():
        if loc[-1] == (field.alias or name) and not field.is_required():
            return ", or take the line out"
    return ""


def _rule(kind: str, error: dict[str, Any], ctx: dict[str, Any]) -> str:
    """What a value of the right type must fulfil."""
    if kind == "string_pattern_mismatch" and ctx["pattern"] == ID_FORM:
        return f"use small letters, digits and single hyphens, such as {_as_id(error['input'])!r}"
    if kind == "string_pattern_mismatch":
        return "write 8 to 64 digits and letters from a to f, in quotes"
    if kind == "string_too_long":
        return f"use at most {ctx['max_length']} characters"
    if kind == "greater_than_equal":
        return f"give {digits(ctx['ge'])} or more"
    if kind == "less_than_equal":
        return f"give {digits(ctx['le'])} or less"
    if kind == "greater_than":
        return f"give more than {digits(ctx['gt'])}"
    return f"{error['msg']}; docs/format.md describes this field"


def _as_id(text: str) -> str:
    """An id that a text could become."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].rstrip("-") or "clean-air-2"


def nearest(word: str, known: typing.Iterable[str]) -> str | None:
    """The known word that a misspelt one stands for, if one is near enough."""
    near = difflib.get_close_matches(word[:100], sorted(known), n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(word: str, known: typing.Iterable[str], otherwise: str) -> str:
    """The nearest known word as a remedy, or the list of the known ones."""
    names = sorted(known)
    if near := nearest(word, names):
        return f"did you mean {near!r}?"
    if names and len(names) <= 16:
        return f"{otherwise}, or use one of: {', '.join(names)}"
    return otherwise


def shown(value: Any) -> str:
    """A value of the input inside a message."""
    if isinstance(value, Mapping):
        return "a set of keys"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return digits(value)
    return f"the text {quoted(value)}" if isinstance(value, str) else f"{value}"


def known_keys(schema: Schema, loc: tuple[Any, ...]) -> list[str]:
    """The keys that may stand at a place of a file."""
    model = record_type(annotation_at(schema, loc))
    return [] if model is None else [f.alias or n for n, f in model.model_fields.items()]


def annotation_at(schema: Schema, loc: tuple[Any, ...]) -> Any:
    """The annotation of a place of a file."""
    annotation: Any = schema
    for part in loc:
        model = record_type(annotation)
        if model is not None and isinstance(part, str):
            annotation = field_annotation(model, part)
        else:
            annotation = item_annotation(annotation)
    return annotation


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
