"""Under which addresses phones on the same network can reach this machine."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import ifaddr

from dashboard.model.errors import InputError, quoted

_LONGEST = 200
_LONGEST_HOST = 253
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*/?", re.ASCII)
_REMEDY = "write it as http://192.168.1.5:8501"
_ALL_IPV4, _ALL = "0.0.0.0", "::"  # noqa: S104
# Names of network devices that lead to containers, virtual machines or a tunnel, not to the room.
_INNER = re.compile(
    r"docker|podman|br-|bridge|virbr|veth|vethernet|vmnet|vboxnet|virtualbox|vmware|hyper-v|cni|"
    r"flannel|lxc|lxd|wsl|tun|tap|utun|wg|ppp|tailscale|zt|zerotier",
    re.IGNORECASE,
)
_UNIQUE_LOCAL = ipaddress.ip_network("fc00::/7")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Found(NamedTuple):
    """An address of this machine, and the name of the device that has it."""

    device: str
    address: IPAddress


def base_addresses(port: int, bound: str | None = None) -> list[str]:
    """Where a phone finds a server of this machine, the likeliest first: http://192.168.1.5:8501.

    ``bound`` is the address the server listens on; none, or ``::``, means all there are.
    """
    if bound not in (None, "", _ALL, _ALL_IPV4):
        try:
            found = [Found("", ipaddress.ip_address(str(bound)))]
        except ValueError:
            return [f"http://{bound}:{port}"]
    else:
        found = [each for each in _found() if bound != _ALL_IPV4 or each.address.version == 4]
    return [f"http://{_host(address)}:{port}" for address in in_order(found)]


def in_order(found: Iterable[Found]) -> list[IPAddress]:
    """Those that others can reach, each once; those of containers and tunnels last."""
    reachable = [each for each in found if _is_reachable(each.address)]
    return list(dict.fromkeys(each.address for each in sorted(reachable, key=_rank)))


def _rank(found: Found) -> tuple[bool, int]:
    address = found.address
    if address.version == 4:
        kind = 0 if address.is_private else 1
    else:
        kind = 2 if address in _UNIQUE_LOCAL else 3
    return _INNER.match(found.device) is not None, kind


def _is_reachable(address: IPAddress) -> bool:
    nowhere = address.is_loopback or address.is_unspecified or address.is_multicast
    return not nowhere and not address.is_link_local


def _found() -> list[Found]:
    return [
        # An IPv6 address comes with its flow and zone, which others have no use for.
        Found(
            adapter.nice_name,
            ipaddress.ip_address(ip.ip if isinstance(ip.ip, str) else ip.ip[0]),
        )
        for adapter in ifaddr.get_adapters()
        for ip in adapter.ips
    ]


def _host(address: IPAddress) -> str:
    return f"[{address}]" if address.version == 6 else str(address)


def checked_address(text: str) -> str:
    """An address as a person wrote it, in its plain form and without a slash at its end.

    Raises
    ------
    InputError : it is none that a phone could open: http or https, a host, and if need be a port
        and the beginning of a path.
    """
    written = text.strip()
    if len(written) > _LONGEST:
        raise _fault(written, f"is longer than {_LONGEST} characters")
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError:
        raise _fault(written, "is no web address") from None
    if parts.scheme not in ("http", "https"):
        raise _fault(written, "does not begin with http:// or https://")
    host = _checked_host(parts, written)
    if port == 0:
        raise _fault(written, "has no port that a server can have")
    if parts.username is not None or parts.password is not None:
        raise _fault(written, "holds a name or a password")
    if any(sign in written for sign in "?#"):
        raise _fault(written, "holds more than a place")
    if not _PREFIX.fullmatch(parts.path):
        raise _fault(written, "has signs in its path that are not letters, digits or - . _ ~")
    return f"{parts.scheme}://{host}{'' if port is None else f':{port}'}{parts.path.rstrip('/')}"


def _checked_host(parts: SplitResult, written: str) -> str:
    host = parts.hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        # A last part of digits would be read as a number, and with it the whole as an address.
        fits = len(host) <= _LONGEST_HOST and not labels[-1].isdigit()
        if not fits or not all(_LABEL.fullmatch(label) for label in labels):
            raise _fault(written, "names no host that a phone could find") from None
        return host
    if address.is_unspecified or address.is_multicast or "%" in host:
        raise _fault(written, "names no host that a phone could find")
    return _host(address)


def _fault(written: str, what: str) -> InputError:
    return InputError.one("The address", None, f"{quoted(written)} {what}", _REMEDY)
