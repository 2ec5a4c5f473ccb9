"""Questions whose every text is out to break a page: one builder for all tests."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import yaml
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from dashboard.model.load import FILES
from dashboard.model.proposals import Proposal
from dashboard.model.record import Record, RefersTo

MADE_WORDS = ("starred", "leaning", "linked", "coloured", "formula", "coded", "struck", "headed")
"""What would stand alone in an element if a text were taken for mark-up or Markdown."""

MARKUP = (
    "<script>window.hacked=1</script>\"'><img src=x onerror=window.hacked=1><b>headed</b>",
    "<svg onload=window.hacked=1>",
    "**starred** _leaning_ [linked](javascript:window.hacked=1) :red[coloured] $formula$ `coded`",
    "~~struck~~ :material/home: :smile: {{7*7}} ${window.hacked=1} %s {0} &lt;b&gt; \\frac",
    "javascript:window.hacked=1//https://elsewhere.invalid/<a href='javascript:window.hacked=1'>",
    "# headed",
)
LONG = ("W" * 300, "iǅ" * 150, "😀" * 150)
DIRECTIONS = (
    "\u202eturned around\u202d \u2067",
    "السياسة العامة 12 للمدينة",
    "\u200f\u200eفندق\u200f 3",
    "👩\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 z\u0334\u0321\u0357a\u0321\u0300\u0301\u0302l",
    "公共政策の評価、第一案",
    "zero\u200bwidth\u00adsoft\ufeffmark",
)
KINDS: Mapping[str, tuple[str, ...]] = {
    "markup": MARKUP,
    "long": LONG,
    "directions": DIRECTIONS,
}


def write_hostile(source: Path, target: Path, texts: tuple[str, ...]) -> Path:
    """Copy a question with each of its texts replaced by one of ``texts``, in turn.

    Ids, references and whatever else has a form of its own stay, so that the copy can be read.
    """
    given = 0

    def text() -> str:
        nonlocal given
        given += 1
        return texts[given % len(texts)]

    for path in sorted(source.glob("*/*.yaml")):
        name = path.relative_to(source).as_posix()
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        changed = _replaced(FILES.get(name, Proposal), data, text)
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        written = yaml.safe_dump(changed, allow_unicode=False, sort_keys=False, width=10**6)
        (target / name).write_text(written, encoding="utf-8")
    return target


def _replaced(kind: Any, data: Any, text: Callable[[], str]) -> Any:
    """The data with every free text in it replaced; ``kind`` is the type it has in the model."""
    if data is None:
        return None
    metadata: tuple[Any, ...] = ()
    if get_origin(kind) is Annotated:
        kind, *rest = get_args(kind)
        metadata = tuple(rest)
    if isinstance(kind, type) and issubclass(kind, Record):
        return _record(kind, data, text)
    if kind is str:
        return data if any(map(_has_form, metadata)) else text()
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _replaced(next(i for i in inner if i is not type(None)), data, text)
    if origin is tuple and inner[-1:] == (Ellipsis,):
        return [_replaced(inner[0], each, text) for each in data]
    if isinstance(data, dict):
        return {key: _replaced(inner[1], value, text) for key, value in data.items()}
    return data


def _record(kind: type[Record], data: Mapping[str, Any], text: Callable[[], str]) -> Any:
    hints = get_type_hints(kind, include_extras=True)
    names = {field.alias or name: name for name, field in kind.model_fields.items()}
    return {
        key: value
        if any(map(_has_form, kind.model_fields[names[key]].metadata))
        else _replaced(hints[names[key]], value, text)
        for key, value in data.items()
    }


def _has_form(constraint: Any) -> bool:
    """Whether a text has to refer to something, or to match a pattern."""
    if isinstance(constraint, FieldInfo):
        return any(map(_has_form, constraint.metadata))
    if isinstance(constraint, RefersTo):
        return True
    if isinstance(constraint, StringConstraints):
        return constraint.pattern is not None
    return getattr(constraint, "pattern", None) is not None
