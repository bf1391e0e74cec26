"""Debates on PostgreSQL: who opens them, when they take messages, what ends them, how they are found."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from contracts.territory import Territory
from ideas.domain.rules import DebateRules, Rules
from ideas.repository import UnitOfWork
from ideas.use_cases import clock as by_clock
from ideas.use_cases import debating, discussing, examining, moderating, reading, writing

from services.ideas.tests.conftest import ANYBODY, NOON, TEXT, City, Clock, agent, citizen
from services.ideas.tests.conftest import TestUnitOfWork as ThisUnitOfWork

TODAY = NOON.date()
STREETS = agent("examiner", "voirie")
SYNTHESIS = "Vous demandez de l’ombre et des bancs. Nous planterons douze arbres avant l’hiver."


def request(**changes: Any) -> c.OpenDebate:
    content: dict[str, Any] = {
        "idea_id": uuid4(),
        "title": "Quelle place pour la voiture dans nos rues ?",
        "text": TEXT,
        "theme": "mobilites",
        "place": {"scope": "district", "district": "75012"},
        "opens_on": TODAY + timedelta(days=3),
        "closes_on": TODAY + timedelta(days=30),
    }
    return c.OpenDebate.model_validate(content | changes)


def by_city(city: City, who: Caller = STREETS, **changes: Any) -> c.DebateView:
    return debating.open_debate(city.uow, city.territory, who, request(service="voirie", **changes))


def by_citizen(city: City, who: Caller | None = None, **changes: Any) -> c.DebateView:
    return debating.open_debate(city.uow, city.territory, who or citizen(), request(**changes))


def begun(city: City, clock: Clock, **changes: Any) -> c.DebateView:
    made = by_city(city, **changes)
    clock.forward(days=3)
    return made


def say(city: City, made: c.DebateView, who: Caller | None = None) -> c.CommentView:
    content = {"idea_id": made.dossier.id, "comment_id": uuid4(), "side": "pro", "text": "Moins de voitures."}
    return discussing.post_comment(city.uow, who or citizen(), c.PostComment.model_validate(content))


def conclude(city: City, made: c.DebateView, who: Caller = STREETS, **changes: Any) -> c.DebateView:
    content = {"idea_id": made.dossier.id, "service": "voirie", "text": SYNTHESIS} | changes
    return debating.conclude_debate(city.uow, who, c.ConcludeDebate.model_validate(content))


def read(city: City, made: c.DebateView) -> c.DebateView:
    return debating.read_debate(city.uow, ANYBODY, c.ReadDebate(dossier=made.dossier.number))


def refusal(city: City, who: Caller | None = None, **changes: Any) -> set[tuple[str, str]]:
    with pytest.raises(Fault) as fault:
        by_citizen(city, who, **changes)
    return {(error.pointer, error.code) for error in fault.value.errors}


def test_a_service_opens_a_debate_at_once_and_a_citizen_after_a_reading(city: City) -> None:
    by_service, by_person = by_city(city), by_citizen(city)

    assert (by_service.dates.stage, by_service.dates.opened_by) == (c.DebateStage.COMING, "voirie")
    assert (by_person.dates.stage, by_person.dates.opened_by) == (None, None)
    assert by_person.dossier.clock is not None
    assert by_person.dossier.clock.kind is c.ClockKind.MODERATION
    moderating.approve_idea(city.uow, city.moderator, c.ApproveIdea(idea_id=by_person.dossier.id))
    assert read(city, by_person).dates.closes_on == TODAY + timedelta(days=30)
    opened = [(topic, said["number"]) for topic, said in city.told() if topic == "idea_opened.v1"]
    assert opened == [("idea_opened.v1", one.dossier.number) for one in (by_service, by_person)]


def test_what_waits_for_a_reading_is_not_shown(city: City) -> None:
    waiting = by_citizen(city)

    with pytest.raises(Fault) as unknown:
        read(city, waiting)
    assert unknown.value.reason == "no-such-dossier"


def test_everything_wrong_with_a_debate_is_said_at_once(city: City) -> None:
    point = {"scope": "point", "point": {"latitude": 48.8494, "longitude": 2.3806}}
    wrong: dict[str, Any] = {
        "opens_on": TODAY + timedelta(days=1),
        "closes_on": TODAY + timedelta(days=2),
        "place": point,
    }

    assert refusal(city, title="Court", theme="chats", **wrong) == {
        ("/title", "string-too-short"),
        ("/theme", "unknown-theme"),
        ("/place/scope", "not-a-perimeter"),
        ("/opens_on", "too-soon"),
        ("/closes_on", "debate-too-short"),
    }
    assert refusal(city, service="inconnu") == {("/service", "unknown-service")}
    assert refusal(city, closes_on=TODAY + timedelta(days=93)) == {("/closes_on", "debate-too-long")}


def test_a_service_begins_today(city: City) -> None:
    assert by_city(city, opens_on=TODAY).dates.stage is c.DebateStage.OPEN


def test_opening_twice_with_one_id_opens_once(city: City) -> None:
    who, same = citizen(), uuid4()

    assert by_citizen(city, who, idea_id=same) == by_citizen(city, who, idea_id=same)
    with pytest.raises(Fault) as taken:
        by_citizen(city, idea_id=same)
    assert taken.value.reason == "id-taken"


def test_only_its_agents_open_a_debate_in_the_name_of_a_service(city: City) -> None:
    with pytest.raises(Fault) as refused:
        by_city(city, citizen())
    assert refused.value.reason == "role-needed"


def test_a_territory_may_keep_debates_for_its_agents(city: City, rules: Rules, uow: UnitOfWork, clock: Clock) -> None:
    assert isinstance(uow, ThisUnitOfWork)
    agents_only = replace(
        rules.kinds["debate"], debate=DebateRules(by_anyone=False, shortest_days=7, longest_days=90, synthesis_days=30)
    )
    strict = replace(rules, kinds={**rules.kinds, "debate": agents_only})
    there = City(ThisUnitOfWork(uow.database, uow.connection, strict, clock), city.territory)

    with pytest.raises(Fault) as refused:
        by_citizen(there)
    assert refused.value.reason == "debates-by-agents"
    assert by_city(there).dates.opened_by == "voirie"


def test_messages_are_written_between_the_first_day_and_the_last(city: City, clock: Clock) -> None:
    made = by_city(city)
    with pytest.raises(Fault) as early:
        say(city, made)
    clock.forward(days=3)
    say(city, made)
    clock.forward(days=27)
    say(city, made)
    clock.forward(days=1)
    with pytest.raises(Fault) as late:
        say(city, made)

    assert (early.value.reason, late.value.reason) == ("discussion-closed", "discussion-closed")
    assert read(city, made).dossier.discussion.pro == 2


def test_the_clock_ends_a_debate_and_a_synthesis_is_owed(city: City, clock: Clock) -> None:
    made = begun(city, clock)
    clock.forward(days=28)
    by_clock.expire_ideas(city.uow)

    ended = read(city, made)
    assert ended.dates.stage is c.DebateStage.ENDED
    assert ended.dossier.clock is not None
    assert (ended.dossier.clock.kind, ended.dossier.clock.days_left) == (c.ClockKind.SYNTHESIS, 29)


def test_a_synthesis_closes_the_debate_for_good(city: City, clock: Clock) -> None:
    made = begun(city, clock)
    say(city, made)
    before = conclude(city, made)

    assert before.dates.stage is c.DebateStage.CONCLUDED
    assert before.synthesis == c.Synthesis(service="voirie", text=SYNTHESIS, published_at=clock.now)
    assert conclude(city, made) == before
    with pytest.raises(Fault) as closed:
        say(city, made)
    assert closed.value.reason == "discussion-closed"
    with pytest.raises(Fault) as again:
        conclude(city, made, text="Une autre synthèse, bien différente.")
    assert again.value.reason == "wrong-state"
    assert [topic for topic, _ in city.told()].count("debate_concluded.v1") == 1


def test_a_late_synthesis_says_so_in_the_record(city: City, clock: Clock) -> None:
    made = begun(city, clock)
    clock.forward(days=60)
    by_clock.expire_ideas(city.uow)
    conclude(city, made)

    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=made.dossier.number))
    assert record.intact
    last = record.steps[-1]
    assert (last.kind, last.service, last.text, last.facts) == (
        c.StepKind.CONCLUDED,
        "voirie",
        SYNTHESIS,
        {"late_days": 3},
    )


def test_who_opened_it_or_is_above_concludes_it(city: City, clock: Clock) -> None:
    made = begun(city, clock)
    with pytest.raises(Fault) as other:
        conclude(city, made, agent("examiner", "espaces-verts"), service="espaces-verts")
    assert other.value.reason == "role-needed"
    with pytest.raises(Fault) as unknown:
        conclude(city, made, service="inconnu")
    assert unknown.value.errors[0].code == "unknown-service"


def test_nobody_supports_a_debate_or_has_it_examined(city: City) -> None:
    made = by_city(city)

    (refused,) = city.support(made.dossier.id, citizen())
    assert isinstance(refused, Fault)
    assert refused.reason == "not-gathering"
    assign = c.AssignExamination(idea_id=made.dossier.id, service="voirie")
    with pytest.raises(Fault) as examined:
        examining.assign_examination(city.uow, STREETS, assign)
    assert examined.value.reason == "wrong-state"


def test_a_debate_is_not_deposited_as_an_idea_is(city: City) -> None:
    with pytest.raises(Fault) as refused:
        city.submitted(kind="debate")
    assert [(error.pointer, error.code) for error in refused.value.errors] == [("/kind", "a-debate")]


def test_what_people_answer_to_is_not_rewritten(city: City) -> None:
    author = citizen()
    made = by_citizen(city, author)
    edit = c.EditIdea(
        idea_id=made.dossier.id, version=made.dossier.version, title="Une autre question, posée autrement"
    )
    corrected = writing.edit_idea(city.uow, city.territory, author, edit)
    moderating.approve_idea(city.uow, city.moderator, c.ApproveIdea(idea_id=made.dossier.id))

    again = edit.model_copy(update={"version": corrected.version + 1})
    with pytest.raises(Fault) as refused:
        writing.edit_idea(city.uow, city.territory, author, again)
    assert refused.value.reason == "wrong-state"
    mine = debating.read_debate(city.uow, author, c.ReadDebate(dossier=made.dossier.number)).dossier.mine
    assert mine is not None
    assert (mine.author, mine.may_edit, mine.may_support) == (True, False, False)


def test_a_debate_of_a_territory_without_debates(city: City, territory: Territory, rules: Rules, clock: Clock) -> None:
    assert isinstance(city.uow, ThisUnitOfWork)
    without = replace(rules, kinds={code: kind for code, kind in rules.kinds.items() if code != "debate"})
    there = City(ThisUnitOfWork(city.uow.database, city.uow.connection, without, clock), territory)

    with pytest.raises(Fault) as refused:
        by_citizen(there)
    assert refused.value.reason == "no-debates"
    assert date.fromisoformat("2026-09-01") == TODAY
