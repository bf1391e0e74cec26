"""`make demo-sealed DATA=…` on a few published ballots: booth, API, trustees, three verifiers, a plain recount."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from decider_demo import orsay, sealed_districts, toulouse
from decider_demo.sealed_checks import PROGRAMS
from decider_demo.sealed_input import Input
from decider_demo.sealed_rehearsal import Rehearsal

from tests.whole.city import City
from tests.whole.conftest import Suite

pytestmark = pytest.mark.timeout(600)

DATA = Path(os.environ.get("DECIDER_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
NEEDED = (toulouse.FILE, orsay.FILE)
GRADES = ("coup-de-coeur", "jaime-bien", "pourquoi-pas", "pas-convaincu", "pas-convaincu", "pas-convaincu")
"""What this suite's territory has for the six of Orsay, best first."""


@pytest.fixture(scope="module")
def inputs() -> list[Input]:
    if missing := [name for name in NEEDED if not (DATA / name).is_file()]:
        pytest.skip(f"no {', no '.join(missing)} in {DATA}: set DECIDER_DATA to the folder of published data")
    station = orsay.read(DATA, 2, dict(zip((6, 5, 4, 3, 2, 1), GRADES, strict=True)))
    return [station, sealed_districts.read(DATA, 6)[0]]


def test_published_ballots_are_counted_as_recounted_and_a_second_time_nothing_is_done(
    suite: Suite, city: City, tmp_path: Path, inputs: list[Input]
) -> None:
    rehearsal = Rehearsal(city.counter, suite.site, tmp_path)
    first = rehearsal.hold(inputs)
    kept = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    second = rehearsal.hold(inputs)

    assert [one.problems for one in first] == [[], []]
    assert all(one.holds for one in first)
    assert [(one.counted, one.answers) for one in first] == [
        (len(inputs[0].casts), 12 * (len(set(GRADES)) + 1)),
        (len(inputs[1].casts), len(inputs[1].candidates)),
    ]
    assert all(one.verdicts[name].accepted for one in first for name in PROGRAMS if name != "belenios-tool")
    assert second == first
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == kept


def test_what_differs_from_the_recount_is_told(suite: Suite, city: City, tmp_path: Path, inputs: list[Input]) -> None:
    district = inputs[1]
    rehearsal = Rehearsal(city.counter, suite.site, tmp_path, suffix="autre")
    rehearsal.hold([district])
    (tmp_path / district.slug / "outcome.json").unlink()
    other = [replace(one, chosen={}) for one in district.casts]
    (outcome,) = rehearsal.hold([replace(district, casts=other)])
    assert (outcome.counted, outcome.problems) == (len(other), [])
    assert outcome.alike < outcome.answers
    assert not outcome.holds
