"""The replay of a petition's worst hour: as many signatures as there were, and a verdict that sees what is wrong."""

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.petition import curve, verdict
from benchmarks.petition.crowd import Reading, Signature
from benchmarks.petition.verdict import Stamp


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A counter that is read before, within and after the hour, twice as fast in its second half."""
    file = tmp_path / curve.FILE
    file.parent.mkdir()
    half = curve.BEGINS + timedelta(minutes=30)
    rows = [(curve.BEGINS, 100), (half, 1_100), (curve.BEGINS + timedelta(minutes=90), 5_100)]
    text = "petition,observed_at_utc,signatures\nother,2025-07-20 10:00:00,7\n"
    text += "".join(f"{curve.PETITION},{moment:%Y-%m-%d %H:%M:%S},{count}\n" for moment, count in rows)
    file.write_bytes(gzip.compress(text.encode()))
    return tmp_path


def test_the_hour_has_all_its_signatures_its_shape_and_its_worst_minute(data: Path) -> None:
    due = curve.arrivals(data, speed=20)
    assert (len(due), due == sorted(due), due[-1] < 180) == (curve.SIGNATURES, True, True)
    minutes = [sum(3 * minute <= moment < 3 * (minute + 1) for moment in due) for minute in range(60)]
    assert minutes[curve.PEAK] == curve.WORST_MINUTE
    assert sum(minutes[40:50]) == pytest.approx(2 * sum(minutes[10:20]), rel=0.01)
    assert due == curve.arrivals(data, speed=20), "the same every time"


def signature(done: float) -> Signature:
    return Signature(0.0, done, 0.1, 1, "recorded")


def test_a_number_is_as_far_behind_as_the_oldest_signature_that_it_does_not_show() -> None:
    signed = [signature(second) for second in (1.0, 2.0, 3.0)]
    page = b'<p class="count"><b class="num">1\xc2\xa0</b>'
    seen = [Reading(2.5, 0.1, 200, page), Reading(9.0, 0.1, 200, json.dumps({"supports": 3}).encode())]
    assert verdict.behind(signed, seen) == [0.5, 0.0]
    assert verdict.behind(signed, [Reading(9.0, 0.1, 503, b"<html>")]) == []


@pytest.mark.parametrize(
    ("stamp", "right"),
    [
        (Stamp("a", 1000, 1, 998, 1003), True),
        (Stamp("a", 1000, 1, 999, 1000), True),
        (Stamp("a", 1000, 2, 998, 1003), False),
        (Stamp("a", 1000, 1, 1003, 1010), False),
        (Stamp("a", 1000, 0, 998, 0), False),
    ],
)
def test_a_stage_is_right_when_it_is_stamped_once_by_the_deciding_signature(stamp: Stamp, *, right: bool) -> None:
    assert stamp.right is right
