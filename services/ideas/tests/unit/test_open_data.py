"""Open data: every row that it should hold and none that it should not, in the documented columns, safe to open."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from chassis.database import Database
from chassis.testing.databases import TestDatabases
from contracts import ideas as c
from contracts.ideas.open_data import DATA_SETS, DataSet
from ideas.formats import csv_lines, json_lines
from ideas.use_cases import admitting, debating, discussing, examining, grouping, moderating, publishing, writing

from services.ideas.tests.conftest import TEXT, City, Clock, agent, citizen
from services.ideas.tests.samples_of_files import attachment
from services.ideas.tests.unit.test_campaigns import published as campaign
from services.ideas.tests.unit.test_paper import confirm, enter, withdraw
from services.ideas.tests.unit.test_supports import read

FORMULA = "=HYPERLINK(“http://exemple.fr”) et des arbres"
VOIRIE = agent("examiner", "voirie")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def database(fresh_database: TestDatabases) -> Iterator[Database]:
    """One of its own: the files hold every dossier there is."""
    opened = Database(fresh_database("ideas"), size=4)
    yield opened
    opened.close()


def file(city: City, name: str) -> str:
    listed = {one.name: one for one in publishing.list_data_files(city.uow).items}[name]
    parts = (c.ReadDataPart(version=listed.version, part=part + 1) for part in range(listed.parts))
    text = "".join(publishing.read_data_part(city.uow, one).text for one in parts)
    assert listed.size == len(text.encode())
    return text


def rows(city: City, name: str) -> list[Row]:
    found: list[Row] = json.loads(file(city, f"{name}.json"))
    return found


def _accepted(city: City, clock: Clock, one: c.DossierView) -> None:
    city.crowd(one.id, 5)
    boss = agent("administrator")
    examining.assign_examination(city.uow, boss, c.AssignExamination(idea_id=one.id, service="voirie"))
    promise = {"commitment_id": one.id, "text": "Faire relever la température du sol.", "due_on": date(2026, 12, 1)}
    answer = {"idea_id": one.id, "outcome": "accepted", "text": "Nous le ferons l’an prochain.", "cost": 120_000}
    answer |= {"commitments": [promise]}
    examining.publish_answer(city.uow, VOIRIE, c.PublishAnswer.model_validate(answer))
    clock.forward(days=1)
    planned = {"idea_id": one.id, "state": "planned", "on": date(2027, 3, 1), "text": "Le chantier est prévu en mars."}
    examining.record_progress(city.uow, VOIRIE, c.RecordProgress.model_validate(planned))


@pytest.fixture
def published(city: City, clock: Clock) -> City:
    author = citizen()
    accepted = city.opened(author, title=FORMULA)
    _accepted(city, clock, accepted)
    note = c.AddAddendum(idea_id=accepted.id, addendum_id=accepted.id, text="@SUM(A1) est une formule, pas une note.")
    writing.add_addendum(city.uow, author, note)
    refused = city.submitted(title="Un texte qui vise quelqu’un, refusé")
    refusal = c.RefuseIdea(idea_id=refused.id, reason="targets-a-person", text="Ce texte vise une personne.")
    moderating.refuse_idea(city.uow, city.moderator, refusal)
    city.submitted(title="Personne n’a encore lu ceci ici")
    message = c.PostComment(idea_id=accepted.id, comment_id=refused.id, side=c.Side.PRO, text="Un mot de trop, ici.")
    discussing.post_comment(city.uow, citizen(), message)
    hiding = {"comment_id": refused.id, "decision": "hide", "reason": "off-topic", "text": "Hors sujet."}
    discussing.decide_comment(city.uow, city.moderator, c.DecideComment.model_validate(hiding))
    with city.uow() as tx:
        tx.attachments.add(attachment(accepted.id))
        tx.attachments.add(attachment(accepted.id, hidden="unlawful"))
        tx.attachments.add(attachment(refused.id))
    _debated(city)
    _grouped(city, author)
    clock.forward(days=1)
    publishing.make_files(city.uow)
    return city


def _grouped(city: City, author: Caller) -> None:
    open_now = {"deposit": ("2026-08-20", "2026-10-10")}
    campaign(city, days=open_now)
    one = city.opened(author, kind="budget_idea", title="Planter une rue-jardin, pour le budget")
    manager = agent("campaign_manager")
    admitted = c.DecideAdmissibility(idea_ids=(one.id,), decision="admit")
    admitting.decide_admissibility(city.uow, manager, admitted)
    words = {"title": "Une rue-jardin autour de l’hôpital", "description": "Des arbres et des bancs, rue Crozatier."}
    project = {"idea_id": one.id, "ideas": [one.id], "place": "75012", **words}
    grouping.save_project(city.uow, manager, c.SaveProject.model_validate(project))


def _debated(city: City) -> None:
    streets = agent("examiner", "voirie")
    request = {
        "idea_id": uuid4(),
        "title": "Quelle place pour la voiture ?",
        "text": TEXT,
        "theme": "mobilites",
        "place": {"scope": "city"},
        "opens_on": date(2026, 9, 2),
        "closes_on": date(2026, 9, 21),
        "service": "voirie",
    }
    one = debating.open_debate(city.uow, city.territory, streets, c.OpenDebate.model_validate(request))
    said = c.PostComment(idea_id=one.dossier.id, comment_id=one.dossier.id, side=c.Side.PRO, text="Moins de place.")
    discussing.post_comment(city.uow, streets, said)
    heard = c.ConcludeDebate(idea_id=one.dossier.id, service="voirie", text="Vous voulez moins de voitures.")
    debating.conclude_debate(city.uow, streets, heard)


@pytest.mark.parametrize("data_set", DATA_SETS, ids=lambda one: one.name)
def test_both_forms_hold_the_documented_columns_and_the_same_rows(published: City, data_set: DataSet) -> None:
    names = [column.name for column in data_set.columns]
    table = list(csv.reader(io.StringIO(file(published, f"{data_set.name}.csv"))))
    objects = rows(published, data_set.name)
    assert table[0] == names
    assert len(table) - 1 == len(objects) > 0
    assert all(list(one) == names for one in objects)
    listed = {one.name: one.rows for one in publishing.list_data_files(published.uow).items}
    assert listed[f"{data_set.name}.csv"] == listed[f"{data_set.name}.json"] == len(objects)


def test_dossiers(published: City) -> None:
    accepted, refused, debate, _grouped_idea = rows(published, "dossiers")
    assert (debate["kind"], debate["state"], debate["supports"]) == ("debate", "concluded", 0)
    assert (accepted["title"], accepted["text"]) == (FORMULA, TEXT.strip())
    assert (accepted["state"], accepted["supports"], accepted["service"], accepted["cost"]) == (
        "planned",
        5,
        "voirie",
        120_000,
    )
    assert (accepted["deposited_on"], accepted["district"], accepted["threshold"]) == ("2026-09-01", "75012", 5)
    assert (refused["state"], refused["reason"]) == ("refused", "targets-a-person")
    assert (refused["title"], refused["text"], refused["address"]) == (None, None, None)


def test_supports_are_counted_per_day_of_the_territory(published: City) -> None:
    assert [tuple(one.values())[1:] for one in rows(published, "supports")] == [("2026-09-01", 5, 0)]


def test_signatures_on_paper_are_told_apart_if_they_count(published: City, clock: Clock) -> None:
    one = published.opened()
    published.crowd(one.id, 1)
    taken_back, _ = (confirm(published, enter(published, one.id, n, collected_on=date(2026, 8, 30))) for n in (1, 2))
    withdraw(published, taken_back)
    enter(published, one.id, 500)
    clock.forward(days=1)
    publishing.make_files(published.uow)

    found = [tuple(row.values())[1:] for row in rows(published, "supports") if row["number"] == one.number]

    assert found == [("2026-08-30", 0, 2), ("2026-09-03", 1, 0)]
    assert sum(map(sum, (row[1:] for row in found))) == read(published, one.id).supports


def test_moderation_is_counted_per_month_and_reason(published: City) -> None:
    assert [tuple(one.values()) for one in rows(published, "moderation")] == [
        ("2026-09-01", "off-topic", 0, 0, 1),
        ("2026-09-01", "targets-a-person", 1, 0, 0),
    ]


def test_commitments_say_what_was_promised(published: City) -> None:
    (one,) = rows(published, "commitments")
    assert (one["text"], one["service"]) == ("Faire relever la température du sol.", "voirie")
    assert (one["made_on"], one["due_on"], one["state"]) == ("2026-09-01", "2026-12-01", "open")


def test_outcomes_say_what_became_of_accepted_dossiers(published: City) -> None:
    (one,) = rows(published, "outcomes")
    assert (one["accepted_on"], one["planned_for"], one["delivered_on"]) == ("2026-09-01", "2027-03-01", None)
    assert one["last_word"] == "Le chantier est prévu en mars."


def test_debates_say_when_who_opened_them_and_what_was_heard(published: City) -> None:
    (one,) = rows(published, "debates")
    assert (one["opened_by"], one["opens_on"], one["closes_on"]) == ("voirie", "2026-09-02", "2026-09-21")
    assert (one["messages"], one["messages_for"], one["questions"]) == (1, 1, 0)
    assert (one["synthesis_on"], one["synthesis"]) == ("2026-09-02", "Vous voulez moins de voitures.")


def test_steps_are_those_of_the_records(published: City) -> None:
    steps = rows(published, "steps")
    assert [(one["kind"], one["stage"]) for one in steps if one["stage"]] == [
        ("stage_reached", "read"),
        ("stage_reached", "opinion"),
        ("stage_reached", "examination"),
    ]
    assert {one["number"] for one in steps} == {one["number"] for one in rows(published, "dossiers")}


def test_nothing_leads_to_a_person_and_nothing_unread_is_published(published: City) -> None:
    everything = "".join(file(published, one.name) for one in publishing.list_data_files(published.uow).items)
    with published.uow() as tx:
        accounts = list(
            tx.connection.scalars(sa.text("SELECT account FROM supports UNION SELECT author FROM dossiers"))
        )
    assert len(accounts) == 9
    assert not [one for one in accounts if str(one) in everything or one.hex in everything]
    assert "encore lu ceci" not in everything
    assert "vise quelqu’un" not in everything
    assert "Un mot de trop" not in everything


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_a_formula(text: str) -> None:
    (line,) = list(csv_lines(["a", "b"], [(text, 1)]))[1:]
    assert next(csv.reader(io.StringIO(line, newline=""))) == [f"'{text}", "1"]


def test_texts_come_back_as_they_were() -> None:
    text = 'Une « rue », "entre guillemets",\nsur deux lignes ; et 🚲'
    lines = "".join(csv_lines(["a", "b", "c"], [(text, None, -1.5)]))
    assert list(csv.reader(io.StringIO(lines, newline="")))[1] == [text, "", "-1.5"]
    assert json.loads("".join(json_lines(["a", "b"], [(text, None), ("", 2)]))) == [
        {"a": text, "b": None},
        {"a": "", "b": 2},
    ]
    assert json.loads("".join(json_lines(["a"], []))) == []


def test_only_files_that_are_shown_are_named(published: City) -> None:
    found = rows(published, "attachments")
    assert [(one["number"], one["digest"]) for one in found] == [(rows(published, "dossiers")[0]["number"], "a" * 64)]
