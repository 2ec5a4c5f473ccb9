"""The attachments of a briefing back to the brief that it was made from.

Authoritative for the question are its YAML files, read by the reader of question folders with all
its checks. What was changed since the briefing was written is found by the hashes of the manifest.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Never, TypeVar

from dashboard.model.errors import Fault, InputError, quoted
from dashboard.model.explain import validate
from dashboard.model.folder import FOLDERS
from dashboard.model.load import load_question_texts
from dashboard.model.overrides import Override, override_faults
from dashboard.model.question import Question
from dashboard.model.record import Record
from dashboard.model.settings import with_settings
from dashboard.model.wording import listed
from dashboard.model.yaml_tree import YamlTree
from dashboard.report.briefing.brief import Brief, Layout, Weighting
from dashboard.report.extra_fonts import FontName
from dashboard.report.fingerprint import input_fingerprint
from dashboard.report.save_file import records
from dashboard.report.save_file.workshop_record import workshop_faults
from dashboard.robustness.acceptability import Sampling
from dashboard.robustness.readings import ScoreErrors

Data = dict[str, Any]
_Record = TypeVar("_Record", bound=Record)

_AGAIN = "ask whoever made the briefing for the file as it was written"
_NAMED = 5
"""Up to this many files are named in a sentence."""

_MOST_POINTS = 1e9


@dataclass(frozen=True, eq=False)
class Restored:
    """What the attachments of a briefing hold.

    ``changes`` : what does not fit the manifest, a sentence each; empty where nothing was changed.
    """

    brief: Brief
    manifest: records.Manifest
    results: Data
    changes: tuple[str, ...]


def restored_brief(files: Mapping[str, bytes], name: str) -> Brief:
    """The brief, of attachments that are as they were written.

    Raises
    ------
    InputError : as ``restored`` says, or something was changed since.
    """
    found = restored(files, name)
    if found.changes:
        raise InputError(Fault(name, None, change, _AGAIN) for change in found.changes)
    return found.brief


def restored(files: Mapping[str, bytes], name: str) -> Restored:
    """The brief, and what was changed since it was written.

    Parameters
    ----------
    files : the attachments by name.
    name : what messages call the briefing.

    Raises
    ------
    InputError : it is no briefing, of a newer format, or its files cannot be read.
    """
    if records.MANIFEST not in files:
        what = "is no briefing of Counterweight, or a program has taken its attachments out"
        remedy = "give the PDF as Counterweight wrote it, not one that was printed again"
        raise InputError.one(name, None, what, remedy)
    manifest = _manifest(files[records.MANIFEST], name)
    changes = _changed_files(files, manifest)
    try:
        brief, results = _brief(files), _json(files, records.RESULTS)
        differs = _other_question(files, brief.question)
    except InputError as error:
        faults = [Fault(f"{name}, {f.file}", f.line, f.what, f.remedy) for f in error.faults]
        said = [Fault(name, None, change, _AGAIN) for change in changes]
        raise InputError([*faults, *said]) from error
    changes += differs
    changes += _other_fingerprints(brief, manifest)
    return Restored(brief, manifest, results, tuple(changes))


# ------------------------------------------------------------------------------ the manifest


def _manifest(content: bytes, name: str) -> records.Manifest:
    file = f"{name}, {records.MANIFEST}"
    data = _parsed(content, file)
    version = data.get("format")
    if isinstance(version, int) and version > records.FORMAT:
        what = (
            f"is of format {version}, from a newer Counterweight; this one reads format "
            f"{records.FORMAT}"
        )
        raise InputError.one(name, None, what, "open it with the newer version")
    manifest = _checked(records.Manifest, data, file)
    if manifest.format != records.FORMAT:
        what = f"is of format {manifest.format}, which there never was"
        raise InputError.one(name, None, what, _AGAIN)
    return manifest


def _changed_files(files: Mapping[str, bytes], manifest: records.Manifest) -> list[str]:
    held = set(files) - {records.MANIFEST}
    changed = [
        file
        for file, digest in manifest.files.items()
        if file in held and hashlib.sha256(files[file]).hexdigest() != digest
    ]
    found = (
        ("changed since the briefing was written", changed),
        ("taken out since the briefing was written", sorted(set(manifest.files) - held)),
        ("added since the briefing was written", sorted(held - set(manifest.files))),
    )
    return [f"{_few(names)} {_were(names)} {what}" for what, names in found if names]


def _few(names: list[str]) -> str:
    shown = [name if name.isascii() and len(name) < 80 else quoted(name) for name in names[:_NAMED]]
    return listed([*shown, *([f"{len(names) - _NAMED} more files"] if names[_NAMED:] else [])])


def _were(names: list[str]) -> str:
    return "was" if len(names) == 1 else "were"


def _other_fingerprints(brief: Brief, manifest: records.Manifest) -> list[str]:
    found = (
        ("the question", brief.question.fingerprint, manifest.question),
        ("question and weights together", input_fingerprint(brief.evaluation), manifest.inputs),
    )
    return [
        f"the fingerprint of {what} is {now[:12]}, and the manifest says {written[:12]}"
        for what, now, written in found
        if now != written
    ]


def _other_question(files: Mapping[str, bytes], question: Question) -> list[str]:
    if _json(files, records.QUESTION) == question.model_dump(mode="json", by_alias=True):
        return []
    return [f"{records.QUESTION} is another question than the YAML files, which count"]


# ------------------------------------------------------------------------------ the brief


def _brief(files: Mapping[str, bytes]) -> Brief:
    question = load_question_texts(_texts(files))
    inputs = _checked_file(records.InputsFile, files, records.INPUTS)
    layout = _checked_file(records.LayoutFile, files, records.LAYOUT)
    workshop = _json(files, records.WORKSHOP) if records.WORKSHOP in files else None
    faults = [*_misfits(question, inputs), *workshop_faults(workshop)]
    if faults:
        raise InputError(faults)
    question = question.replace(active_settings=inputs.settings_within)
    given = inputs.weighting
    points = {c.id: float(given.points[c.id]) for c in question.criteria}
    return Brief(
        question,
        Weighting(points, given.label, given.origin, given.perspective, given.name, given.locked),
        _layout(layout),
        settings=inputs.settings,
        overrides=tuple(map(_override, inputs.overrides)),
        sampling=Sampling(**dict(inputs.sampling)),
        errors=ScoreErrors(**dict(inputs.score_errors)),
        workshop=workshop,
    )


def _texts(files: Mapping[str, bytes]) -> dict[str, str]:
    """The YAML files by their paths within a folder; the manifest tells what else is there."""
    texts = {}
    for name, content in files.items():
        part, _, rest = name.partition("_")
        if part not in FOLDERS or not rest.endswith(".yaml") or "/" in rest:
            continue
        texts[f"{part}/{rest}"] = _decoded(content, name)
    return texts


def _override(given: records.OverrideRecord) -> Override:
    numbers = (float(given.low), float(given.likely), float(given.high))
    return Override(given.proposal, given.criterion, *numbers, given.reason)


def _layout(given: records.LayoutFile) -> Layout:
    try:
        day = datetime.date.fromisoformat(given.date)
    except ValueError:
        _wrong(records.LAYOUT, f"{given.date} is no day of the calendar")
    fonts = tuple(FontName(font.family, font.sha256) for font in given.fonts)
    return Layout(**(dict(given) | {"date": day, "fonts": fonts}))


def _misfits(question: Question, inputs: records.InputsFile) -> list[Fault]:
    """What keeps the inputs from being applied to the question."""
    given = inputs.weighting
    criteria = {criterion.id for criterion in question.criteria}
    known = {perspective.id for perspective in question.perspectives}
    points = [*given.points.values()]
    wrong = {
        "the points are not those of the criteria of the question": set(given.points) != criteria,
        f"points are not between 0 and {_MOST_POINTS:,.0f}, or all are 0": not any(points)
        or not all(0 <= value <= _MOST_POINTS for value in points),
        f"unknown perspective {quoted(given.perspective)}": given.perspective is not None
        and given.perspective not in known,
        "the weights are said to be a perspective's, and none is named": given.origin
        == "perspective"
        and given.perspective is None,
        "a locked criterion is not in the question": not set(given.locked) <= criteria,
    }
    faults = [Fault(records.INPUTS, None, what, _AGAIN) for what, holds in wrong.items() if holds]
    try:
        with_settings(question, (*inputs.settings, *inputs.settings_within))
    except InputError as error:
        faults.extend(Fault(records.INPUTS, None, f.what, f.remedy) for f in error.faults)
    overrides = [_override(each) for each in inputs.overrides]
    found = override_faults(question, overrides)
    return faults + [Fault(records.INPUTS, None, f.what, f.remedy) for f in found]


# ------------------------------------------------------------------------------ reading JSON


def _checked_file(schema: type[_Record], files: Mapping[str, bytes], file: str) -> _Record:
    return _checked(schema, _json(files, file), file)


def _checked(schema: type[_Record], data: Data, file: str) -> _Record:
    plain = _with_tuples(data)
    record, faults = validate(schema, YamlTree(file, plain, {}, ()), plain)
    if faults:
        raise InputError(Fault(f.file, None, f.what, _AGAIN) for f in faults)
    found: _Record = record
    return found


def _with_tuples(value: Any) -> Any:
    """Lists as the records have them; the parser has bounded the depth."""
    if isinstance(value, list):
        return tuple(map(_with_tuples, value))
    if isinstance(value, dict):
        return {key: _with_tuples(inner) for key, inner in value.items()}
    return value


def _json(files: Mapping[str, bytes], file: str) -> Data:
    if file not in files:
        _wrong(file, "is missing")
    return _parsed(files[file], file)


def _parsed(content: bytes, file: str) -> Data:
    try:
        data = json.loads(
            _decoded(content, file), parse_constant=_no_number, object_pairs_hook=_once(file)
        )
    except RecursionError:
        data = None
    except ValueError:  # of whole numbers that are too long, too
        _wrong(file, "is no JSON")
    if data is None or _is_too_deep(data):
        _wrong(file, f"is nested more than {_MOST_DEPTH} levels deep")
    if not isinstance(data, dict):
        _wrong(file, "is JSON of another kind: it holds no keys")
    return data


_MOST_DEPTH = 60
"""What comes after it may go down by calling itself."""


def _is_too_deep(data: Any) -> bool:
    level = [data] if isinstance(data, (dict, list)) else []
    for _ in range(_MOST_DEPTH):
        if not level:
            return False
        inner = (v.values() if isinstance(v, dict) else v for v in level)
        level = [v for values in inner for v in values if isinstance(v, (dict, list))]
    return True


def _once(file: str) -> Callable[[list[tuple[str, Any]]], Data]:
    def mapping(pairs: list[tuple[str, Any]]) -> Data:
        found = dict(pairs)
        if len(found) < len(pairs):
            _wrong(file, "holds a key twice")
        return found

    return mapping


def _no_number(word: str) -> Never:
    raise ValueError(word)


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        _wrong(file, "is not UTF-8 text")


def _wrong(file: str, what: str) -> Never:
    raise InputError.one(file, None, what, _AGAIN)
