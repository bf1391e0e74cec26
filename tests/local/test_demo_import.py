"""What the demonstration makes of published data: imports that the contract accepts, and every bad row named."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from contracts.ideas import ImportComments, ImportDossier
from decider_demo import paris, republique
from decider_demo.__main__ import main
from decider_demo.source import Import, Refusal

from tests.local import published

ROOT = Path(__file__).resolve().parents[2]
Read = Callable[[Path], Iterator[Import | Refusal]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published.write(tmp_path_factory.mktemp("published"))


def taken(read: Read, data: Path) -> dict[str, Import]:
    """What can be imported, by the reference of its source."""
    return {one.body["reference"]: one for one in read(data) if isinstance(one, Import)}


def refused(read: Read, data: Path) -> list[str]:
    found = ((one,) if isinstance(one, Refusal) else one.refused for one in read(data))
    return sorted(str(refusal) for part in found for refusal in part)


def check(one: Import) -> None:
    """The service would take it."""
    ImportDossier.model_validate(one.body)
    if one.messages:
        ImportComments.model_validate({"idea_id": "6b1f9a52-6a5b-4f0e-9d4e-0c6f7f1f4a10", "comments": one.messages})


def states(one: Import) -> list[tuple[str, Any]]:
    return [(step["on"], step["state"]) for step in one.body["steps"]]


def test_every_bad_project_is_named_with_file_line_and_all_its_reasons(data: Path) -> None:
    found = refused(paris.imports, data)

    table, rows = "bp_projets_gagnants.csv.gz", "bp_paris_descriptions.jsonl.gz"
    starts = [
        f"{rows}:10: Invalid JSON",
        f"{rows}:2: titre: ",
        f"{rows}:3: budget: ",
        f"{rows}:7: thematique: there is no theme 'Divers'",
        f"{rows}:9: Invalid JSON",
        f"{table}:3: Date de début des études du projet: 2018-01 is before the edition",
        f"{table}:4: Date de début des études du projet: ",
        f"{table}:5: the row has 2 cells; 5 are expected",
        f"{table}:7: Identifiant du projet lauréat: ",
    ]
    assert [line[: len(start)] for line, start in zip(found, starts, strict=True)] == starts


def test_a_project_keeps_its_milestones_in_the_order_of_their_days_and_ends_as_published(data: Path) -> None:
    projects = taken(paris.imports, data)

    assert states(projects["1"]) == [
        ("2019-01-01", "accepted"),
        ("2019-05-01", "planned"),
        ("2020-01-01", "under_way"),
        ("2020-02-01", None),
        ("2021-09-01", "delivered"),
        ("2021-09-01", None),
    ]
    assert projects["1"].body["steps"][-1]["text"] == "Le préau est ouvert.\n\n(Publié sans date.)"
    assert states(projects["5"]) == [("2019-01-01", "accepted"), ("2020-04-01", "under_way")]
    assert states(projects["4"])[-1] == ("2019-01-01", "abandoned")


def test_long_news_are_kept_whole_in_several_steps(data: Path) -> None:
    steps = taken(paris.imports, data)["4"].body["steps"][1:]

    assert "".join(step["text"].removesuffix("\n\n(Publié sans date.)") for step in steps) == "a" + "b" * 6000


def test_postcodes_of_the_table_find_their_district_and_the_address_is_kept(data: Path) -> None:
    projects = taken(paris.imports, data)

    assert projects["5"].body["place"] == {"scope": "district", "district": "75016", "address": "3 rue des Tilleuls"}
    assert projects["4"].body["place"] == {"scope": "city", "address": "Paris Centre, 3 rue des Tilleuls"}
    assert projects["2"].body["place"]["scope"] == "city"


def test_an_opinion_comes_without_markup_with_its_votes_and_its_arguments(data: Path) -> None:
    opinion = taken(republique.imports, data)["7"]

    assert opinion.body["title"] == "Publier les budgets"
    assert opinion.body["text"] == "Tous les **budgets**, [en ligne](https://example.org)."
    assert (opinion.body["supports"], opinion.body["figures"]) == (12, {"mixed": 3, "against": 1})
    assert opinion.body["deposited_on"] == "2015-09-30"
    assert [(one["reference"], one["side"], one["useful"]) for one in opinion.messages] == [
        ("11", "pro", 3),
        ("12", "con", 0),
    ]


def test_what_moderation_removed_and_what_cannot_be_read_is_named(data: Path) -> None:
    file = "republique_numerique_2015_opinions.jsonl.gz"
    assert refused(republique.imports, data) == [
        f"{file}:2: opinion 8 was removed by moderation where it was published; 2 arguments with it",
        f"{file}:3: votes_ok: Input should be greater than or equal to 0",
        f"{file}:4: argument 13 was removed by moderation where it was published",
        f"{file}:4: argument 14 is empty",
        f"{file}:4: argument 2: side: Input should be 'pour' or 'contre'",
    ]


@pytest.mark.parametrize("read", [paris.imports, republique.imports])
def test_what_is_sent_is_of_the_contract(read: Read, data: Path) -> None:
    for one in taken(read, data).values():
        check(one)


@pytest.mark.parametrize(("read", "rows", "bad"), [(paris.imports, 549, 2), (republique.imports, 696, 4)])
def test_of_the_real_files_every_row_is_taken_or_named(read: Read, rows: int, bad: int) -> None:
    folder = Path(os.environ.get("DECIDER_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / paris.DESCRIPTIONS).exists():
        pytest.skip(f"needs the published data in {folder}: name its folder with DECIDER_DATA")

    found = list(read(folder))
    imports = [one for one in found if isinstance(one, Import)]

    assert (len(found), len(imports)) == (rows, rows - bad)
    for one in imports[::7]:
        check(one)


def test_a_folder_that_lacks_a_file_is_told_before_anything_begins(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "geo").symlink_to(data / "geo")
    monkeypatch.setattr("sys.argv", ["decider_demo", str(tmp_path)])

    code = main()

    assert code == 2
    told = capsys.readouterr().err
    assert "paris/bp_projets_gagnants.csv.gz" in told
    assert "geo/" not in told
