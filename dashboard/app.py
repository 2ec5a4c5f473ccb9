"""The ASGI entry: the Streamlit pages with their security headers, in one process on one port.

Start it with ``counterweight serve`` or ``streamlit run dashboard/app.py``.
"""

from __future__ import annotations

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import config

from dashboard.model.errors import InputError
from dashboard.model.wording import printable
from dashboard.ui import fonts, lan, mishap, remembered
from dashboard.ui.accounts import accounts
from dashboard.ui.addresses import is_loopback
from dashboard.ui.cached import question_folder
from dashboard.ui.failed_sign_in import FailedSignIn
from dashboard.ui.page_history import PageHistory
from dashboard.ui.security_headers import SecurityHeaders
from dashboard.ui.served import served_questions
from dashboard.ui.sign_in import PASSPHRASE
from dashboard.ui.unknown_addresses import UnknownAddresses
from dashboard.workshop.opened import opened
from dashboard.workshop.phone.routes import ROUTES as PHONE_ROUTES


@asynccontextmanager
async def _lifespan(_: st.App) -> AsyncIterator[None]:
    _prepare()
    _let_in_by_name()
    _announce()
    yield


# What the first page imports, Streamlit's own choice included: it takes half a second, and the
# first visitor after a start should not be the one who waits for it.
_FIRST_PAGE = (
    "PIL.Image",
    "pandas",
    "pyarrow",
    "dashboard.report.charts",
    "dashboard.robustness.verdict",
    "dashboard.ui.constraint_table",
    "dashboard.ui.frame",
    "dashboard.ui.help_box",
    "dashboard.ui.switching",
    "dashboard.ui.weights_component",
)


def _prepare() -> None:
    """Read the questions and import what the first page needs, before anybody asks for it."""
    for served in served_questions():
        question_folder(served.folder).open()
    for module in _FIRST_PAGE:
        importlib.import_module(module)


def _let_in_by_name() -> None:
    """Let browsers come under the name that accounts are set up for.

    Other names stay shut out on a loopback address, although nobody would get past the sign-in.
    """
    try:
        known = accounts()
    except InputError:
        return
    hosts = config.get_option(_HOSTS)
    if known is not None and hosts:  # an empty list means that every name may
        config.set_option(_HOSTS, [*hosts, known.host])


def _announce() -> None:
    """Tell the terminal what is served and where, and the passphrase where one is needed."""
    address, port = st.get_option("server.address"), st.get_option("server.port")
    for served in served_questions():
        print(f"Counterweight serves {served.folder}", flush=True)
    print(_where_workshops_are(), flush=True)
    print(f"Open http://{_reachable(address)}:{port} in a browser; stop with Ctrl+C.", flush=True)
    if not is_loopback(address):
        found = "  ".join(lan.base_addresses(port, address)) or "no address was found"
        print(f"Phones on the same network reach it at: {found}", flush=True)
    print(_who_may_come_in(is_loopback(address)), end="", flush=True)


def _where_workshops_are() -> str:
    """Opens their database, so that a fault shows at the start; the pages work without it."""
    try:
        return f"Workshops are kept in {opened().store.where}"
    except InputError as error:
        return f"Workshops cannot be opened. {printable(str(error))}"


def _who_may_come_in(only_here: bool) -> str:
    """A line about signing in; none where nobody has to."""
    try:
        known = accounts()
    except InputError as error:
        return f"Nobody can open the pages, since accounts are set up wrongly. {error}\n"
    if known is None:
        return "" if only_here else f"Passphrase for the pages: {PASSPHRASE}\n"
    if known.staff is None:
        who = "Every account of the provider counts as staff"
    else:
        who = f"Staff: {', '.join(sorted(known.staff))}"
    return f"The pages ask for an account at {known.origin}. {who}.\n"


def _reachable(address: str | None) -> str:
    """An address that a browser on this machine can open."""
    if not address or address in ("0.0.0.0", "::"):  # noqa: S104
        return "localhost"
    return f"[{address}]" if ":" in address else address


_HOSTS = "server.allowedHosts"
_ROUTES = [fonts.ROUTE, remembered.ROUTE, *PHONE_ROUTES]

app = st.App(
    Path(__file__).with_name("main.py"),
    lifespan=_lifespan,
    routes=_ROUTES,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(UnknownAddresses, routes=_ROUTES),
        Middleware(FailedSignIn),
        Middleware(PageHistory),
    ],
    on_script_error=mishap.show,
)

if __name__ == "__main__":
    app.run()
