"""The rules of identity, for every input."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identity.domain import limits, lockout, logins, rights, sessions
from identity.domain.attributes import CIVIL, Attribute, accepted, civil_identity
from identity.domain.lockout import Failures, LockRules
from identity.domain.rights import Known, Refusal, Residence, Rule
from identity.domain.sessions import Verdict

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = NOON.date()
RULES = LockRules()
CITY = ("75011", "75012", "75013")
dates = st.dates(date(1900, 1, 1), date(2026, 11, 23))
levels = st.sampled_from([100, 200, 250, 400, 500, 600])


# --- lock-out ---------------------------------------------------------------------------------------------------------


def test_the_waits_double_up_to_a_day() -> None:
    state, now, waits = Failures(), NOON, []
    for _ in range(20):
        state = lockout.attempt(state, now, RULES)
        waits.append(lockout.seconds_to_wait(state, now))
        now += timedelta(seconds=waits[-1])
    assert waits[:8] == [0, 0, 0, 0, 60, 120, 240, 480]
    assert waits[-1] == 24 * 3600


@given(st.lists(st.integers(0, 10**6), max_size=60))
def test_a_guesser_never_gets_more_than_a_few_tries_a_day(pauses: list[int]) -> None:
    """However attempts are timed: in any day no more than 15 of them are looked at."""
    state, now, looked_at = Failures(), NOON, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        if lockout.seconds_to_wait(state, now) == 0:
            state = lockout.attempt(state, now, RULES)
            looked_at.append(now)
    for start in looked_at:
        assert len([at for at in looked_at if start <= at < start + timedelta(days=1)]) <= 16


def test_failures_are_forgotten_after_two_quiet_days() -> None:
    state = Failures(30, NOON, NOON + timedelta(days=1))
    assert lockout.attempt(state, NOON + timedelta(days=2), RULES).count == 1
    assert lockout.attempt(state, NOON + timedelta(days=2, seconds=-1), RULES).count == 31


# --- limits -----------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 4000), max_size=30), st.integers(1, 6), st.integers(1, 600))
def test_no_window_holds_more_than_its_count(pauses: list[int], count: int, seconds: int) -> None:
    window, now = timedelta(seconds=seconds), NOON
    allowed: list[datetime] = []
    for pause in pauses:
        now += timedelta(seconds=pause / 10)
        wait = limits.seconds_to_wait(allowed, count, window, now)
        if wait == 0:
            allowed.append(now)
        else:
            assert limits.seconds_to_wait(allowed, count, window, now + timedelta(seconds=wait)) == 0
    for start in allowed:
        assert len([at for at in allowed if start <= at < start + window]) <= count


# --- refresh tokens ---------------------------------------------------------------------------------------------------


@given(st.integers(1, 100), st.integers(0, 100), st.integers(0, 100))
def test_only_the_last_two_generations_are_ever_honoured(current: int, behind: int, seconds: int) -> None:
    now, grace = NOON + timedelta(seconds=seconds), timedelta(seconds=20)
    verdict = sessions.judge(current - behind, current, NOON, now, grace)
    expected = {0: Verdict.ROTATE, 1: Verdict.REPEAT if seconds <= 20 else Verdict.REUSED}
    assert verdict is expected.get(behind, Verdict.REUSED)


# --- logins -----------------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**12))
def test_card_numbers_are_read_however_they_are_typed(chance: int) -> None:
    card = logins.card_number(chance)
    digits = card.replace("-", "")
    assert len(digits) == 10
    assert logins.normalised(card) == logins.normalised(f" {digits} ") == logins.normalised(card.replace("-", " "))


@given(st.binary(min_size=16, max_size=16))
def test_codes_are_read_however_they_are_typed(chance: bytes) -> None:
    code = logins.code(chance)
    assert logins.code_as_typed(code.upper().replace("-", " ")) == logins.code_as_typed(code)
    assert len(logins.code_as_typed(code)) == 12


@given(st.text(max_size=300))
def test_any_text_is_taken_as_a_login(text: str) -> None:
    assert logins.normalised(logins.normalised(text)) == logins.normalised(text)


@pytest.mark.parametrize("password", ["Neuf pigeons roux 9", "correct horse battery", "ザ・パスワードではない言葉です"])
def test_good_passwords_pass(password: str) -> None:
    assert list(logins.objections(password, ("Camille Durand", "camille"))) == []


# --- attributes -------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.sampled_from(CIVIL), levels, st.text(min_size=1, max_size=3)), max_size=20))
def test_certification_never_falls(offers: list[tuple[str, int, str]]) -> None:
    known: dict[str, Attribute] = {}
    for name, level, value in offers:
        for new in accepted(known, [Attribute(name, value, level, NOON)]):
            assert new.name not in known or known[new.name].level <= new.level
            known[new.name] = new
    best = {name: max(level for other, level, _value in offers if other == name) for name, _level, _value in offers}
    assert {name: one.level for name, one in known.items()} == best


def test_a_human_is_known_by_three_certified_attributes() -> None:
    papers = {name: Attribute(name, name, 400, NOON) for name in CIVIL}
    assert civil_identity(papers) == CIVIL
    for name in CIVIL:
        assert civil_identity(papers | {name: Attribute(name, name, 250, NOON)}) is None
        assert civil_identity({key: one for key, one in papers.items() if key != name}) is None


# --- rights -----------------------------------------------------------------------------------------------------------

rules = st.builds(Rule, levels, st.integers(0, 120), st.sampled_from(list(Residence)), st.booleans(), st.booleans())
people = st.builds(
    Known,
    levels,
    st.sampled_from([True]),
    st.booleans(),
    st.none() | dates,
    st.none() | st.sampled_from([*CITY, "elsewhere"]),
    st.none() | st.sampled_from([*CITY, "elsewhere"]),
)


def refused(rule: Rule, person: Known | None, place: tuple[str, ...] | None = None) -> set[Refusal]:
    return set(rights.refusals(rule, person, place=place, today=TODAY, city=CITY))


@given(rules, people, st.none() | st.sampled_from(CITY).map(lambda code: (code,)))
def test_who_is_allowed_satisfies_every_part_of_the_rule(
    rule: Rule, person: Known, place: tuple[str, ...] | None
) -> None:
    if refused(rule, person, place):
        return
    assert person.level >= rule.level
    assert person.is_unique or not rule.unique
    if rule.minimum_age:
        assert person.birth_date is not None
        assert rights.age(person.birth_date, TODAY) >= rule.minimum_age
    if rule.residence is Residence.CITY:
        assert person.home_district in CITY
    if rule.residence is Residence.DISTRICT:
        assert {person.home_district, person.work_district} & set(place or CITY)


@given(rules, people)
def test_a_weaker_rule_never_refuses_more(rule: Rule, person: Known) -> None:
    weaker = Rule(100, 0, Residence.ANYWHERE, collectives=True, unique=False)
    assert refused(weaker, person) == set()
    assert refused(weaker, person) <= refused(rule, person)


@given(rules)
def test_nobody_is_refused_as_nobody(rule: Rule) -> None:
    assert refused(rule, None) == {Refusal.UNKNOWN_ACCOUNT}


@given(rules, levels)
def test_a_collective_has_no_age_and_no_home(rule: Rule, level: int) -> None:
    reasons = refused(rule, Known(level, is_person=False, is_unique=False))
    assert (Refusal.KIND_NOT_ALLOWED in reasons) == (not rule.collectives or rule.asks_about_person)
    assert (Refusal.LEVEL_TOO_LOW in reasons) == (level < rule.level)


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        ((2008, 11, 23), (2026, 11, 23), 18),
        ((2008, 11, 24), (2026, 11, 23), 17),
        ((2008, 2, 29), (2026, 2, 28), 17),
        ((2008, 2, 29), (2026, 3, 1), 18),
        ((2008, 2, 29), (2028, 2, 29), 20),
    ],
)
def test_birthdays(born: tuple[int, int, int], today: tuple[int, int, int], years: int) -> None:
    assert rights.age(date(*born), date(*today)) == years


def test_age_bands() -> None:
    bands = [rights.age_band(date(2026 - years, 1, 1), TODAY) for years in (0, 17, 18, 24, 25, 39, 40, 59, 60, 74, 75)]
    assert bands == [
        "under-18", "under-18", "18-24", "18-24", "25-39", "25-39", "40-59", "40-59", "60-74", "60-74", "75-plus",
    ]  # fmt: skip
    assert rights.age_band(None, TODAY) == "unknown"
