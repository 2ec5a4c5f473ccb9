"""What can be done with workshops without a browser: list, verify, export, brief.

Whoever runs these owns the computer, so no facilitator's key is asked for; what is not revealed is
not exported all the same.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from dashboard.briefing_commands import layout_of, maker, write_form
from dashboard.cli_arguments import data_option, layout_options, use_data_folder, write_file
from dashboard.model.errors import InputError
from dashboard.model.wording import counted, printable

if TYPE_CHECKING:
    # The database's packages are imported when a command needs them, not by `rank` or `check`.
    from dashboard.workshop.export import Form
    from dashboard.workshop.store import Store

DOES_NOT_HOLD = 1
"""The exit status of `verify` where something was changed."""

_HASH = re.compile(r"[0-9a-f]{64}")


def workshop_options(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The command and its own commands."""
    summary = "list the workshops; verify one, export its ballots, or write its briefing"
    parser = commands.add_parser("workshop", help=summary, description=f"{summary.capitalize()}.")
    own = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    listing = own.add_parser("list", help="all workshops, the newest first")
    listing.set_defaults(command=list_workshops)
    verifying = own.add_parser("verify", help="check a workshop against its own log")
    verifying.add_argument("workshop", metavar="CODE-OR-ID")
    verifying.add_argument(
        "--head", metavar="HASH", help="a head that somebody noted; it has to be in the log"
    )
    verifying.set_defaults(command=verify_workshop)
    exporting = own.add_parser("export", help="the ballots of revealed rounds as a file")
    exporting.add_argument("workshop", metavar="CODE-OR-ID")
    exporting.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="ends in .csv, .json or .parquet"
    )
    exporting.set_defaults(command=export_workshop)
    briefing = own.add_parser("brief", help="the briefing under the room's mean weights")
    briefing.add_argument("workshop", metavar="CODE-OR-ID")
    layout_options(briefing)
    briefing.set_defaults(command=brief_workshop)
    for each in (listing, verifying, exporting, briefing):
        data_option(each)


def list_workshops(options: argparse.Namespace) -> int:
    from dashboard.workshop.codes import shown_code  # noqa: PLC0415
    from dashboard.workshop.pulse import read_pulses  # noqa: PLC0415
    from dashboard.workshop.words import REHEARSAL, day_time, people_words, state_words  # noqa: PLC0415

    store = _store(options)
    workshops = store.workshops()
    pulses = read_pulses(store, [workshop.id for workshop in workshops])
    if not workshops:
        print(f"No workshops in {store.where}.")
    for workshop in workshops:
        facts = [state_words(workshop), day_time(workshop.created_at)]
        if workshop.id in pulses:
            facts.insert(1, people_words(pulses[workshop.id]))
        if workshop.plan.rehearsal:
            facts.append(REHEARSAL)
        print(printable(f"{shown_code(workshop.code)}  {workshop.plan.title}"))
        print(f"             {', '.join(facts)}")
    return 0


def verify_workshop(options: argparse.Namespace) -> int:
    """0 where all holds, ``DOES_NOT_HOLD`` where something was changed."""
    from dashboard.workshop.verification import head_is_in, verify  # noqa: PLC0415

    noted = None if options.head is None else _noted(options.head)
    store = _store(options)
    identifier = _identifier(store, options.workshop)
    found = verify(store, identifier)
    faults = list(found.faults)
    if noted is not None and not head_is_in(store.events(identifier), noted):
        faults.append("the head that was noted is not in the log: the log was rewritten")
    for fault in faults:
        print(printable(f"{fault[:1].upper()}{fault[1:]}."))
    events, ballots = counted(found.events, "event"), counted(found.ballots, "ballot")
    if faults:
        print(f"Does not hold: {counted(len(faults), 'fault')} in {events} and {ballots}.")
        return DOES_NOT_HOLD
    print(f"Holds: {events}, {ballots}. Head {found.head}")
    if noted is None:
        print("Give --head with a head that somebody noted to see that the log was not rewritten.")
    return 0


def export_workshop(options: argparse.Namespace) -> int:
    from dashboard.workshop.export import Form, exported, written  # noqa: PLC0415

    output: Path = options.output
    form = output.suffix.lower().removeprefix(".")
    if form not in get_args(Form):
        what = f"ends in {output.suffix!r}, which is no form of export"
        raise InputError.one(str(output), None, what, "name a .csv, .json or .parquet")
    store = _store(options)
    table = exported(store, _identifier(store, options.workshop))
    write_file(output, written(table, cast("Form", form)))
    rounds = counted(len(table.rounds), "round")
    print(f"{output}: {counted(len(table.rows), 'ballot')} of {rounds}")
    return 0


def brief_workshop(options: argparse.Namespace) -> int:
    """The briefing of the latest revealed round, with the workshop as its annex."""
    from dashboard.ui.workshop_annex import annex_of, room_brief  # noqa: PLC0415

    make = maker(options.output.suffix.lower(), str(options.output))
    store = _store(options)
    annex = annex_of(store, _identifier(store, options.workshop))
    write_form(options.output, make(room_brief(annex, layout_of(options))))
    return 0


def _store(options: argparse.Namespace) -> Store:
    from dashboard.workshop.opened import opened  # noqa: PLC0415

    use_data_folder(options.data)
    return opened().store


def _identifier(store: Store, named: str) -> str:
    """The id that a code stands for; anything else is taken as an id."""
    from dashboard.workshop.codes import plain_code  # noqa: PLC0415

    code = plain_code(named)
    found = store.identifier_of(code) if code else None
    return found or store.workshop(named.strip().lower()).id


def _noted(head: str) -> str:
    """A head as people note it, in groups and in either case."""
    plain = "".join(head.split()).lower()
    if not _HASH.fullmatch(plain):
        what = "is no head of a log"
        raise InputError.one("--head", None, what, "give the 64 signs that the board showed")
    return plain
