"""The addresses that phones on the same network can reach, and one that a person writes."""

from __future__ import annotations

import ipaddress

import pytest

from dashboard.model.errors import InputError
from dashboard.ui import lan
from dashboard.ui.lan import Found, base_addresses, checked_address, in_order


def found(*pairs: tuple[str, str]) -> list[Found]:
    return [Found(device, ipaddress.ip_address(address)) for device, address in pairs]


EVERY = found(
    ("lo", "127.0.0.1"),
    ("lo", "::1"),
    ("docker0", "172.17.0.1"),
    ("br-4c1", "172.18.0.1"),
    ("wlan0", "2001:db8:1::5"),
    ("wlan0", "fd00::5"),
    ("wlan0", "fe80::5"),
    ("wlan0", "169.254.3.4"),
    ("eth0", "8.8.4.4"),
    ("wlan0", "192.168.1.5"),
    ("eth0", "10.0.0.7"),
    ("eth0", "10.0.0.7"),
    ("wg0", "fd11::1"),
    ("eth0", "0.0.0.0"),
    ("eth0", "224.0.0.1"),
)


def test_private_addresses_come_first_and_those_of_containers_and_tunnels_last() -> None:
    assert [str(address) for address in in_order(EVERY)] == [
        "192.168.1.5",
        "10.0.0.7",
        "8.8.4.4",
        "fd00::5",
        "2001:db8:1::5",
        "172.17.0.1",
        "172.18.0.1",
        "fd11::1",
    ]


def test_each_is_an_address_with_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan, "_found", lambda: EVERY)
    every = base_addresses(8501)
    assert every[:1] == ["http://192.168.1.5:8501"]
    assert "http://[fd00::5]:8501" in every
    assert base_addresses(8501, "::") == every
    # A server that listens on 0.0.0.0 hears nothing of IPv6.
    assert base_addresses(80, "0.0.0.0") == [
        "http://192.168.1.5:80",
        "http://10.0.0.7:80",
        "http://8.8.4.4:80",
        "http://172.17.0.1:80",
        "http://172.18.0.1:80",
    ]


def test_a_server_on_one_address_is_reached_there_alone() -> None:
    assert base_addresses(8501, "192.168.1.5") == ["http://192.168.1.5:8501"]
    assert base_addresses(8501, "fd00::5") == ["http://[fd00::5]:8501"]
    assert base_addresses(8501, "board.example") == ["http://board.example:8501"]
    assert base_addresses(8501, "127.0.0.1") == []


def test_this_machine_is_asked_without_an_error() -> None:
    for address in base_addresses(8501):
        assert checked_address(address) == address


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("http://192.168.1.5:8501", "http://192.168.1.5:8501"),
        ("  HTTPS://Board.Example/ ", "https://board.example"),
        ("http://[FD00::5]:8501/", "http://[fd00::5]:8501"),
        ("https://board.example/room/2/", "https://board.example/room/2"),
        ("http://laptop", "http://laptop"),
        ("http://laptop.local:1", "http://laptop.local:1"),
        ("http://xn--bcher-kva.example", "http://xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_in_its_plain_form(written: str, kept: str) -> None:
    assert checked_address(written) == kept


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "does not begin with http:// or https://"),
        ("192.168.1.5:8501", "does not begin with http:// or https://"),
        ("ftp://a.example", "does not begin with http:// or https://"),
        ("javascript:alert(1)", "does not begin with http:// or https://"),
        ("http://", "names no host that a phone could find"),
        ("http://<script>", "names no host that a phone could find"),
        ("http://a b.example", "names no host that a phone could find"),
        ("http://-a.example", "names no host that a phone could find"),
        ("http://b\u00fccher.example", "names no host that a phone could find"),
        ("http://0.0.0.0:8501", "names no host that a phone could find"),
        ("http://300.1.1.1", "names no host that a phone could find"),
        ("http://[fe80::1%25eth0]", "names no host that a phone could find"),
        ("http://a.example:0", "has no port that a server can have"),
        ("http://a.example:70000", "is no web address"),
        ("http://a.example:x", "is no web address"),
        ("http://[::1", "is no web address"),
        ("http://me:secret@a.example", "holds a name or a password"),
        ("http://a.example/?x=1", "holds more than a place"),
        ("http://a.example/#x", "holds more than a place"),
        ("http://a.example/a b", "has signs in its path that are not letters, digits or - . _ ~"),
        ("http://a.example//b", "has signs in its path that are not letters, digits or - . _ ~"),
        ("http://" + "a" * 300, "is longer than 200 characters"),
    ],
)
def test_anything_else_is_refused_in_one_sentence(written: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        checked_address(written)
    (fault,) = refused.value.faults
    assert fault.what.endswith(why)
    assert fault.remedy == "write it as http://192.168.1.5:8501"
