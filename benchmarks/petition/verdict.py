"""What the replay showed: where each stage was stamped, how far the counter was behind, how fast pages came."""

import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

import psycopg

from benchmarks.petition.crowd import Reading, Signature

COUNT = re.compile(rb'<p class="count"><b class="num">([^<]+)</b>')


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stage: the count before and after the transaction that stamped it, and how often it was stamped."""

    code: str
    threshold: int
    times: int
    before: int
    after: int

    @property
    def right(self) -> bool:
        """Stamped once, by the transaction that counted the deciding signature."""
        return self.times == 1 and self.before < self.threshold <= self.after


def stamps(database: str, number: str, thresholds: dict[str, int]) -> list[Stamp]:
    """The stages of a dossier, as its event log tells them."""
    query = "SELECT payload FROM event_log WHERE topic = %s AND subject = %s ORDER BY position"
    with psycopg.connect(database) as connection:
        counted = [row[0] for row in connection.execute(query, ("idea_supported.v1", number))]
        reached = [row[0] for row in connection.execute(query, ("stage_reached.v1", number))]
    found = []
    for code, threshold in thresholds.items():
        told = [one for one in reached if one["stage"] == code]
        crossing = [one for one in counted if one["supports"] - one["change"] < threshold <= one["supports"]]
        if told or crossing:
            after = told[0]["supports"] if told else 0
            before = next((one["supports"] - one["change"] for one in counted if one["supports"] == after), after)
            found.append(Stamp(code, threshold, len(told), before, after))
    return found


def behind(signatures: Sequence[Signature], readings: Sequence[Reading]) -> list[float]:
    """For each reading, since how many seconds the first signature that it does not show had been confirmed."""
    confirmed = sorted(one.done for one in signatures if one.outcome == "recorded")
    found = []
    for reading in readings:
        shown = shown_count(reading.body)
        if shown is None:
            continue
        known = bisect_right(confirmed, reading.at)
        found.append(reading.at - confirmed[shown] if shown < known else 0.0)
    return found


def shown_count(body: bytes) -> int | None:
    """The number of supports that a page or an answer of the API shows."""
    page = COUNT.search(body)
    if page:
        return int(re.sub(r"\D", "", page[1].decode()) or 0)
    try:
        return int(json.loads(body)["supports"])
    except (ValueError, KeyError, TypeError):
        return None


def percentile(values: Sequence[float], share: int) -> float:
    """The value below which so many percent lie."""
    return quantiles(values, n=100)[share - 1] if len(values) > 1 else sum(values)
