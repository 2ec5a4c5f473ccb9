"""The command that starts the dashboard."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.cli_arguments import data_option, font_option, port, use_data_folder
from dashboard.model.errors import InputError
from dashboard.model.load import load_question
from dashboard.model.wording import printable
from dashboard.ui.addresses import is_loopback
from dashboard.ui.given_fonts import use_fonts
from dashboard.ui.question_folder import BRIEFING_VARIABLE, FOLDER_VARIABLE, SHIPPED
from dashboard.ui.served import checked_folders, environment_text


def serve_options(parser: argparse.ArgumentParser) -> None:
    """Where it listens, and where workshops are kept."""
    parser.add_argument("--port", type=port, default=8501, help="8501 by default")
    parser.add_argument(
        "--address",
        default="127.0.0.1",
        help="127.0.0.1 by default; any other asks visitors for a passphrase",
    )
    data_option(parser)
    font_option(parser)


def serve(options: argparse.Namespace) -> int:
    folders = options.question or [SHIPPED]
    if len(folders) == 1:
        load_question(folders[0])
    else:
        folders = _readable(checked_folders(folders))
    use_data_folder(options.data)
    use_fonts(options.font)
    _check_free(options.address, options.port)
    os.environ[FOLDER_VARIABLE] = environment_text([folder.resolve() for folder in folders])
    entry = Path(__file__).with_name("app.py")
    # Streamlit looks for its configuration beside the script it believes was started.
    sys.argv = [str(entry)]
    # Importing the app imports Streamlit, which the other commands do not need.
    from dashboard.app import app  # noqa: PLC0415

    settings = {"server.port": options.port, "server.address": options.address}
    if not is_loopback(options.address):
        # Behind a passphrase the name under which a browser comes is no protection any more.
        settings["server.allowedHosts"] = ["*"]
    app.run(config=settings)
    return 0


def serve_briefing(folder: Path, briefing: Path, port: int, fonts: Sequence[Path] = ()) -> int:
    """Serve the question of a briefing, from a folder; every visit begins with its weights."""
    os.environ[BRIEFING_VARIABLE] = str(briefing.resolve())
    given = {"question": [folder], "data": None, "font": fonts}
    return serve(argparse.Namespace(**given, address="127.0.0.1", port=port))


def _readable(folders: Sequence[Path]) -> Sequence[Path]:
    """The folders; what is wrong with a question is said, and it can be put right while served."""
    for folder in folders:
        try:
            load_question(folder)
        except InputError as error:
            faults = printable(f"{folder.name}: {error}".replace("\n", f"\n{folder.name}: "))
            print(f"warning: {faults}", file=sys.stderr)
    return folders


def _check_free(address: str, port: int) -> None:
    """Refuse an address that is none of ours and a port that is taken, before anything starts."""
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        remedy = "name another with --port or --address"
        raise InputError.one(
            f"{address}:{port}", None, f"cannot be used ({reason})", remedy
        ) from error
