"""The files of a question, written again from what was read of them.

What a briefing carries and what ``counterweight open --folder`` writes: comments and layout of the
folder that a question came from are gone, its content is the same to the fingerprint.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from dashboard.model.question import Question
from dashboard.model.record import Record
from dashboard.model.yaml_text import yaml_text


def question_files(question: Question) -> dict[str, str]:
    """The text of each file by its path within the folder, in a fixed order.

    Raises
    ------
    ValueError : settings are switched on or scores overridden; the files hold neither.
    """
    if question.active_settings or question.overrides:
        raise ValueError("the files of a question hold it without settings and overrides")
    return {name: yaml_text(data) for name, data in _contents(question).items() if data}


def _contents(question: Question) -> dict[str, Mapping[str, Any]]:
    sources = _list("sources", question.sources)
    if question.sources_accessed is not None:
        sources = {"accessed": question.sources_accessed, "sources": sources.get("sources", [])}
    contents: dict[str, Mapping[str, Any]] = {
        "seeds/question.yaml": _written(question.context),
        "seeds/source.yaml": {} if question.source is None else _written(question.source),
        "seeds/claims.yaml": _list("claims", question.claims),
        "seeds/barriers.yaml": _list("barriers", question.barriers),
        "seeds/tensions.yaml": _list("tensions", question.tensions),
        "seeds/sources.yaml": sources,
        "seeds/logs.yaml": _list("logs", question.logs),
        "criteria/value-tree.yaml": _written(question.tree),
        "criteria/perspectives.yaml": _written(question.weighting),
        "criteria/constraints.yaml": _list("constraints", question.constraints),
        "criteria/settings.yaml": _written(question.disclosure),
    }
    for proposal in question.proposals:
        contents[f"proposals/{proposal.id}.yaml"] = _written(proposal)
    return contents | {
        "proposals/interactions.yaml": _written(question.interactions),
        "proposals/combination.yaml": _written(question.combination),
        "proposals/scenarios.yaml": _written(question.scenarios),
        "proposals/described-only.yaml": _list("options", question.described),
    }


def _list(key: str, records: tuple[Record, ...]) -> dict[str, Any]:
    return {key: [_written(record) for record in records]} if records else {}


def _written(record: Record) -> dict[str, Any]:
    """As a file has it: what is left out there stands for itself."""
    found = _names_first(record.model_dump(by_alias=True, exclude_defaults=True))
    return cast("dict[str, Any]", found)


def _names_first(value: Any) -> Any:
    """Begins each entry with what it is called, as a reader looks for it."""
    if isinstance(value, (tuple, list)):
        return [_names_first(each) for each in value]
    if not isinstance(value, dict):
        return value
    first = [key for key in ("id", "ref", "name") if key in value]
    return {key: _names_first(value[key]) for key in dict.fromkeys((*first, *value))}
