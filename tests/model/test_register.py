"""Everything a question holds as one list, and its search."""

from __future__ import annotations

import re

import pytest

from dashboard.model.entry import Entry, folded, with_names
from dashboard.model.question import Question
from dashboard.model.register import register, search
from dashboard.model.weighting import SettingsFile

ENTRIES = (
    Entry("Claims", "Émigrés leave", ("Straße nach São Paulo",)),
    Entry("Sources", "WITSEC in 2003", ("FY2003", "costs"), ("example.org/Report",)),
    Entry("Sources", "Émigré costs"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [0, 1, 2]),
        ("   ", [0, 1, 2]),
        ("émigré", [0, 2]),
        ("emigre", [0, 2]),
        ("EMIGRÉ", [0, 2]),
        ("e\u0301migre\u0301", [0, 2]),
        ("strasse", [0]),
        ("SAO paulo", [0]),
        ("costs", [1, 2]),
        ("costs emigre", [2]),
        ("emigre costs", [2]),
        ("sources costs", [1, 2]),
        ("org/report", [1]),
        ("witsec fy2003", [1]),
        ("witsec emigre", []),
        ("nothing like it", []),
        (".*", []),
    ],
)
def test_search_finds_all_words_whatever_their_case_accents_and_order(
    text: str, found: list[int]
) -> None:
    assert search(ENTRIES, text) == tuple(ENTRIES[index] for index in found)


def test_folding_a_text_twice_changes_nothing_more() -> None:
    for text in ("Émigrés", "STRASSE", "ﬁnance", "İstanbul", "Å"):
        assert folded(folded(text)) == folded(text)


def test_the_shipped_register_holds_every_group(shipped: Question) -> None:
    groups: dict[str, int] = {}
    for entry in register(shipped):
        groups[entry.group] = groups.get(entry.group, 0) + 1
    assert list(groups) == [
        "Claims", "Paragraphs", "Sources", "Barriers", "Tensions", "Disclosure and logs",
        "Question", "Constraints", "Options", "Criteria", "Perspectives", "Together",
        "Scenarios",
    ]  # fmt: skip
    assert (groups["Claims"], groups["Sources"], groups["Barriers"]) == (48, 57, 12)
    assert (groups["Tensions"], groups["Constraints"]) == (7, 8)
    assert groups["Options"] == 7 + 3


def test_every_entry_has_a_title_and_no_empty_line(shipped: Question) -> None:
    for entry in register(shipped):
        assert entry.title.strip()
        assert all(line.strip() for line in entry.lines)


def test_a_source_says_which_scores_rest_on_it(shipped: Question) -> None:
    (entry,) = search(register(shipped), "interpol deletes notices once used")
    assert entry.group == "Sources"
    assert any("Sanctuary on Legal safety" in line for line in entry.lines)
    assert entry.addresses


def test_accents_do_not_matter_in_the_shipped_register(shipped: Question) -> None:
    entries = register(shipped)
    assert search(entries, "émigrés")
    assert search(entries, "émigrés") == search(entries, "EMIGRES")


def test_every_entry_has_a_key_of_its_own(shipped: Question) -> None:
    keys = [entry.key for entry in register(shipped)]
    assert all(keys)
    assert len(keys) == len(set(keys))


def test_texts_call_sources_by_their_names(shipped: Question) -> None:
    ids = {source.id for source in shipped.sources if "-" in source.id}
    for entry in register(shipped):
        for text in (entry.title, *entry.lines):
            if not text.startswith("Id: "):
                assert not ids & set(re.findall(r"[\w-]+", text))
    (claim,) = search(register(shipped), "corroborated elite leavers 1953-1990")
    assert any("(source “KGB wanted list”)" in line for line in claim.lines)
    written = "See the sources killed-pilot, the-moon and\nkgb-wanted-list and more"
    assert with_names(shipped, written) == (
        "See the sources “Pilot killed in Spain”, the-moon and\n“KGB wanted list” and more"
    )


def test_logs_say_who_when_and_what_takes_them_back(shipped: Question) -> None:
    by_key = {entry.key: entry for entry in register(shipped)}
    changed = by_key["log.time-of-the-status-quo"]
    assert changed.title.startswith("Decision: The status quo counts as having no")
    assert "By: analyst, not dated. Made after results had been seen." in changed.lines
    assert "Touches Time to effect; Status quo." in changed.lines
    assert "Can be taken back by the setting Status quo acts at once." in changed.lines
    assert "By: analyst, 2025-01-14." in by_key["log.source-text-numbering"].lines


def test_a_question_without_logs_or_disclosure_has_no_such_entries(shipped: Question) -> None:
    bare = shipped.replace(
        logs=(),
        disclosure=SettingsFile(),
        sources_accessed=None,
        context=shipped.context.model_copy(update={"caveats": ()}),
    )
    assert not [entry for entry in register(bare) if entry.group == "Disclosure and logs"]


def test_a_tension_says_how_it_was_handled(shipped: Question) -> None:
    tensions = [entry for entry in register(shipped) if entry.group == "Tensions"]
    assert len(tensions) == 7
    assert all(entry.lines[-1].startswith("How it was handled: ") for entry in tensions)
