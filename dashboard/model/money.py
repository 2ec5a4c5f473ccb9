"""Units that are money, as people write them: "EUR m, 5 yr", "million euros", "k€", "Mio. €".

Codes are those of ISO 4217 (list one, currencies in use); names and signs are those in common use
for them. A currency that something is counted per ("jobs per million EUR") is no unit of money.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

_CODES: Final = (
    "AED|AFN|AMD|AOA|ARS|AUD|AWG|AZN|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BRL|BSD|BTN|BWP|BYN|BZD|"
    "CAD|CDF|CHF|CLP|CNY|COP|CRC|CVE|CZK|DJF|DKK|DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GHS|GIP|"
    "GMD|GNF|GTQ|GYD|HKD|HNL|HTG|HUF|IDR|ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|"
    "KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|LYD|MDL|MGA|MKD|MMK|MNT|MRU|MUR|MVR|MWK|MXN|MYR|MZN|"
    "NAD|NGN|NIO|NOK|NPR|NZD|OMR|PAB|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|"
    "SEK|SGD|SHP|SLE|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TTD|TWD|TZS|UAH|UGX|USD|UYU|UZS|"
    "VES|VND|VUV|WST|XAF|XCD|XOF|XPF|YER|ZAR|ZMW"
)
_WORDS_TOO: Final = "ALL|BAM|CUP|GEL|MAD|MOP|PEN|SOS|TOP|TRY"
"""Codes that are words in capitals as well: money only alone, or beside a magnitude."""

_ABBREVIATIONS: Final = r"(?:[kmt]|md)?kr|Kč|Kc|zł|Ft|lei|Fr|SFr|Rs|RMB|pence|cents?"
_NAMES: Final = (
    "euros?|dollars?|pounds? sterling|pounds?|francs?|kron(?:a|or|e|er|ur)|crowns?|koruna|forints?|"
    "zlot(?:y|ys|ych)|lev(?:a|s)?|leu|dinars?|roubles?|rubles?|hryvn(?:i)?as?|yen|yuan|renminbi|"
    "rupees?|rupiahs?|taka|rand|reais|pesos?|dirhams?|ri[iy]als?|shekels?|liras?|baht|ringgit|dong|"
    "naira|cedis?|(?:[a-z]+ )?shillings?|birr|kwacha|lari|tenge|manat|soms?"
)
_MAGNITUDE: Final = (
    r"(?:k|m|mn|mm|mln|mio|mia|mrd|md|bn|bln|tn|t|thsd|tsd|'?000s?|hundreds?|thousands?|millions?|"
    r"billions?|trillions?|tausend|millionen|milliarden|lakhs?|crores?)\.?"
)
_ANYWHERE: Final = (
    # "EUR", "kEUR", "MUSD", "EURm", "EUR'000"
    re.compile(rf"(?<![A-Za-z])(?:k|K|m|M|T|bn)?(?:{_CODES})(?:k|m|mn|bn|M)?(?![A-Za-z])"),
    re.compile(rf"(?<![A-Za-zÀ-ž])(?:{_ABBREVIATIONS})(?![A-Za-zÀ-ž])"),
    re.compile(
        # Not the vehicles of a standard, nor pounds of weight.
        rf"(?<![a-z])(?:{_NAMES})(?!-?[a-z])(?! (?:ncap|of)\b| ?[1-7]\b(?!,))",
        re.IGNORECASE,
    ),
)
_ALONE: Final = re.compile(rf"(?:{_MAGNITUDE} )?(?:{_WORDS_TOO})(?=$|,| {_MAGNITUDE}(?![a-z]))")
_PER: Final = re.compile(r"(?:\bper\b|/|\bfor each\b|\beach\b)\s*", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")
_NOTHING_ELSE: Final = re.compile(
    rf"{_MAGNITUDE}|costs?|prices?|budgets?|expenditure|spending|in|of|[0-9.,]+", re.IGNORECASE
)


_LONGEST: Final = 200
"""Letters of a unit that are looked at: no unit is longer, and patterns take longer on each."""


def is_money(unit: str) -> bool:
    """Whether performances in this unit are sums of money, by the first words of it."""
    unit = unit[:_LONGEST]
    outside = _BRACKETS.sub(" ", unit).strip()
    if _names_money(_counted(outside)):
        return True
    # "Cost (EUR m)" is money; "hours (at EUR 20)" is not.
    return all(_NOTHING_ELSE.fullmatch(word) for word in outside.split()) and any(
        _names_money(_counted(inner)) for inner in _BRACKETS.findall(unit)
    )


def _counted(unit: str) -> str:
    """What is counted, without what it is counted per."""
    return _PER.split(unit, maxsplit=1)[0].strip()


def _names_money(text: str) -> bool:
    if any(category(sign) == "Sc" for sign in text):
        return True
    return bool(_ALONE.match(text)) or any(p.search(text) for p in _ANYWHERE)
