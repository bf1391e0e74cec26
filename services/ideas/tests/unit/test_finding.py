"""Finding dossiers on PostgreSQL: French, typing errors, filters, orders, pages, counts, what is alike; imports."""

import base64
import json
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from contracts import ideas as c
from contracts.errors import Fault
from ideas.repository import UnitOfWork
from ideas.tables import dossiers
from ideas.use_cases import erasure, examining, importing, moderating, reading, writing

from services.ideas.tests.conftest import ANYBODY, TEXT, City, Clock, agent, citizen, deposit

ADMINISTRATOR = agent("administrator")


def past(city: City, **changes: Any) -> c.DossierImported:
    content: dict[str, Any] = {
        "source": "Ancien site",
        "reference": "1",
        "title": "Végétaliser la cour de l’école de la rue de Picpus",
        "text": "Une cour ombragée pour les enfants.",
        "theme": "ecoles",
        "place": {"scope": "district", "district": "75012"},
        "deposited_on": "2019-03-01",
    }
    request = c.ImportDossier.model_validate(content | changes)
    return importing.import_dossier(city.uow, city.territory, ADMINISTRATOR, request)


def found(city: City, **filters: Any) -> list[str]:
    request = c.ListIdeas.model_validate(filters)
    return [item.title for item in reading.list_ideas(city.uow, request).items]


TITLES = {
    "1": "Végétaliser la cour de l’école de la rue de Picpus",
    "2": "Des bancs sur le chemin des marchés",
    "3": "Ouvrir les bibliothèques le dimanche",
}


@pytest.fixture
def library(city: City) -> City:
    places = [
        {"scope": "point", "point": {"latitude": 48.8420, "longitude": 2.3990}},
        {"scope": "district", "district": "75003"},
        {"scope": "city"},
    ]
    for (reference, title), place, theme, supports in zip(
        TITLES.items(), places, ["ecoles", "cadre-de-vie", "culture"], [5, 50, 20], strict=True
    ):
        past(
            city,
            reference=reference,
            title=title,
            place=place,
            theme=theme,
            supports=supports,
            deposited_on=date(2019, 1, int(reference)),
        )
    return city


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        ("vegetalisation", "1"),
        ("écoles", "1"),
        ("bibliotheque dimanche", "3"),
        ("biblioteque", "3"),
        ("banc marché", "2"),
        ("PAR-2019-000002", "2"),
    ],
)
def test_search_reads_french_and_forgives(library: City, words: str, reference: str) -> None:
    assert found(library, search=words)[:1] == [TITLES[reference]]


@pytest.mark.parametrize("words", ["zzzz", "' OR 1=1 --", "& | ! ( :*", "\\", "%", "<->", "🚲"])
def test_search_finds_nothing_without_failing(library: City, words: str) -> None:
    assert found(library, search=words) == []


@pytest.mark.parametrize(
    ("filters", "references"),
    [
        ({}, "321"),
        ({"themes": ["culture", "ecoles"]}, "31"),
        ({"districts": ["75012"]}, "1"),
        ({"districts": ["paris-centre"]}, "2"),
        ({"whole_city": True}, "3"),
        ({"states": ["open"], "kinds": ["idea"]}, "321"),
        ({"states": ["delivered"]}, ""),
        ({"deposited_from": "2019-01-02", "deposited_until": "2019-01-02"}, "2"),
        ({"sort": "supported"}, "231"),
        ({"sort": "near", "latitude": 48.85, "longitude": 2.38}, "1"),
        ({"sort": "closing"}, ""),
        ({"campaign": "budget-2026"}, ""),
    ],
)
def test_filters_and_orders(library: City, filters: dict[str, Any], references: str) -> None:
    assert found(library, **filters) == [TITLES[one] for one in references]


def test_distance_is_told_in_metres(library: City) -> None:
    request = c.ListIdeas(sort=c.Sort.NEAR, latitude=48.8420, longitude=2.3920)
    assert reading.list_ideas(library.uow, request).items[0].metres == pytest.approx(512, abs=3)


@pytest.mark.parametrize("sort", [None, "supported", "changed"])
def test_pages_hold_everything_once(library: City, sort: str | None) -> None:
    seen, after = [], None
    for _ in range(3):
        page = reading.list_ideas(library.uow, c.ListIdeas.model_validate({"limit": 1, "after": after, "sort": sort}))
        seen.append(page.items[0].title)
        after = page.next
    assert (after, set(seen)) == (None, set(TITLES.values()))


@pytest.mark.parametrize("after", ["x", "W10", "WyJzdXBwb3J0ZWQiLDEsIngiXQ", "bnVsbA", "é", "A" * 500])
def test_a_mark_that_was_made_up_is_refused(library: City, after: str) -> None:
    with pytest.raises(Fault) as refused:
        reading.list_ideas(library.uow, c.ListIdeas(after=after))
    assert [error.pointer for error in refused.value.errors] == ["/after"]


@pytest.mark.parametrize("id_", [[], 10**30, None, "\0"])
def test_a_mark_with_something_else_for_an_id_is_refused(library: City, id_: object) -> None:
    mark = base64.urlsafe_b64encode(json.dumps(["drafts", "2026-01-01T00:00:00+00:00", id_]).encode()).decode()
    with pytest.raises(Fault) as refused:
        writing.list_drafts(library.uow, citizen(), c.ListDrafts(after=mark))
    assert [error.pointer for error in refused.value.errors] == ["/after"]


def test_counts_say_what_each_filter_would_show(library: City) -> None:
    counts = reading.count_ideas(library.uow, c.CountIdeas(themes=("culture",)))
    assert counts.total == 1
    assert {one.value: one.count for one in counts.themes} == {"culture": 1, "ecoles": 1, "cadre-de-vie": 1}
    assert {one.value: one.count for one in counts.districts} == {"": 1}


def test_what_moderation_hides_is_neither_listed_nor_found(city: City) -> None:
    one = city.opened()
    why = "Une marque est citée dans le texte."
    moderating.hide_idea(city.uow, city.moderator, c.HideIdea(idea_id=one.id, reason="advertising", text=why))
    assert found(city) == found(city, search="crozatier", states=["hidden", "open"]) == []
    assert found(city, states=["hidden"]) == [""]


def test_similar_dossiers_are_alike_in_words_and_near(city: City) -> None:
    one = city.opened()
    near = {"scope": "point", "point": {"latitude": 48.8500, "longitude": 2.3810}}
    far = {"scope": "point", "point": {"latitude": 48.8920, "longitude": 2.3480}}

    def alike(title: str, place: dict[str, Any]) -> list[str]:
        request = c.FindSimilar.model_validate({"title": title, "place": place})
        return [item.number for item in reading.find_similar(city.uow, city.territory, request).items]

    assert alike("Des arbres et un jardin dans la rue Crozatier", near) == [one.number]
    assert alike("Des arbres et un jardin dans la rue Crozatier", far) == []
    assert alike("Un toit pour le marché aux timbres", near) == []
    assert alike("", near) == []


def test_an_import_is_made_once_and_tells_where_it_comes_from(city: City) -> None:
    steps = [
        {"on": "2019-10-01", "state": "accepted", "text": "Retenu par le vote."},
        {"on": "2021-05-02", "state": None, "text": "Les travaux commencent bientôt.", "service": "voirie"},
        {"on": "2022-01-15", "state": "delivered", "text": "41 arbres plantés."},
    ]
    first, second = (past(city, steps=steps, supports=812, figures={"votes": 4102}) for _ in range(2))
    assert (first.added, second.added, first.number) == (True, False, "PAR-2019-000001")
    shown = reading.read_idea(city.uow, ANYBODY, c.ReadIdea(dossier=first.number))
    assert (shown.state, shown.supports, shown.own_supports) == (c.State.DELIVERED, 812, 0)
    assert (shown.last_word, shown.imported_from) == ("41 arbres plantés.", "Ancien site")
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=first.number))
    assert record.intact
    assert [step.kind for step in record.steps] == ["imported", "accepted", "news", "delivered"]
    assert record.steps[0].facts["figure_votes"] == 4102


def test_an_import_may_still_be_examined_by_the_service_that_has_it_or_for_a_campaign(city: City) -> None:
    step = {"on": "2019-10-01", "state": "under_examination"}
    alone = past(city, steps=[step | {"service": "voirie"}])
    admitted = past(city, reference="2", kind="budget_idea", campaign="budget-2019", steps=[step])
    queue = examining.list_examination(
        city.uow, agent("examiner"), c.ListExamination(show=c.ExaminationFilter.ASSIGNED)
    )
    assert [(one.number, str(one.due_on)) for one in queue.items] == [(alone.number, "2019-12-30")]
    for one, kind in ((alone, "assigned"), (admitted, "admitted")):
        record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=one.number))
        assert record.intact
        assert [step.kind for step in record.steps] == ["imported", kind]


def test_every_error_of_an_import_is_named(city: City) -> None:
    wanted = [
        {"on": "2019-10-01", "state": "declined", "service": "x", "reason": "y"},
        {"on": "2019-10-02", "state": "under_examination"},
    ]
    with pytest.raises(Fault) as wrong:
        past(city, theme="inconnu", steps=wanted)
    pointers = ["/theme", "/steps/0/service", "/steps/0/reason", "/steps/1/service"]
    assert [error.pointer for error in wrong.value.errors] == pointers
    with pytest.raises(Fault) as role:
        importing.import_dossier(city.uow, city.territory, agent("moderator"), c.ImportDossier.model_validate(
            {"source": "s", "reference": "r", "title": "t", "theme": "sport", "place": {"scope": "city"},
             "deposited_on": "2019-01-01"}))  # fmt: skip
    assert role.value.reason == "role-needed"


def test_imported_messages_come_once_and_answers_after_what_they_answer(city: City) -> None:
    one = past(city)
    items: list[dict[str, Any]] = [
        {"reference": "a", "side": "pro", "text": "Oui.", "written_at": "2019-03-02T10:00:00Z", "useful": 3},
        {"reference": "b", "parent": "a", "side": "con", "text": "Non.", "written_at": "2019-03-03T10:00:00Z"},
    ]
    request = c.ImportComments.model_validate({"idea_id": one.idea_id, "comments": items})
    results = [importing.import_comments(city.uow, ADMINISTRATOR, request) for _ in range(2)]
    assert [(result.added, result.already) for result in results] == [(2, 0), (0, 2)]
    orphan = c.ImportComments.model_validate({"idea_id": one.idea_id, "comments": [items[1] | {"parent": "z"}]})
    with pytest.raises(Fault) as missing:
        importing.import_comments(city.uow, ADMINISTRATOR, orphan)
    assert [error.pointer for error in missing.value.errors] == ["/comments/0/parent"]


def test_an_erased_account_leaves_its_contributions_and_no_trace_of_itself(uow: UnitOfWork, city: City) -> None:
    author = citizen()
    one = city.opened(author)
    city.support(one.id, author)
    assert {item.what for item in reading.export_mine(uow, author).items} == {"idea", "support"}
    with uow() as tx:
        erasure.forget_citizen(tx, author.citizen())
    assert reading.export_mine(uow, author).items == ()
    shown = reading.read_idea(uow, ANYBODY, c.ReadIdea(dossier=one.number))
    assert (shown.author, shown.supports, shown.text) == (None, 1, TEXT.strip())


def test_ones_own_dossiers_and_supports(city: City, clock: Clock) -> None:
    person = citizen()
    mine = city.submitted(person)
    clock.forward(minutes=1)
    others = [city.opened(title=f"Une idée de quelqu’un d’autre, la {n}e").id for n in (1, 2)]
    for one in others:
        city.support(one, person)
        clock.forward(minutes=1)
    ideas = reading.list_my_ideas(city.uow, person, c.ListMyIdeas())
    assert [item.id for item in ideas.items] == [mine.id]
    supported = reading.list_my_supports(city.uow, person, c.ListMySupports())
    assert [item.id for item in supported.items] == others[::-1]


def test_a_list_of_five_thousand_takes_two_statements(city: City) -> None:
    template = city.opened()
    with city.uow() as tx:
        generated = {"all_supports", "progress"}
        own = {"id", "number", "deposited_at"}
        columns = [column.name for column in dossiers.c if column.name not in generated | own]
        tx.connection.execute(
            sa.text(
                f"INSERT INTO dossiers (id, number, deposited_at, {', '.join(columns)}) "
                f"SELECT gen_random_uuid(), 'ZZZ-2026-' || lpad(n::text, 6, '0'), "
                f"deposited_at - n * interval '1 hour', "
                f"{', '.join(columns)} FROM dossiers, generate_series(1, 5000) n WHERE id = :id"
            ),
            {"id": template.id},
        )
    statements: list[str] = []
    engine = city.uow.database.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    page = reading.list_ideas(city.uow, c.ListIdeas(limit=50))
    selects = [one for one in statements if one.startswith("SELECT")]
    assert (len(page.items), page.total, len(selects)) == (50, 5001, 2)
    assert page.items[0].deposited_at - page.items[1].deposited_at == timedelta(hours=1)


def test_hostile_words_are_kept_as_they_are(city: City) -> None:
    title = "<script>alert('x')</script> & \"É\" 🚲"
    assert city.submitted(title=title).title == deposit(title=title).title
