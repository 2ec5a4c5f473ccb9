"""A crowd of phones against a server: each joins, votes, looks now and then, and votes again.

Used by the gate with a few dozen people and by the benchmark with a thousand.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

import httpx2

from tests.workshop.phones import ballot_form, forms_of

LOOKS_EVERY = 5.0
"""Seconds between a phone's looks at how the workshop stands, as its script does it."""


@dataclass
class Crowd:
    """People, and what became of what they sent. Times are seconds.

    ``over`` : everybody arrives and votes at moments spread over the first half of this time, and
    votes again at moments spread over the second half.
    """

    url: str
    code: str
    people: int
    over: float
    seed: int = 0
    posts: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)
    """When the first vote of each was confirmed, in seconds since 1970."""
    faults: list[str] = field(default_factory=list)

    def run(self) -> float:
        """Let everybody come; give the seconds from the first to the last answer."""
        began = time.perf_counter()
        asyncio.run(self._all())
        return time.perf_counter() - began

    async def _all(self) -> None:
        # As browsers do, an idle connection is left before the server closes it.
        limits = httpx2.Limits(
            max_connections=None, max_keepalive_connections=None, keepalive_expiry=3.0
        )
        async with httpx2.AsyncHTTPTransport(verify=False, limits=limits) as transport:
            await asyncio.gather(*(self._person(transport, n) for n in range(self.people)))

    async def _person(self, transport: httpx2.AsyncHTTPTransport, number: int) -> None:
        chance = random.Random(self.seed * 1_000_003 + number)
        # A client of one's own keeps one's own cookies; the connections are everybody's.
        client = httpx2.AsyncClient(
            base_url=self.url, timeout=60.0, trust_env=False, transport=transport
        )
        phone = _Phone(self, client)
        half = self.over / 2
        try:
            arrives, again = chance.uniform(0, half * 0.8), chance.uniform(half, self.over * 0.95)
            began = time.perf_counter()
            await asyncio.sleep(arrives)
            page = await phone.page(f"/w/{self.code}")
            form = next(form for form in forms_of(page) if not form.numbers)
            await phone.post(form.action, form.filled(chance))
            for turn, moment in enumerate((chance.uniform(arrives, half), again)):
                await phone.look_until(f"/w/{self.code}/state", began + moment)
                form = ballot_form(await phone.page(f"/w/{self.code}/weigh"))
                await phone.post(form.action, form.filled(chance))
                if turn == 0:
                    self.confirmed.append(phone.answered)
        except (httpx2.HTTPError, AssertionError, StopIteration) as error:
            self.faults.append(f"person {number}: {type(error).__name__}: {str(error)[:300]}")


class _Phone:
    """What one person asks for, and how long each of it took."""

    def __init__(self, crowd: Crowd, client: httpx2.AsyncClient) -> None:
        self._crowd, self._client = crowd, client
        self.answered = 0.0
        """When the last form was answered, in seconds since 1970."""

    async def page(self, path: str) -> str:
        answer, seconds = await self._ask("GET", path)
        self._crowd.pages.append(seconds)
        return answer.raise_for_status().text

    async def post(self, path: str, fields: dict[str, str]) -> None:
        """Send a form, and look at the page that it leads to."""
        answer, seconds = await self._ask("POST", path, fields)
        self.answered = time.time()
        self._crowd.posts.append(seconds)
        if answer.status_code != 303:
            raise AssertionError(f"{answer.status_code} for {path}: {answer.text[:200]}")
        await self.page(answer.headers["location"])

    async def look_until(self, path: str, moment: float) -> None:
        while (left := moment - time.perf_counter()) > 0:
            await asyncio.sleep(min(left, LOOKS_EVERY))
            if left > LOOKS_EVERY:
                answer, seconds = await self._ask("GET", path)
                self._crowd.looks.append(seconds)
                answer.raise_for_status()

    async def _ask(
        self, method: str, path: str, fields: dict[str, str] | None = None
    ) -> tuple[httpx2.Response, float]:
        began = time.perf_counter()
        answer = await self._client.request(method, path, data=fields)
        return answer, time.perf_counter() - began
