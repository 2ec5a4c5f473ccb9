"""Keeps a Python process, and every one it starts, on this machine.

Python imports a module of this name by itself when it starts, wherever it finds one; the tests
put this folder on the ``PYTHONPATH`` of the server they start. An audit hook sees every call
that would connect, send or ask for a name before the system does, cannot be taken out again,
and by raising it stops the call: nothing leaves, and the attempt stands in the log.

It sees what goes through Python's sockets. Code that makes its own (typst and vl-convert are
compiled) passes it by; for those, the usual proxy variables point at the `Sink` in `network.py`.
"""

import ipaddress
import os
import sys

LOG = os.environ.get("COUNTERWEIGHT_NETWORK_LOG")
MAY_LISTEN_ANYWHERE = os.environ.get("COUNTERWEIGHT_MAY_LISTEN_ANYWHERE") == "1"


class OutsideRefusedError(OSError):
    """A call that would have left this machine."""


def _is_here(host: object, *, or_any: bool = False) -> bool:
    """Whether a host is this machine; ``or_any`` also lets "every address of it" pass."""
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or (or_any and address.is_unspecified)


def _is_reachable(address: tuple[object, ...]) -> bool:
    """Whether others could reach a socket bound to this address; port 0 is a mere client's."""
    host, port = address[:2]
    return port != 0 and (host == "" or not _is_here(host))


def _refuse(what: str, target: object) -> None:
    line = f"{what} {target!r}"
    if LOG:
        # One write in append mode: lines of several processes do not mix.
        with open(LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 (no imports at start-up)
            log.write(line + "\n")
    raise OutsideRefusedError(f"the tests refuse what leaves this machine: {line}")


def _audit(event: str, args: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = args[1]
        # A path (a socket between processes) or nothing (one already connected) stays here.
        if isinstance(address, tuple) and not _is_here(address[0]):
            _refuse(event, address)
    elif event == "socket.bind":
        address = args[1]
        if isinstance(address, tuple) and not MAY_LISTEN_ANYWHERE and _is_reachable(address):
            _refuse(event, address)
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        if not _is_here(args[0], or_any=True):
            _refuse(event, args[0])
    elif event == "socket.getnameinfo":
        address = args[0]
        if isinstance(address, tuple) and not _is_here(address[0], or_any=True):
            _refuse(event, address)


sys.addaudithook(_audit)
