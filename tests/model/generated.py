"""Questions made by hypothesis, as plain data and as YAML."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st


class Quoting(yaml.SafeDumper):
    """Writes every text in quotes, so that it is read as the text that it is."""


Quoting.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)


def dumped(data: Any, **options: Any) -> str:
    return str(yaml.dump(data, Dumper=Quoting, **options))


_LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs"))
_NOISE = st.text(_LETTERS | st.just(" "), max_size=30)
TEXTS = st.builds(lambda inner, end: f"{inner}{end}".strip(), _NOISE, _LETTERS) | st.sampled_from(
    ["NO", "on", "012", "1e-3", ".nan", "null", "~", "2026-01-31", "*x", "- a", "a: b", "a #b", "{"]
)
IDS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6).map(lambda x: round(x, 3))
BANDS = st.sampled_from(["percentiles", "limits"]) | st.tuples(
    st.integers(1, 49), st.integers(51, 99)
).map(list)
PERCENT = st.integers(1, 50) | st.floats(0.01, 50).map(lambda x: round(x, 2))


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """The data of each file of a question, by name."""
    *ids, branch = draw(st.lists(IDS, min_size=2, max_size=5, unique=True))
    anchors = st.tuples(NUMBERS, NUMBERS).filter(lambda pair: float(pair[0]) != float(pair[1]))
    criteria = [_criterion(draw, identifier, draw(anchors)) for identifier in ids]
    options = draw(st.lists(IDS, min_size=1, max_size=3, unique=True))
    # These would be the names of the files that hold something else.
    options = [f"x-{identifier}" for identifier in options]
    files: dict[str, Any] = {
        "seeds/question.yaml": {
            **{k: draw(TEXTS) for k in ("title", "decision", "disclaimer")},
            **draw(st.fixed_dictionaries({}, optional={"bands": BANDS, "assumed_band": PERCENT})),
        },
        "criteria/value-tree.yaml": {
            "branches": [{"id": branch, "name": draw(TEXTS), "criteria": criteria}],
            **_shared_errors(draw, ids, options),
        },
        "criteria/perspectives.yaml": {"perspectives": [_perspective(draw, ids)]},
    }
    for identifier in options:
        files[f"proposals/{identifier}.yaml"] = {
            "id": identifier,
            "name": draw(TEXTS),
            "summary": draw(TEXTS),
            "scores": {criterion: _score(draw) for criterion in ids},
        }
    return files


def _criterion(draw: st.DrawFn, identifier: str, anchors: tuple[float, float]) -> dict[str, Any]:
    worst, best = anchors
    texts = {key: draw(TEXTS) for key in ("name", "definition", "unit")}
    bounds = {"lower_bound": st.just(-(10**9)), "upper_bound": st.just(1e9)}
    bounded = draw(st.fixed_dictionaries({}, optional=bounds))
    return {"id": identifier, **texts, "worst": worst, "best": best, **bounded}


def _shared_errors(draw: st.DrawFn, ids: list[str], options: list[str]) -> dict[str, Any]:
    """Nothing, or one entry that is about all options or about several of them."""
    if not draw(st.booleans()):
        return {}
    named = st.lists(st.sampled_from(options), min_size=2, max_size=3, unique=True)
    entry = {
        "criteria": draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True)),
        "why": draw(TEXTS),
    }
    if len(options) > 1 and draw(st.booleans()):
        entry["proposals"] = draw(named)
    return {"shared_errors": [entry]}


def _band(draw: st.DrawFn) -> dict[str, Any]:
    low, likely, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    bands = draw(st.fixed_dictionaries({}, optional={"bands": BANDS}))
    return {"low": low, "likely": likely, "high": high, **bands}


def _moments(draw: st.DrawFn) -> dict[str, Any]:
    """A mean and a standard deviation, up to twenty times the mean where it has to be above 0."""
    family = draw(st.sampled_from([None, "normal", "log-normal"]))
    if family == "log-normal":
        mean = draw(st.integers(1, 10**6))
        return {"mean": mean, "sd": draw(st.integers(0, 20 * mean)), "distribution": family}
    stated = {} if family is None else {"distribution": family}
    return {"mean": draw(NUMBERS), "sd": draw(st.integers(0, 10**6)), **stated}


def _score(draw: st.DrawFn) -> dict[str, Any]:
    numbers = _moments(draw) if draw(st.integers(0, 3)) == 0 else _band(draw)
    return {
        **numbers,
        "class": ["judgement"],
        "confidence": draw(st.sampled_from(["low", "moderate", "high"])),
        "evidence": ["own-judgement"],
        "rationale": draw(TEXTS),
    }


def _perspective(draw: st.DrawFn, ids: list[str]) -> dict[str, Any]:
    points = {criterion: draw(st.integers(0, 100)) for criterion in ids}
    points[ids[0]] += 1
    return {"id": "only", "name": draw(TEXTS), "points": points, "justification": draw(TEXTS)}
