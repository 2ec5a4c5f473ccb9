"""What the commands take: their shared options, and the kinds of argument there are."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from pathlib import Path

from dashboard.model.errors import InputError
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


def briefing_options(parser: argparse.ArgumentParser) -> None:
    """Where a briefing is written, and of which day it is."""
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.pdf")
    parser.add_argument(
        "--date",
        type=date,
        default=datetime.datetime.now().astimezone().date(),
        help="YYYY-MM-DD; today by default",
    )


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


def samples(text: str) -> int:
    """How many samples."""
    if not text.isdecimal() or not 1 <= int(text) <= 100_000_000:
        raise argparse.ArgumentTypeError(f"{text!r}: give a number from 1 to 100000000")
    return int(text)


def seed(text: str) -> int:
    """Of the random numbers; 0 is one."""
    if not text.isdecimal() or int(text) >= 2**63:
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number, 0 or more")
    return int(text)


def correlation(text: str) -> float:
    """From 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r}: give a number from 0 to 1")
    return value


def port(text: str) -> int:
    """A TCP port."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 1 to 65535")
    return int(text)
