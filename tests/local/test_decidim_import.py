"""What a move from Decidim makes of an export: dossiers, threads and supports, and every row that does not fit."""

import csv
import gzip
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from contracts.ideas import ImportComments, ImportDossier
from contracts.territory import load_territory
from decider_demo.source import Import
from decider_import import decidim, plan
from decider_import.decidim import Export

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("DECIDER_DATA", ROOT.parent / "shared" / "data"))
LILLE = ROOT / "deploy/local/decider_import/plans/granddebat-mel-2019.toml"

PLAN = """
source = "Decidim d’essai"
closed_on = 2020-06-30
theme = "democratie"
[themes]
"Espaces verts" = "nature"
[districts]
"Quartier est" = "75012"
[files]
proposals = ["proposals.csv"]
debates = ["debates.csv.gz"]
comments = ["comments.csv", "debate_comments.csv"]
"""
PROPOSALS = """\
id;category/id;category/name/en;category/name/fr;scope/name/fr;title/fr;body/fr;state;answer/fr;supports;comments;published_at
1;4;;Espaces verts;Quartier est;Planter la place;"<p>Des <strong>arbres</strong>,
et des bancs.</p>";accepted;<p>Oui, à l’automne.</p>;41;3;2020-03-01 10:00:00 UTC
2;5;;Stationnement;;Un parking à vélos;Devant la gare.;evaluating;;;0;2020-03-02 10:00:00 UTC
3;;;;;Une idée reprise;Son auteur y a renoncé.;withdrawn;;2;0;2020-03-03 10:00:00 UTC
4;;;;;;Sans titre.;;;0;0;2020-03-04 10:00:00 UTC
5;;;;;Une date impossible;Texte.;;;0;0;hier
6;;;;;Trop de soutiens;Texte.;;;-4;0;2020-03-06 10:00:00 UTC
7;;;;;Refusée là-bas;Texte.;rejected;Hors compétence.;7;0;2020-03-07 10:00:00 UTC
8;trois;cellules
"""
COMMENTS = """\
id;created_at;body;locale;author/id;author/name;alignment;depth;commentable_id;commentable_type;root_commentable_url
12;2020-03-05 09:00:00 UTC;Et l’arrosage ?;fr;3;Quelqu’un;0;1;11;Decidim::Comments::Comment;
11;2020-03-04 09:00:00 UTC;Très bien;fr;2;Une voisine;1;0;1;Decidim::Proposals::Proposal;
13;2020-03-06 09:00:00 UTC;L’eau de pluie;fr;2;Une voisine;0;2;12;Decidim::Comments::Comment;
14;2020-03-07 09:00:00 UTC;Réponse à personne;fr;2;Une voisine;0;1;99;Decidim::Comments::Comment;
15;2020-03-08 09:00:00 UTC;Au sujet de rien;fr;2;Une voisine;-1;0;3;Decidim::Proposals::Proposal;
16;2020-03-09 09:00:00 UTC;;fr;2;Une voisine;0;0;1;Decidim::Proposals::Proposal;
17;2020-03-10 09:00:00 UTC;Je me réponds;fr;2;Une voisine;0;1;17;Decidim::Comments::Comment;
18;2020-03-11 09:00:00 UTC;À côté;fr;2;Une voisine;0;0;8;Decidim::Meetings::Meeting;
"""
DEBATES = """\
id,theme,title,comments,created_at
9,Espaces verts,"Faut-il arroser,
la nuit ?",1,2020-03-01 10:00:00 +0100
"""
DEBATE_COMMENTS = """\
id,on,type,commentable_id,created_at,author,alignment,depth,body
11,debate,Debate,9,2020-03-12 09:00:00 +0100,u1,-1,0,"Non,
le jour."
"""


@pytest.fixture
def export(tmp_path: Path) -> Export:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "proposals.csv").write_text(PROPOSALS, encoding="utf-8")
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    (tmp_path / "debate_comments.csv").write_text(DEBATE_COMMENTS, encoding="utf-8")
    (tmp_path / "debates.csv.gz").write_bytes(gzip.compress(DEBATES.encode()))
    return decidim.read(tmp_path, plan.read(tmp_path / "plan.toml"))


def taken(export: Export) -> dict[str, Import]:
    return {one.body["reference"]: one for one in export.imports}


def check(one: Import) -> None:
    """The service would take it."""
    ImportDossier.model_validate(one.body)
    if one.messages:
        ImportComments.model_validate({"idea_id": uuid4(), "comments": one.messages})


def test_proposals_and_debates_become_dossiers_that_the_contract_accepts(export: Export) -> None:
    found = taken(export)
    for one in found.values():
        check(one)
    assert list(found) == ["proposal-1", "proposal-2", "proposal-7", "debate-9"]
    planted = found["proposal-1"].body
    assert (planted["theme"], planted["place"]) == ("nature", {"scope": "district", "district": "75012"})
    assert (planted["supports"], planted["deposited_on"]) == (41, "2020-03-01")
    assert planted["text"] == "Des **arbres**,\net des bancs."
    assert planted["steps"] == [{"on": "2020-06-30", "state": "accepted", "text": "Oui, à l’automne."}]
    assert [step["state"] for step in found["proposal-2"].body["steps"]] == [None, "expired"]
    assert [step["state"] for step in found["proposal-7"].body["steps"]] == ["declined"]
    assert found["debate-9"].body["title"] == "Faut-il arroser, la nuit ?"
    assert export.supports == 48


def test_answers_join_the_thread_they_belong_to_with_their_side(export: Export) -> None:
    found = taken(export)
    assert [(one["text"], one["side"], one.get("parent")) for one in found["proposal-1"].messages] == [
        ("Très bien", "pro", None),
        ("Et l’arrosage ?", "question", "comment-all-11"),
        ("L’eau de pluie", "question", "comment-all-11"),
    ]
    assert [(one["text"], one["side"]) for one in found["debate-9"].messages] == [("Non,\nle jour.", "con")]
    assert export.messages == 4


def test_every_row_that_does_not_fit_is_named_with_file_line_and_reason(export: Export) -> None:
    starts = [
        "comments.csv:5: message 14: it answers message 99, which the export does not hold",
        "comments.csv:6: message 15: it is about proposal 3, which was not taken over",
        "comments.csv:7: body: String should have at least 1 character",
        "comments.csv:8: message 17: it answers itself",
        "comments.csv:9: commentable_type: Input should be",
        "proposals.csv:10: the row has 3 cells; 12 are expected",
        "proposals.csv:5: proposal 3: its author had withdrawn it",
        "proposals.csv:6: title: Field required",
        "proposals.csv:7: published_at: Input should be a valid datetime",
        "proposals.csv:8: supports: Input should be greater than or equal to 0",
    ]
    found = sorted(map(str, export.refused))
    assert [line[: len(start)] for line, start in zip(found, starts, strict=True)] == starts
    assert sorted(map(str, export.changed)) == [
        "comments.csv:4: message 13: answers an answer; it joins the thread",
        "proposals.csv:4: proposal-2: the plan has no theme for 'Stationnement': democratie",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source = 'x'", "closed_on: Field required; theme: Field required; files: Field required"),
        ("source = ", "plan.toml"),
        ("", "files: Field required"),
    ],
)
def test_a_plan_that_cannot_be_used_is_told_whole(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "plan.toml").write_text(text)
    with pytest.raises(plan.PlanError, match=said):
        plan.read(tmp_path / "plan.toml")


def test_the_command_names_what_is_missing_and_sends_nothing(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    command = [sys.executable, "-m", "decider_import", str(tmp_path / "plan.toml"), str(tmp_path), "--check"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 2
    assert "There is no proposals.csv, no debates.csv.gz, no comments.csv, no debate_comments.csv" in done.stderr


def test_the_real_export_of_lille_is_taken_whole_or_named() -> None:
    folder = DATA / "consultations"
    wanted = plan.read(LILLE)
    files = (*wanted.files.proposals, *wanted.files.debates, *wanted.files.comments)
    if not all((folder / name).is_file() for name in files):
        pytest.skip(f"needs the export of Lille in {folder}: name the folder of the data with DECIDER_DATA")
    export = decidim.read(folder, wanted)
    for one in export.imports:
        check(one)
    assert (len(export.imports), export.supports, export.messages) == (225, 498, 715)
    lost = [one for one in export.refused if "message " in one.reason]
    assert len(lost) == 22, "all 737 messages are taken or named"
    assert sum("announces" in one.reason for one in export.refused) == len(export.refused) - 22
    assert len(export.changed) == 29
    themes = {theme.code for theme in load_territory(ROOT / "territories" / "paris").themes}
    assert {one.body["theme"] for one in export.imports} <= themes
    with gzip.open(folder / wanted.files.comments[0], "rt", encoding="utf-8") as text:
        assert sum(1 for _ in csv.reader(text)) - 1 == export.messages + len(lost)
