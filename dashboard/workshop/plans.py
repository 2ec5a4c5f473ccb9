"""What a facilitator fills in, made into the plan of a workshop."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from dashboard.model.errors import Fault, InputError
from dashboard.model.question import Question
from dashboard.workshop.records import MOST_GROUPS, Group, Method, Plan

_LONGEST_TITLE, _LONGEST_GROUP, _LONGEST_ID = 200, 300, 60


def planned(
    question: Question,
    *,
    title: str,
    groups: str,
    method: Method,
    small_groups: bool,
    live_ranking: bool,
    rehearsal: bool,
) -> Plan:
    """The plan of a workshop on a question.

    Parameters
    ----------
    groups : one name a line; none at all is allowed.

    Raises
    ------
    InputError : everything that is wrong with what was filled in.
    """
    name, faults = _one_line(title), []
    if not name:
        faults.append(Fault("Title", None, "the title is missing", "give the workshop one"))
    if len(name) > _LONGEST_TITLE:
        what = f"the title has {len(name)} letters"
        faults.append(Fault("Title", None, what, f"use at most {_LONGEST_TITLE}"))
    names = [_one_line(line) for line in groups.splitlines() if _one_line(line)]
    faults += _group_faults(names)
    if faults:
        raise InputError(faults)
    return Plan(
        title=name,
        method=method,
        groups=tuple(_with_ids(names, question)),
        small_groups=small_groups,
        live_ranking=live_ranking,
        rehearsal=rehearsal,
    )


def default_groups(question: Question) -> str:
    """The perspectives of a question, one a line; equal branches belong to no one."""
    names = [each.name for each in question.perspectives if each.points is not None]
    return "\n".join(names[:MOST_GROUPS])


def _group_faults(names: list[str]) -> Iterable[Fault]:
    if len(names) > MOST_GROUPS:
        what = f"there are {len(names)} groups"
        yield Fault("Groups", None, what, f"name at most {MOST_GROUPS}")
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Fault("Groups", None, f"the group “{name}” stands twice", "name each once")
    for name in names:
        if len(name) > _LONGEST_GROUP:
            what = f"a group's name has {len(name)} letters"
            yield Fault("Groups", None, what, f"use at most {_LONGEST_GROUP}")


def _with_ids(names: Iterable[str], question: Question) -> Iterable[Group]:
    """A perspective keeps its id; other names get one made of their letters, each another."""
    known = {_one_line(perspective.name): perspective.id for perspective in question.perspectives}
    taken = set(known.values())
    for place, name in enumerate(names, start=1):
        identifier = known.get(name)
        if identifier is None:
            made = _slug(name) or f"group-{place}"
            identifier, number = made, 2
            while identifier in taken:
                identifier, number = f"{made}-{number}", number + 1
        taken.add(identifier)
        yield Group(id=identifier, name=name)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-")


def _one_line(text: str) -> str:
    """Without line breaks and without invisible signs, which would turn the text around them."""
    spaced = (" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(s for s in spaced if unicodedata.category(s)[0] != "C").split())
