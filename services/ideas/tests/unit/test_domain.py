"""The rules, alone: stages, states and the chain of the record hold whatever happens, in any order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ideas.domain import dossier as life
from ideas.domain import examination, record, supports
from ideas.domain.dossier import Change, Dossier, Place, State
from ideas.domain.problems import DomainError, Invalid
from ideas.domain.record import BEGINNING, Link, Step
from ideas.domain.rules import FileRules, FraudRules, KindRules, Rules, StageRule, months_later

NOW = datetime(2026, 9, 1, 10, tzinfo=UTC)
AUTHOR = UUID(int=1)
KIND = KindRules(
    code="idea",
    moderated_first=True,
    period_months=6,
    stages=(StageRule("a", 5, 14), StageRule("b", 50, 30), StageRule("c", 150, 90)),
    title_length=(15, 80),
    text_length=(500, 2000),
    in_campaign_only=False,
)
RULES = Rules(
    prefix="PAR",
    zone=ZoneInfo("Europe/Paris"),
    kinds={"idea": KIND},
    themes=frozenset({"nature"}),
    services={"voirie": frozenset()},
    parents={},
    districts=frozenset({"75012"}),
    neighbourhoods={},
    place_order={},
    groups={},
    reasons={purpose: frozenset({"r"}) for purpose in ("refuse", "hide", "decline", "abandon")},
    moderation_hours=48,
    report_hours=24,
    appeal_days=14,
    appeal_within_days=30,
    assignment_days=7,
    opinion_days=30,
    answer_days=90,
    merge_notice_days=14,
    similar_within_metres=1000,
    comment_length=1000,
    edit_minutes=15,
    reports_that_hide=3,
    second_agent_for_paper=True,
    fraud=FraudRules(timedelta(minutes=10), 6, 5, timedelta(hours=24), 50),
    files=FileRules(per_dossier=5, longest=2_000_000, most_pixels=50_000_000, longest_side=2000),
    levels={},
    rates={},
)


def submitted() -> Dossier:
    return Dossier(
        UUID(int=2), "PAR-2026-000001", "idea", AUTHOR, "Un titre", "Un texte", "nature", Place("city"), None,
        State.SUBMITTED, NOW, NOW,
    )  # fmt: skip


def opened() -> Dossier:
    return life.approve(submitted(), KIND, RULES, NOW).dossier


counts = st.lists(st.integers(0, 200), max_size=30)


@given(counts)
def test_each_stage_is_reached_once_at_its_number_and_in_order(numbers: list[int]) -> None:
    one, stamped, reached = opened(), frozenset[str](), []
    for number in numbers:
        result = supports.count(one, number, stamped=stamped, kind=KIND, rules=RULES, now=NOW)
        assert all(stamp.supports == number for stamp in result.reached)
        reached += [stamp.stage for stamp in result.reached]
        one, stamped = result.dossier, stamped | {stamp.stage for stamp in result.reached}
    ended = next((i for i, n in enumerate(numbers) if n >= 150), len(numbers))
    highest = max(numbers[: ended + 1], default=0)
    assert reached == [stage.code for stage in KIND.stages if highest >= stage.supports]
    assert (one.state is State.UNDER_EXAMINATION) == (highest >= 150)


@given(counts)
def test_progress_is_told_once_for_each_share(numbers: list[int]) -> None:
    one, told = opened(), []
    for number in numbers:
        result = supports.count(one, number, stamped=frozenset("abc"), kind=KIND, rules=RULES, now=NOW)
        told += [result.milestone] if result.milestone else []
        one = result.dossier
    assert told == sorted(set(told))


@given(st.integers(150, 300), st.integers(0, 300))
def test_stages_are_lost_exactly_when_valid_supports_fall_below(before: int, after: int) -> None:
    full = supports.count(opened(), before, stamped=frozenset(), kind=KIND, rules=RULES, now=NOW)
    result = supports.recount(full.dossier, after, stamped=frozenset("abc"), kind=KIND, now=NOW)
    assert result.lost == tuple(stage.code for stage in KIND.stages if after < stage.supports)
    assert len(result.steps) == len(result.lost)
    assert (result.dossier.state is State.OPEN) == (after < 150)


MOVES = "approve refuse hide restore withdraw expire assign accept decline plan start deliver abandon news support"
moves = st.sampled_from(MOVES.split())
FINAL = {State.REFUSED, State.EXPIRED, State.WITHDRAWN, State.DECLINED, State.DELIVERED, State.ABANDONED}


def move(one: Dossier, name: str, now: datetime) -> Change:  # noqa: PLR0911 -- one line per kind of event
    told = {"on": None, "reason": "r", "text": "x", "cost": None}
    answer = {"reason": "r", "text": "x", "cost": None}
    match name:
        case "approve":
            return life.approve(one, KIND, RULES, now)
        case "refuse" | "hide":
            return getattr(life, name)(one, RULES, now, reason="r", text="x")  # type: ignore[no-any-return]
        case "restore":
            return life.restore(one, now, text="x")
        case "withdraw":
            return life.withdraw(one, AUTHOR, now, "x")
        case "expire":
            return life.expire(one, now)
        case "assign":
            return examination.assign(one, KIND, RULES, now, service="voirie", reason=None, text="")
        case "accept" | "decline":
            outcome = State.ACCEPTED if name == "accept" else State.DECLINED
            return examination.answer(one, RULES, now, outcome=outcome, **answer)  # type: ignore[arg-type]
        case "support":
            result = supports.count(one, 150, stamped=frozenset(), kind=KIND, rules=RULES, now=now)
            return Change(result.dossier, result.steps)
    states = {"plan": State.PLANNED, "start": State.UNDER_WAY, "deliver": State.DELIVERED, "abandon": State.ABANDONED}
    return examination.progress(one, RULES, now, state=states.get(name), **told)  # type: ignore[arg-type]


@given(st.lists(moves, max_size=25))
def test_no_order_of_events_reopens_what_is_decided_or_changes_state_without_a_trace(names: list[str]) -> None:
    one, now = submitted(), NOW
    for name in names:
        now += timedelta(days=20)
        try:
            change = move(one, name, now)
        except DomainError:
            continue
        after = change.dossier
        if after.state is not one.state:
            assert change.steps or name == "support", (name, one.state, after.state)
        if one.state in FINAL:
            assert after.state in {one.state, State.HIDDEN}, (name, one.state, after.state)
        if after.state in {State.ACCEPTED, State.DECLINED} and name in {"accept", "decline"}:
            assert one.state is State.UNDER_EXAMINATION
        one = after


words = st.text(st.characters(codec="utf-8"), max_size=40)
facts = st.dictionaries(st.sampled_from(["stage", "supports", "due_on", "late_days"]), words | st.integers(-9, 10**15))
steps = st.builds(
    Step, kind=words, actor=words, service=st.none() | words, reason=st.none() | words, text=words, facts=facts
)
records = st.lists(steps, min_size=1, max_size=8)


def chained(content: list[Step]) -> list[Link]:
    links: list[Link] = []
    for step in content:
        head = links[-1].hash if links else BEGINNING
        links.append(record.follow("PAR-2026-000001", len(links), head, NOW + timedelta(hours=len(links)), step))
    return links


@given(records)
def test_a_record_as_written_is_intact(content: list[Step]) -> None:
    assert record.broken_links("PAR-2026-000001", chained(content)) == []


@given(records, st.data())
def test_any_change_of_the_past_is_noticed(content: list[Step], data: st.DataObject) -> None:
    links = chained(content)
    at = data.draw(st.integers(0, len(links) - 1))
    how = data.draw(st.sampled_from(["text", "time", "drop", "swap", "number", "hash"]))
    number = "PAR-2026-000001"
    if how == "text":
        links[at] = replace(links[at], step=replace(links[at].step, text=links[at].step.text + "!"))
    elif how == "time":
        links[at] = replace(links[at], at=links[at].at + timedelta(microseconds=1))
    elif how == "hash":
        links[at] = replace(links[at], hash="f" * 64)
    elif how == "number":
        number = "PAR-2026-000002"
    elif at + 1 == len(links):
        return  # the end of a record is held by the head that the dossier and later readers know
    elif how == "drop":
        del links[at]
    else:
        links[at], links[at + 1] = links[at + 1], links[at]
    assert record.broken_links(number, links)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 4, 22), 6, date(2026, 10, 22)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_with_their_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_a_day_ends_at_midnight_of_the_territory() -> None:
    assert RULES.end_of(date(2026, 10, 22)) == datetime(2026, 10, 22, 22, tzinfo=UTC)
    assert RULES.end_of(date(2026, 12, 22)) == datetime(2026, 12, 22, 23, tzinfo=UTC)


def test_lengths_are_named_with_their_limits() -> None:
    problems = life.check_lengths(KIND, "court", "x" * 2001)
    assert [(one.pointer, one.code, one.limits["length"]) for one in problems] == [
        ("/title", "string-too-short", 5),
        ("/text", "string-too-long", 2001),
    ]


def test_a_late_reading_says_by_how_much() -> None:
    late = life.approve(submitted(), KIND, RULES, NOW + timedelta(days=5))
    assert late.steps[0].facts["late_days"] == 3


def test_a_reason_must_be_of_the_list() -> None:
    with pytest.raises(Invalid):
        life.refuse(submitted(), RULES, NOW, reason="autre", text="x")
