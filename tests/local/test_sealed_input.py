"""Published ballots, parted into sealed votes, keep every choice; ballots that are not of their form are named."""

import os
from collections import Counter
from pathlib import Path

import pytest
from decider_demo import orsay, sealed_districts, toulouse
from decider_demo.sealed_input import Cast, Input
from decider_demo.sealed_load import Journal
from decider_demo.sealed_rehearsal import part
from voting.pabulib import opened

from tests.local import published

DATA = Path(os.environ.get("DECIDER_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
STATION = "{},Une candidate,Un candidat\n7,6,0\n8,1,5\n"


def data_with(name: str) -> Path:
    if not (DATA / name).is_file():
        pytest.skip(f"no {name} in {DATA}: set DECIDER_DATA to the folder of published data")
    return DATA


def station(folder: Path, text: str) -> Path:
    path = folder / orsay.FILE
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_the_districts_together_have_the_published_votes_of_every_project() -> None:
    data = data_with(toulouse.FILE)
    counted: Counter[str] = Counter()
    for district in sealed_districts.read(data):
        ids = [str(one["id"]) for one in district.candidates]
        (votes,) = district.recount([{"candidate_id": None, "answers": ids}])
        counted.update(dict(zip(ids, votes, strict=True)))
        assert max(len(one.chosen) for one in district.casts) <= district.method["max_choices"]
    with opened(data / toulouse.FILE) as reader:
        assert counted == toulouse.published(reader)


def test_a_bad_ballot_stops_the_vote_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"pb\.gz:\d+: the ballot names an unknown project"):
        sealed_districts.read(published.write(tmp_path))


def test_grades_and_opinions_that_were_not_given(tmp_path: Path) -> None:
    read = orsay.read(station(tmp_path, STATION))
    assert read.casts == [
        Cast("orsay-7", {"candidat-1": "tres-bien"}),
        Cast("orsay-8", {"candidat-1": "a-rejeter", "candidat-2": "bien"}),
    ]
    asked = [{"candidate_id": one["id"], "answers": ["tres-bien", "bien", "a-rejeter", ""]} for one in read.candidates]
    assert read.recount(asked) == [[1, 0, 1, 0], [0, 1, 0, 1]]


@pytest.mark.parametrize("row", ["9,7,1", "9,1", "9,bien,1"])
def test_a_row_without_its_grades_is_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(ValueError, match=r"orsay2007_bureau_01\.csv:4: "):
        orsay.read(station(tmp_path, f"{STATION}{row}\n"))


def test_the_station_is_whole() -> None:
    read: Input = orsay.read(data_with(orsay.FILE))
    assert (len(read.casts), len(read.candidates)) == (559, 12)


def test_a_journal_goes_on_after_a_run_that_was_stopped_in_a_line(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "ballots.jsonl")
    journal.note("ada", {"pending": {"credential": "a"}})
    journal.note("ada", {"tracker": "t", "receipt": {}, "seconds": 1, "sealing": 1})
    journal.note("emmy", {"pending": {"credential": "e"}})
    journal.note("grace", {"denied": "token-given"})
    with journal.path.open("a") as file:
        file.write('{"voter":"emmy","trac')

    again = Journal(journal.path)
    assert set(again.receipts) == {"ada"}
    assert again.pending == {"emmy": {"credential": "e"}}
    assert again.refused == {"grace": "token-given"}

    again.note("emmy", {"tracker": "u", "receipt": {}, "seconds": 1, "sealing": 1})
    assert set(Journal(journal.path).receipts) == {"ada", "emmy"}


def test_how_many_ballots() -> None:
    assert (part(""), part("100")) == (None, 100)
    for size in ("0", "-1", "ten", "1.5", " "):
        with pytest.raises(ValueError, match="BALLOTS: a number from 1 on is expected"):
            part(size)
