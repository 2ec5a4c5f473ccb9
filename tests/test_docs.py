"""docs/format.md and the code say the same: keys, types, words, defaults, examples."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from dashboard.methods.evaluate import evaluate
from dashboard.methods.weights import perspective_points
from dashboard.model.completeness import faults as faults_across_files
from dashboard.model.errors import InputError
from dashboard.model.explain import Schema, bare, field_annotation, item_annotation, record_type
from dashboard.model.load import FILES, FOLDERS, REQUIRED, load_question
from dashboard.model.overrides import LONGEST_REASON, Override
from dashboard.model.overrides_file import read_overrides_file
from dashboard.model.proposals import Proposal
from dashboard.model.question import Question
from dashboard.model.record import BY_DEFINITION, RefersTo, Slug
from dashboard.model.references import Known
from dashboard.model.settings import with_settings
from dashboard.model.weights_file import read_weights_file
from dashboard.model.yaml_tree import MAX_BYTES, MAX_DEPTH, parse_yaml_tree
from tests.conftest import ROOT

FORMAT = ROOT / "docs" / "format.md"
EXAMPLE = ROOT / "docs" / "example"
PROPOSAL_FILE = "proposals/<id>.yaml"
SCHEMAS: Mapping[str, Schema] = {**FILES, PROPOSAL_FILE: Proposal}
HEADER = ["Key", "Needed", "Type", "Meaning", "Example"]
MINIMAL = "The smallest question that works"
WEIGHTS = "A file of weights"
OVERRIDES = "A file of overrides"


# ---------------------------------------------------------------------- what the document says


class Row(NamedTuple):
    """One row of a table of keys."""

    key: str
    needed: str
    type: str
    meaning: str
    example: str


def document() -> str:
    return FORMAT.read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """The text under each heading of the second level, by heading without backticks."""
    parts = re.split(r"^## (.+)$", document(), flags=re.MULTILINE)
    names = [name.replace("`", "") for name in parts[1::2]]
    assert len(names) == len(set(names)), "two sections of the same name"
    return dict(zip(names, parts[2::2], strict=True))


def rows(section: str) -> list[Row]:
    """The rows of the one table of keys in a section."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    assert cells[0] == HEADER
    assert all(set(cell) == {"-"} for cell in lines[1].strip("|").split("|"))
    assert all(len(row) == len(HEADER) for row in cells[2:])
    return [Row(row[0].strip("`"), *row[1:]) for row in cells[2:]]


def blocks(text: str, language: str = "yaml") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


# ---------------------------------------------------------------------------- what the code says


@dataclass(frozen=True)
class Place:
    """A key of a file, with the field of the schema that it fills."""

    key: str
    field: FieldInfo
    annotation: Any


def places(schema: Schema, before: str = "") -> Iterator[Place]:
    """Every key that may stand in a file, nested ones behind ``[]`` and ``.<criterion>``."""
    for name, field in schema.model_fields.items():
        alias = field.alias or name
        annotation = field_annotation(schema, alias)
        key = before + alias
        yield Place(key, field, annotation)
        inner = annotation
        while (record := record_type(inner)) is None and item_annotation(inner) is not None:
            key += "[]" if get_origin(bare(inner)) is tuple else f".<{_refers_to(_key_of(inner))}>"
            inner = item_annotation(inner)
        if record is not None:
            yield from places(record, f"{key}.")


def type_words(annotation: Any, many: bool = False) -> str:
    """The type of a field in the words of the document."""
    plural = "s" if many else ""
    inner = bare(annotation)
    kind, origin = _refers_to(annotation), get_origin(inner)
    if kind is not None:
        return f"{kind} {'number' if kind == 'paragraph' else 'id'}{plural}"
    if record_type(inner) is not None:
        return f"set{plural} of keys"
    if origin is tuple and get_args(inner)[-1] is ...:
        return f"list of {type_words(get_args(inner)[0], many=True)}"
    if origin is tuple:
        (item,) = set(get_args(inner))
        words = type_words(item, many=True)
        return f"pair{plural} of {words}"
    if origin is Literal:
        return f"word{plural}"
    if origin in (Union, UnionType):
        return " or ".join(type_words(part, many) for part in get_args(inner))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return f"{type_words(get_args(inner)[1], many=True)}, by {_refers_to(_key_of(inner))} id"
    if _is_slug(annotation):
        return f"id{plural}"
    return {
        str: "text",
        int: "whole number",
        float: "number",
        bool: "true or false",
        datetime.date: "date",
    }[inner] + plural


def _key_of(annotation: Any) -> Any:
    return get_args(bare(annotation))[0]


def _refers_to(annotation: Any) -> str | None:
    if get_origin(annotation) is not Annotated:
        return None
    first, *marks = get_args(annotation)
    return next((m.kind for m in marks if isinstance(m, RefersTo)), _refers_to(first))


def _is_slug(annotation: Any) -> bool:
    pattern = get_args(Slug)[1].pattern
    marks = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return any(getattr(mark, "pattern", None) == pattern for mark in marks)


def words_of(annotation: Any) -> set[str]:
    """The values of a literal, also inside a list."""
    inner = bare(annotation)
    if get_origin(inner) is Literal:
        return set(get_args(inner))
    if get_origin(inner) in (Union, UnionType):
        return set().union(*map(words_of, get_args(inner)))
    item = item_annotation(inner)
    if item is None or record_type(item) is not None:
        return set()
    return words_of(item)


def limits_of(place: Place) -> dict[str, Any]:
    """The limits of a field by the name they have in the schema."""
    found: dict[str, Any] = {}
    for mark in place.field.metadata:
        for name in ("gt", "ge", "le", "min_length"):
            value = getattr(mark, name, None)
            if value is not None and (
                name != "min_length" or type_words(place.annotation) != "text"
            ):
                found[name] = value
    return found


def documented(file: str) -> list[tuple[Place, Row]]:
    """The places of a file that the document lists, each with its row."""
    by_key = {row.key: row for row in rows(sections()[file])}
    return [(p, by_key[p.key]) for p in places(SCHEMAS[file]) if p.key in by_key]


# -------------------------------------------------------------------------------- tables of keys


def test_every_file_of_a_question_has_a_section_in_the_order_of_the_folders() -> None:
    files = [name for name in sections() if name.endswith(".yaml")]
    assert sorted(files) == sorted(SCHEMAS)
    assert [FOLDERS.index(name.split("/")[0]) for name in files] == sorted(
        FOLDERS.index(name.split("/")[0]) for name in files
    )


@pytest.mark.parametrize("file", SCHEMAS)
def test_a_section_lists_each_key_of_its_file_once_and_no_other(file: str) -> None:
    listed = [row.key for row in rows(sections()[file])]
    assert sorted(listed) == sorted(place.key for place in places(SCHEMAS[file]))


@pytest.mark.parametrize("file", SCHEMAS)
def test_each_row_says_whether_its_key_is_needed_and_of_which_type(file: str) -> None:
    for place, row in documented(file):
        assert row.needed == ("yes" if place.field.is_required() else "no"), place.key
        assert row.type == type_words(place.annotation), place.key
        assert row.meaning, place.key


@pytest.mark.parametrize("file", SCHEMAS)
def test_each_row_names_exactly_the_words_that_are_allowed(file: str) -> None:
    for place, row in documented(file):
        allowed = words_of(place.annotation)
        if allowed:
            named = re.findall(r"`([^`]+)`", row.meaning.split("Without it:")[0])
            assert set(named) == allowed, place.key


@pytest.mark.parametrize("file", SCHEMAS)
def test_each_row_names_the_default_of_its_key_if_it_has_one(file: str) -> None:
    for place, row in documented(file):
        stated = re.findall(r"Without it: `([^`]+)`", row.meaning)
        default = place.field.get_default(call_default_factory=True)
        nothing = place.field.is_required() or default in (None, (), {})
        assert [_read(text) for text in stated] == ([] if nothing else [default]), place.key


@pytest.mark.parametrize("file", SCHEMAS)
def test_each_row_names_the_limits_of_its_key(file: str) -> None:
    for place, row in documented(file):
        for name, value in limits_of(place).items():
            said = {
                "gt": f"more than {value}",
                "ge": f"{value} or more",
                "le": f"at most {value}",
                "min_length": "at least one",
            }
            assert said[name] in row.meaning, place.key


@pytest.mark.parametrize("file", SCHEMAS)
def test_the_example_of_each_row_is_valid(file: str) -> None:
    for place, row in documented(file):
        if "of keys" in row.type:
            assert row.example == "rows below", place.key
            continue
        written = re.fullmatch(r"`([^`]+)`", row.example)
        assert written, place.key
        adapter: TypeAdapter[Any] = TypeAdapter(place.annotation, config=ConfigDict(strict=True))
        adapter.validate_python(_read(written[1]))


def _read(text: str) -> Any:
    """A value as it would be read behind its key."""
    tree = parse_yaml_tree(f"key: {text}\n", "example")
    assert tree.faults == ()
    return tree.data["key"]


def test_the_examples_are_those_of_the_example_question() -> None:
    """Ids in the tables exist in docs/example, so that a reader can look them up there."""
    question = load_question(EXAMPLE)
    known = {
        "criterion": {criterion.id for criterion in question.criteria},
        "proposal": {proposal.id for proposal in question.proposals},
        "constraint": {constraint.id for constraint in question.constraints},
        "evidence": {source.id for source in question.sources} | _paragraph_ids(question),
    }
    for file, place, row in ((f, *pair) for f in SCHEMAS for pair in documented(f)):
        kind = next((kind for kind in known if f"{kind} id" in row.type), None)
        if kind is None or "of keys" in row.type:
            continue
        value = _read(row.example.strip("`"))
        named = {value} if isinstance(value, str) else set(value)
        assert named <= known[kind], f"{file}: {place.key}"


def _paragraph_ids(question: Question) -> set[str]:
    assert question.source is not None
    numbers = [paragraph.number for paragraph in question.source.paragraphs]
    return {BY_DEFINITION, *(f"paragraph-{number}" for number in numbers)}


# ------------------------------------------------------------------------- the smallest question


def minimal(folder: Path) -> Path:
    """The smallest question as the document shows it, written out file by file."""
    for block in blocks(sections()[MINIMAL]):
        first, _ = block.split("\n", 1)
        path = folder / first.removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    return folder


def test_the_smallest_question_of_the_document_loads(tmp_path: Path) -> None:
    question = load_question(minimal(tmp_path))
    assert question.warnings == ()
    assert len(question.proposals) == 2
    assert len(question.criteria) == 2
    assert question.perspectives == ()
    assert question.status_quo is None


def test_the_smallest_question_holds_the_needed_files_and_keys_only(tmp_path: Path) -> None:
    folder = minimal(tmp_path)
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")]
    proposals = [name for name in files if name.startswith("proposals/")]
    assert sorted(files) == sorted([*REQUIRED, *proposals])
    for name in files:
        data = parse_yaml_tree((folder / name).read_text(encoding="utf-8"), name).data
        _assert_needed_only(SCHEMAS.get(name, Proposal), data)


def _assert_needed_only(annotation: Any, data: Any) -> None:
    record = record_type(annotation)
    if record is not None:
        needed = {f.alias or n for n, f in record.model_fields.items() if f.is_required()}
        assert set(data) == needed
        for key in needed:
            _assert_needed_only(field_annotation(record, key), data[key])
    elif isinstance(data, (tuple, dict)):
        for item in data.values() if isinstance(data, dict) else data:
            _assert_needed_only(item_annotation(annotation), item)


def test_each_line_of_the_smallest_question_is_needed(tmp_path: Path) -> None:
    """Taking away any file, or any line that holds a value, makes it a question no longer."""
    folder = minimal(tmp_path)
    for name in REQUIRED:
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).unlink()
        with pytest.raises(InputError, match=f"{name}: is missing"):
            load_question(folder)
        (folder / name).write_text(text, encoding="utf-8")
    for path in sorted(folder.rglob("*.yaml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for index, line in enumerate(lines):
            if line.startswith("#") or not line.strip() or line.strip().startswith("- "):
                continue
            path.write_text("\n".join([*lines[:index], *lines[index + 1 :]]), encoding="utf-8")
            with pytest.raises(InputError):
                load_question(folder)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    load_question(folder)


# -------------------------------------------------------------------------- the example question


def test_the_example_question_has_no_faults_and_no_warnings() -> None:
    question = load_question(EXAMPLE)
    assert question.warnings == ()
    assert [p.id for p in question.proposals] == [
        "keep-gas", "heat-pump", "district-heat", "new-windows",
    ]  # fmt: skip
    assert question.status_quo is not None
    assert [len(branch.criteria) for branch in question.branches] == [2, 3]
    assert {c.direction for c in question.criteria} == {"max", "min"}
    assert [c.id for c in question.criteria if c.curve] == ["comfort"]
    assert [p.id for p in question.perspectives] == ["parents", "treasurer"]
    assert len(question.constraints) == 1
    assert len(question.settings) == 1
    assert len(question.interactions.interactions) == 1
    assert len(question.scenarios.scenarios) == 1


def test_the_example_question_holds_every_file_and_uses_every_key() -> None:
    """Whoever copies from the example finds each key in use somewhere, or in the tables."""
    used: dict[str, set[str]] = {name: set() for name in SCHEMAS}
    for path in EXAMPLE.glob("*/*.yaml"):
        file = path.relative_to(EXAMPLE).as_posix()
        tree = parse_yaml_tree(path.read_text(encoding="utf-8"), file)
        name = file if file in FILES else PROPOSAL_FILE
        used[name] |= set(_keys_used(SCHEMAS[name], tree.data))
    unused = {
        f"{n}: {p.key}" for n, s in SCHEMAS.items() for p in places(s) if p.key not in used[n]
    }
    assert all(used.values())
    assert {key for key in unused if not re.search(r"\bref$", key)} == {
        # Either points or a rule, one of three operations, one setting with a straight line, the
        # same kind of band for all scores, and none that is only assumed;
        # the others would only repeat what the example shows elsewhere.
        "seeds/question.yaml: assumed_band",
        "proposals/<id>.yaml: scores.<criterion>.bands",
        "criteria/value-tree.yaml: branches[].aggregators",
        "criteria/value-tree.yaml: branches[].aggregation_note",
        "criteria/perspectives.yaml: perspectives[].rule",
        "criteria/constraints.yaml: constraints[].scored_in",
        "criteria/constraints.yaml: constraints[].note",
        "criteria/settings.yaml: settings[].anchors.<criterion>.curve",
        "proposals/scenarios.yaml: scenarios[].changes[].times_increment",
    }


def _keys_used(annotation: Any, data: Any, before: str = "") -> Iterator[str]:
    record = record_type(annotation)
    if record is not None:
        dot = f"{before}." if before else ""
        for key, value in data.items():
            yield dot + key
            yield from _keys_used(field_annotation(record, key), value, dot + key)
    elif isinstance(data, tuple):
        for item in data:
            yield from _keys_used(item_annotation(annotation), item, f"{before}[]")
    elif isinstance(data, dict):
        for item in data.values():
            at = f"{before}.<{_refers_to(_key_of(annotation))}>"
            yield from _keys_used(item_annotation(annotation), item, at)


def test_the_hashes_of_the_example_are_those_of_its_text() -> None:
    question = load_question(EXAMPLE)
    assert question.source is not None
    lines = (EXAMPLE / "council-paper.txt").read_text(encoding="utf-8").splitlines()
    written = [n for n, line in enumerate(lines, start=1) if line.strip()][1:]
    assert [p.first_line for p in question.source.paragraphs] == written
    for paragraph in question.source.paragraphs:
        text = lines[paragraph.first_line - 1].strip()
        assert paragraph.last_line == paragraph.first_line
        assert paragraph.words == len(text.split())
        assert hashlib.sha256(text.encode()).hexdigest().startswith(paragraph.sha256)


def test_the_perspectives_and_the_setting_of_the_example_change_its_scores() -> None:
    question = load_question(EXAMPLE)
    switched = with_settings(question, ["first-draft"])

    def rounded(chosen: Question, perspective: str) -> dict[str, int]:
        points = perspective_points(chosen, chosen.perspective(perspective))
        scores = evaluate(chosen, points).scores
        return {p.id: round(float(s)) for p, s in zip(chosen.proposals, scores, strict=True)}

    assert rounded(question, "parents") == SCORES["parents"]
    assert rounded(question, "treasurer") == SCORES["treasurer"]
    assert rounded(switched, "treasurer") == SCORES["treasurer, first draft"]


SCORES = {
    "parents": {"keep-gas": 59, "heat-pump": 75, "district-heat": 71, "new-windows": 61},
    "treasurer": {"keep-gas": 47, "heat-pump": 55, "district-heat": 49, "new-windows": 51},
    "treasurer, first draft": {
        "keep-gas": 54, "heat-pump": 54, "district-heat": 47, "new-windows": 50,
    },
}  # fmt: skip


# ------------------------------------------------------------------------------------ the prose


def test_every_other_block_is_quoted_from_the_example() -> None:
    quoted = 0
    for name, section in sections().items():
        for block in blocks(section):
            first, rest = block.split("\n", 1)
            if name in (MINIMAL, WEIGHTS, OVERRIDES):
                continue
            assert first.startswith("# from docs/example/"), first
            source = ROOT / first.removeprefix("# from ")
            assert rest in source.read_text(encoding="utf-8"), first
            quoted += 1
    assert quoted >= 6


def test_the_file_of_weights_in_the_document_can_be_read(tmp_path: Path) -> None:
    question = load_question(EXAMPLE)
    texts = [*blocks(sections()[WEIGHTS]), *blocks(sections()[WEIGHTS], "json")]
    assert len(texts) == 2
    for text in texts:
        path = tmp_path / "weights"
        path.write_text(text, encoding="utf-8")
        assert read_weights_file(path, question) == {
            "comfort": 100, "carbon": 40, "cost": 60, "price-risk": 0, "disturbance": 25,
        }  # fmt: skip


def test_the_file_of_overrides_in_the_document_can_be_read(tmp_path: Path) -> None:
    (text,) = blocks(sections()[OVERRIDES])
    path = tmp_path / "overrides"
    path.write_text(text, encoding="utf-8")
    reason = "The installer now promises to drill in the holidays."
    assert read_overrides_file(path, load_question(EXAMPLE)) == (
        Override("heat-pump", "disturbance", 1.0, 2.0, 4.0, reason),
    )
    assert f"up to {LONGEST_REASON} characters" in sections()[OVERRIDES]


READ_AS = {
    "text": str,
    "whole number": int,
    "number": float,
    "true or false": bool,
    "date": datetime.date,
}


def test_what_the_document_says_about_reading_is_so() -> None:
    reading = sections()["How the files are read"]
    claims = re.findall(r"^\| `(.+?)` \| .+ \| (.+) \|$", reading, re.MULTILINE)
    assert {said for _, said in claims} == {"fault", *READ_AS}
    for written, said in claims:
        tree = parse_yaml_tree(f"key: {written}\n", "example")
        if said == "fault":
            assert tree.faults, written
        else:
            assert tree.faults == (), written
            assert type(tree.data["key"]) is READ_AS[said], written
    assert f"at most {MAX_BYTES // 1_000_000} MB a file" in reading
    assert f"at most {MAX_DEPTH} levels deep" in reading


def test_the_document_names_what_is_reserved_and_how_ids_look() -> None:
    ids = sections()["Ids, and what refers to what"]
    assert f"`{BY_DEFINITION}`" in ids
    adapter: TypeAdapter[str] = TypeAdapter(Slug)
    good, bad = (re.findall(r"`([^`]+)`", line) for line in _lines(ids, ("Good:", "Not:")))
    assert good
    assert bad
    for identifier in good:
        assert adapter.validate_python(identifier) == identifier
    for identifier in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(identifier)
    known = Known(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())
    for reserved in (BY_DEFINITION, "paragraph-4"):
        tree = parse_yaml_tree(f"sources:\n  - id: {reserved}\n", "seeds/sources.yaml")
        (fault,) = faults_across_files({"seeds/sources.yaml": tree}, known)
        assert fault.what == f"the source id {reserved!r} has a meaning of its own"


def _lines(text: str, starts: tuple[str, ...]) -> list[str]:
    return [next(line for line in text.splitlines() if line.startswith(s)) for s in starts]


def test_links_of_the_document_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", document(), flags=re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
    targets = re.findall(r"\]\(([^)]+)\)", document())
    assert targets
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in anchors, target
        else:
            assert (FORMAT.parent / target).exists(), target
