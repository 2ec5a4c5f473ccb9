"""What can be done with briefings without a browser: write, open, verify, compare."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from dashboard import __version__
from dashboard.cli_arguments import (
    asked_points,
    command,
    font_option,
    layout_options,
    port,
    samples,
    seed,
    weights_options,
    write_file,
)
from dashboard.methods.weights import NO_CHOICE, perspective_points
from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from dashboard.model.overrides import Override
from dashboard.model.overrides_file import read_overrides_file
from dashboard.model.settings import with_settings
from dashboard.model.wording import counted, printable

if TYPE_CHECKING:
    # What makes documents is imported when a command needs it: it would slow every other one.
    from dashboard.report.briefing.brief import Brief, Layout, Origin, Weighting

DIFFERS = 1
"""The exit status of `verify` and `diff` where something differs."""

_SHOWN = 12
"""Changes of one kind that `diff` names in a terminal; `--json` has all."""


def briefing_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The four commands."""
    writing = command(commands, "brief", brief, "write the briefing as PDF, Word, Excel or ZIP")
    weights_options(writing)
    layout_options(writing)
    writing.add_argument(
        "--samples", type=samples, default=20_000, metavar="N", help="20,000 by default"
    )
    writing.add_argument("--seed", type=seed, default=0, metavar="N", help="0 by default")
    writing.add_argument(
        "--batch",
        action="store_true",
        help="a briefing under each perspective, into the folder that --output names",
    )
    opening = commands.add_parser("open", help="open a briefing (PDF) in the dashboard again")
    opening.add_argument("briefing", type=Path, metavar="FILE.pdf")
    opening.add_argument(
        "--folder", type=Path, metavar="DIR", help="write its question, weights and scores there"
    )
    opening.add_argument("--port", type=port, default=8501, help="8501 by default")
    font_option(opening)
    opening.set_defaults(command=open_briefing)
    verifying = commands.add_parser(
        "verify",
        help="calculate a briefing (PDF) again and say what differs",
        epilog="Ends with 0 if all is the same, 1 if something differs, 2 if it is no briefing.",
    )
    verifying.add_argument("briefing", type=Path, metavar="FILE.pdf")
    verifying.add_argument("--json", action="store_true", help="print JSON")
    font_option(verifying)
    verifying.set_defaults(command=verify_briefing)
    comparing = commands.add_parser(
        "diff",
        help="compare two briefings (PDF): data, weights, ranks",
        epilog="Ends with 0 if both rest on the same, 1 if not, 2 if one is no briefing.",
    )
    comparing.add_argument("first", type=Path, metavar="A.pdf")
    comparing.add_argument("second", type=Path, metavar="B.pdf")
    comparing.add_argument("--json", action="store_true", help="print JSON")
    comparing.set_defaults(command=compare_briefings)


# ------------------------------------------------------------------------------ writing


def brief(options: argparse.Namespace) -> int:
    """Write one briefing, or one for each perspective."""
    made = _asked_brief(options)
    for warning in made.evaluation.question.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if options.batch:
        return _batch(options, made)
    make = maker(options.output.suffix.lower(), str(options.output))
    write_form(options.output, make(made))
    return 0


def _asked_brief(options: argparse.Namespace) -> Brief:
    from dashboard.report.briefing.brief import Brief, Weighting  # noqa: PLC0415
    from dashboard.robustness.acceptability import Sampling  # noqa: PLC0415

    question = load_question(options.question)
    points, whose = asked_points(question, options)
    origin: Origin = "default" if whose == NO_CHOICE else "own"
    if options.perspective is not None:
        origin = "perspective"
    overrides: tuple[Override, ...] = ()
    if options.override is not None:
        switched = with_settings(question, options.setting)
        overrides = read_overrides_file(options.override, switched)
    return Brief(
        question,
        Weighting(points, whose, origin, options.perspective),
        layout_of(options),
        settings=tuple(options.setting),
        overrides=overrides,
        sampling=Sampling(samples=options.samples, seed=options.seed),
    )


def layout_of(options: argparse.Namespace) -> Layout:
    """What ``layout_options`` were given."""
    from dashboard.report.briefing.brief import Layout  # noqa: PLC0415
    from dashboard.report.extra_fonts import read_fonts  # noqa: PLC0415

    return Layout(
        date=options.date,
        version=__version__,
        length=options.length,
        annexes=tuple(options.annex) if options.annex else None,
        marking=options.marking,
        author=options.author,
        assurer=options.assurer,
        fonts=read_fonts(options.font),
    )


def _batch(options: argparse.Namespace, made: Brief) -> int:
    """All perspectives, one file each; the progress on standard error."""
    if options.perspective is not None or options.weights is not None:
        what, remedy = "goes with no weights of one's own", "leave --perspective and --weights out"
        raise InputError.one("--batch", None, what, remedy)
    perspectives = made.question.perspectives
    if not perspectives:
        raise InputError.one("--batch", None, "the question has no perspectives", "add some")
    folder: Path = options.output
    if folder.suffix:
        what = f"is no name of a folder: it ends in {folder.suffix}"
        raise InputError.one(str(folder), None, what, "name a folder, which may be new")
    _make_folder(folder)
    make = maker(".pdf", str(folder))
    for number, perspective in enumerate(perspectives, start=1):
        print(f"{number} of {len(perspectives)}: {printable(perspective.name)}", file=sys.stderr)
        weighting = replace(
            made.weighting,
            points=perspective_points(made.question, perspective),
            label=perspective.name,
            origin="perspective",
            perspective=perspective.id,
        )
        write_form(folder / f"{perspective.id}.pdf", make(_with_weights(made, weighting)))
    return 0


def _with_weights(made: Brief, weighting: Weighting) -> Brief:
    from dashboard.report.briefing.brief import Brief  # noqa: PLC0415

    parts = (made.settings, made.overrides, made.sampling, made.errors)
    return Brief(made.question, weighting, made.layout, *parts)


def maker(ending: str, name: str) -> Callable[[Brief], bytes]:
    """What makes the form that a file's name ends with."""
    from dashboard.methods.second_opinions import second_opinions  # noqa: PLC0415
    from dashboard.report.briefing.brief import findings  # noqa: PLC0415
    from dashboard.report.forms import FORMS  # noqa: PLC0415

    forms = {form.ending: form for form in FORMS}
    if ending not in forms:
        what = f"ends in {ending!r}" if ending else "has no ending"
        remedy = f"name a file that ends in {', '.join(forms)}"
        raise InputError.one(name, None, f"{what}, which is no form of a briefing", remedy)
    return lambda made: forms[ending].make(findings(made, second_opinions(made.evaluation)), None)


def write_form(output: Path, content: bytes) -> None:
    """Write a form of a briefing, and say how large it is."""
    write_file(output, content)
    print(f"{output}: {len(content) / 1000:,.0f} kB")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot be made ({error.strerror})"
        raise InputError.one(str(folder), None, what, "name another place") from error


# ------------------------------------------------------------------------------ opening


def open_briefing(options: argparse.Namespace) -> int:
    """Write the question of a briefing into a folder, or serve the dashboard on it."""
    made = _restored(options.briefing)
    if options.folder is not None:
        folder: Path = options.folder
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            what = "is not empty" if folder.is_dir() else "is a file"
            raise InputError.one(str(folder), None, what, "name a new folder")
        _unpack(made, folder)
        print(printable("\n".join(_how_to_go_on(made, folder))))
        return 0
    from dashboard.serve_command import serve_briefing  # noqa: PLC0415

    # Without this a termination, or a terminal that closes, would end the process before the folder
    # is taken away.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) is signal.SIG_DFL:
            signal.signal(ending, _leave)
    with tempfile.TemporaryDirectory(prefix="counterweight-") as held:
        folder = Path(held) / "briefing"
        _unpack(made, folder)
        return serve_briefing(folder, options.briefing, options.port, options.font)


def _leave(number: int, _: object) -> NoReturn:
    raise SystemExit(128 + number)


def _restored(path: Path) -> Brief:
    from dashboard.report.save_file.pdf_parts import pdf_parts  # noqa: PLC0415
    from dashboard.report.save_file.restore import restored_brief  # noqa: PLC0415

    return restored_brief(pdf_parts(_read(path), str(path)).files, str(path))


def _read(path: Path) -> bytes:
    from dashboard.report.save_file.pdf_parts import MOST_BYTES  # noqa: PLC0415

    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise InputError.one(str(path), None, what, "name a briefing (PDF)") from error


def _unpack(made: Brief, folder: Path) -> None:
    """The folder of the question, and beside it the weights and the overridden scores."""
    from dashboard.model.question_files import question_files  # noqa: PLC0415
    from dashboard.report.save_file.weights_text import overrides_text, weights_text  # noqa: PLC0415

    plain = made.question.replace(active_settings=())
    files = {**question_files(plain), "weights.yaml": weights_text(made)}
    if made.overrides:
        files["overrides.yaml"] = overrides_text(made)
    for name, text in files.items():
        path = folder / name
        _make_folder(path.parent)
        write_file(path, text.encode())


def _how_to_go_on(made: Brief, folder: Path) -> Iterator[str]:
    """Commands that give the numbers of the briefing."""
    given = f"--question {folder} --weights {folder / 'weights.yaml'}"
    given += "".join(f" --setting {setting}" for setting in made.settings)
    given += f" --override {folder / 'overrides.yaml'}" if made.overrides else ""
    yield f"{folder}: the question “{made.question.context.title}”, its weights and scores."
    if made.question.active_settings:
        active = ", ".join(made.question.active_settings)
        yield f"Its anchors and scores hold the settings of the workshop already: {active}."
    yield f"The same numbers: counterweight rank {given}"
    yield f"The dashboard:    counterweight serve --question {folder}"


# ------------------------------------------------------------------------------ checking


def verify_briefing(options: argparse.Namespace) -> int:
    """Whether a briefing says what follows from what is attached to it."""
    from dashboard.report.briefing.pdf import briefing_pdf  # noqa: PLC0415
    from dashboard.report.extra_fonts import read_fonts  # noqa: PLC0415
    from dashboard.report.save_file.verify import sentences, verify  # noqa: PLC0415

    path: Path = options.briefing
    read_fonts(options.font)
    found = verify(_read(path), str(path), briefing_pdf, version=__version__)
    if options.json:
        print(json.dumps(found.data(), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        print(printable("\n".join(sentences(found))))
    return 0 if found.same else DIFFERS


def compare_briefings(options: argparse.Namespace) -> int:
    """What differs between two briefings, and what that does to the ranks."""
    from dashboard.report.save_file.differences import differences, sentences  # noqa: PLC0415

    found = differences(_restored(options.first), _restored(options.second))
    if options.json:
        print(json.dumps(found.data(), indent=2, ensure_ascii=False, allow_nan=False))
        return 0 if found.same else DIFFERS
    lines = [
        *sentences(found),
        *(f"  {r.name}: rank {_rank(r.rank_was)}, then {_rank(r.rank_now)}" for r in found.moved),
    ]
    for group in found.groups:
        lines.append(f"{group.name}: {counted(len(group.changes), 'change')}")
        lines += [f"  {c.what}: {c.was}, then {c.now}" for c in group.changes[:_SHOWN]]
        if len(group.changes) > _SHOWN:
            lines.append(f"  and {len(group.changes) - _SHOWN} more (--json has all)")
    print(printable("\n".join(lines)))
    return 0 if found.same else DIFFERS


def _rank(rank: int | None) -> str:
    return "none" if rank is None else str(rank)
