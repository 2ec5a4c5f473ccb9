"""What the commands take: their shared options, and the kinds of argument there are."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from dashboard.methods.weights import (
    NO_CHOICE,
    equal_branch_points,
    equal_perspective,
    perspective_points,
)
from dashboard.model.doubts import weights_file_doubts
from dashboard.model.errors import InputError
from dashboard.model.explain import did_you_mean
from dashboard.model.question import Question
from dashboard.model.typed_number import MOST_DIGITS, Limits, Unread, read_number
from dashboard.model.weights_file import read_weights_file
from dashboard.model.wording import printable
from dashboard.report.briefing.names import ANNEXES, LENGTHS
from dashboard.ui.question_folder import SHIPPED


def command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
    *,
    several: bool = False,
) -> argparse.ArgumentParser:
    """A command with what all of them take; one on ``several`` questions takes a list of them."""
    parser = commands.add_parser(
        name, help=summary, description=summary[:1].upper() + summary[1:] + "."
    )
    parser.set_defaults(command=run)
    what = "folder with seeds/, criteria/ and proposals/ (default: the shipped question)"
    if several:
        what = f"{what}; may be given several times"
        parser.add_argument("--question", type=Path, action="append", metavar="DIR", help=what)
    else:
        parser.add_argument("--question", type=Path, default=SHIPPED, metavar="DIR", help=what)
    return parser


def weights_options(parser: argparse.ArgumentParser) -> None:
    """Whose weights, with which settings and which scores in place of the files' own."""
    weights = parser.add_mutually_exclusive_group()
    weights.add_argument("--perspective", metavar="ID", help="the weights of a perspective")
    weights.add_argument(
        "--weights", type=Path, metavar="FILE", help="YAML or JSON: {criterion id: points}"
    )
    parser.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="ID",
        help="switch a setting of the question on; may be given several times",
    )
    parser.add_argument(
        "--override",
        type=Path,
        metavar="FILE",
        help="YAML or JSON: [{proposal:, criterion:, low:, likely:, high:, reason:}], scores to "
        "take instead of those in the files",
    )


def font_option(parser: argparse.ArgumentParser) -> None:
    """Fonts beside the bundled ones."""
    parser.add_argument(
        "--font",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a TrueType or OpenType font for scripts that the bundled fonts lack, such as Arabic "
        "or Chinese; may be given several times",
    )


def layout_options(parser: argparse.ArgumentParser) -> None:
    """Where a briefing is written, how long it is, and what stands on its pages."""
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="its ending says the form: .pdf, .docx, .xlsx or .zip (all of them)",
    )
    parser.add_argument(
        "--date",
        type=date,
        default=datetime.datetime.now().astimezone().date(),
        help="YYYY-MM-DD; today by default",
    )
    parser.add_argument(
        "--length", choices=LENGTHS, default="two-pages", help="two-pages by default"
    )
    parser.add_argument(
        "--annex",
        choices=ANNEXES,
        action="append",
        default=[],
        help="one to print; may be given several times; a full briefing has all by default",
    )
    parser.add_argument(
        "--marking", type=words(60), metavar="TEXT", help="in place of the question's own"
    )
    parser.add_argument("--author", type=words(40), metavar="ROLE", help="who wrote it")
    parser.add_argument("--assurer", type=words(40), metavar="ROLE", help="who checked it")
    font_option(parser)


def asked_points(
    question: Question, options: argparse.Namespace
) -> tuple[Mapping[str, float], str]:
    """The points asked for, and whose they are in words."""
    if options.weights is not None:
        points = read_weights_file(options.weights, question)
        for doubt in weights_file_doubts(points, question, str(options.weights)):
            print(f"warning: {printable(str(doubt))}", file=sys.stderr)
        like = equal_perspective(question, points)
        same = f"; the same as {like.name}" if like else ""
        return points, f"Own weights, from {options.weights.name}{same}"
    if options.perspective is None:
        return equal_branch_points(question.branches), NO_CHOICE
    known = {perspective.id: perspective for perspective in question.perspectives}
    if options.perspective not in known:
        raise InputError.one(
            "--perspective",
            None,
            f"unknown perspective {options.perspective!r}",
            did_you_mean(options.perspective, known, "this question has none"),
        )
    chosen = known[options.perspective]
    return perspective_points(question, chosen), chosen.name


def data_option(parser: argparse.ArgumentParser) -> None:
    """Where workshops are kept."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder for the workshops (default: the user's data folder, or COUNTERWEIGHT_DATA)",
    )


def use_data_folder(folder: Path | None) -> None:
    """Keep workshops in this folder, if one was named.

    Raises
    ------
    InputError : the environment names a database, which no folder goes with.
    """
    if folder is None:
        return
    from dashboard.workshop.database import FOLDER_VARIABLE, URL_VARIABLE  # noqa: PLC0415

    if os.environ.get(URL_VARIABLE):
        what = f"cannot be used, since {URL_VARIABLE} names a database"
        raise InputError.one("--data", None, what, "leave out one of the two")
    os.environ[FOLDER_VARIABLE] = str(folder.resolve())


def write_file(output: Path, content: bytes) -> None:
    """Write what a command made.

    Raises
    ------
    InputError : the place cannot be written.
    """
    try:
        output.write_bytes(content)
    except OSError as error:
        what, remedy = f"cannot be written ({error.strerror})", "name another place"
        raise InputError.one(str(output), None, what, remedy) from error


def date(text: str) -> datetime.date:
    """A day, as ISO 8601 writes it."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from None


def words(longest: int) -> Callable[[str], str]:
    """A text that fits on one line of the footer."""

    def checked(text: str) -> str:
        plain = text.strip()
        if not 0 < len(plain) <= longest:
            raise argparse.ArgumentTypeError(f"give 1 to {longest} characters, not {len(plain)}")
        return plain

    return checked


def samples(text: str) -> int:
    """How many samples."""
    return int(_number(text, Limits(1, 100_000_000, whole=True)))


def seed(text: str) -> int:
    """Of the random numbers; 0 is one."""
    if text.isascii() and text.isdigit() and int(text) < 2**63:
        return int(text)  # a float does not keep the largest seeds apart
    return int(_number(text, Limits(0, 10**MOST_DIGITS, whole=True)))


def correlation(text: str) -> float:
    """From 0 to 1."""
    return _number(text, Limits(0, 1))


def _number(text: str, limits: Limits) -> float:
    found = read_number(text, limits)
    if isinstance(found, Unread):
        raise argparse.ArgumentTypeError(f"{text!r}: {found.sentence}")
    return found


def port(text: str) -> int:
    """A TCP port."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 1 to 65535")
    return int(text)
