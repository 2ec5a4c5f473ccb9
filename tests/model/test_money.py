"""Money is known as people write it."""

from __future__ import annotations

import time

import pytest

from dashboard.model.money import is_money


@pytest.mark.parametrize(
    "unit",
    [
        "EUR m, 5 yr", "EUR thousand, 20 yr", "million EUR", "thousand euros", "k€", "Mio. €",
        "US$", "kr", "£m", "CHF", "$ per year", "€/household", "M€", "T€", "kEUR", "MUSD", "EURm",
        "EUR'000", "bn EUR", "Mrd. EUR", "million US dollars", "constant 2026 euros", "2020 USD",
        "Swedish kronor", "SEK million", "mkr", "pounds a year", "pounds sterling", "rupees, crore",
        "zł", "Ft", "Kč", "R$ million", "cents per kWh", "Cost (EUR m)", "million (EUR)",
        "million TRY", "TRY", "UAH", "USD/tCO2", "tens of euros",
    ],
)  # fmt: skip
def test_a_unit_of_money_is_known(unit: str) -> None:
    assert is_money(unit)


@pytest.mark.parametrize(
    "unit",
    [
        "level 0-10", "% of pool", "points", "share", "days", "m", "k", "Mio. t", "months",
        "jobs per million EUR", "kg per €", "tonnes/USD", "Euro 6 vehicles", "ALL users",
        "people at the TOP", "hours (at EUR 20)", "pounds of CO2", "games won", "real terms index",
        "European cities", "krill",
    ],
)  # fmt: skip
def test_what_is_no_money_is_not_taken_for_it(unit: str) -> None:
    assert not is_money(unit)


def test_a_giant_unit_is_looked_at_once() -> None:
    before = time.process_time()
    assert not any(map(is_money, ("m" * 200_000, "mm " * 60_000, "(" * 100_000, "k" * 200_000)))
    assert time.process_time() - before < 5
