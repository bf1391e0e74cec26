"""The rules of the domain, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notifications.domain.bounces import read_bounce
from notifications.domain.delivery import Answer, State, Verdict, after, backoff
from notifications.domain.links import Forged, Link, read, sign
from notifications.domain.sending import Candidate, Decision, decide
from notifications.domain.stories import digest_id, mail_state
from notifications.domain.words import (
    DEFAULTS,
    LOCKED,
    Choice,
    EmailMode,
    Preferences,
    Priority,
    Topic,
    digest_moment,
    end_of_quiet,
)

PARIS = ZoneInfo("Europe/Paris")
KEYS = (b"a key", b"an older key")
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.integers(0, 23)


@given(moments, hours, hours)
def test_quiet_hours_end_when_the_clock_says_so(now: datetime, start: int, end: int) -> None:
    ending = end_of_quiet(Preferences(quiet_from=start, quiet_until=end), now, PARIS)
    if ending is None:
        return
    assert now < ending <= now + timedelta(hours=25)
    assert ending.astimezone(PARIS).hour == end or _skipped(ending)


def _skipped(moment: datetime) -> bool:
    return moment.astimezone(PARIS).utcoffset() != (moment - timedelta(hours=1)).astimezone(PARIS).utcoffset()


@given(moments, hours)
def test_equal_hours_are_never_quiet(now: datetime, hour: int) -> None:
    assert end_of_quiet(Preferences(quiet_from=hour, quiet_until=hour), now, PARIS) is None


@pytest.mark.parametrize(
    ("utc_hour", "ends"), [(19, None), (20, (24, 8)), (23, (24, 8)), (5, (23, 8)), (6, (23, 8)), (7, None)]
)
def test_default_quiet_hours_go_from_nine_to_eight(utc_hour: int, ends: tuple[int, int] | None) -> None:
    ending = end_of_quiet(Preferences(), datetime(2026, 11, 23, utc_hour, 30, tzinfo=UTC), PARIS)
    assert (ending and (ending.astimezone(PARIS).day, ending.astimezone(PARIS).hour)) == ends


@given(moments, hours)
def test_the_digest_moment_is_the_last_stroke_of_the_hour(now: datetime, hour: int) -> None:
    moment = digest_moment(now, hour, PARIS)
    assert moment <= now or _skipped(moment)
    assert now - moment < timedelta(hours=26)
    assert digest_moment(now + timedelta(seconds=1), hour, PARIS) >= moment


def test_a_digest_has_one_identifier_per_day_and_person() -> None:
    one, other = UUID(int=1), UUID(int=2)
    day = digest_moment(datetime(2026, 11, 23, 12, tzinfo=UTC), 8, PARIS)
    assert digest_id(one, day) == digest_id(one, digest_moment(datetime(2026, 11, 23, 18, tzinfo=UTC), 8, PARIS))
    assert len({digest_id(one, day), digest_id(other, day), digest_id(one, day + timedelta(days=1))}) == 3


NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)
NIGHT = datetime(2026, 11, 23, 1, tzinfo=UTC)
everything = st.builds(
    Preferences,
    chosen=st.dictionaries(
        st.sampled_from([t for t in Topic if t is not LOCKED]),
        st.builds(Choice, inbox=st.booleans(), email=st.sampled_from(EmailMode)),
    ),
    quiet_from=hours,
    quiet_until=hours,
    weekly_cap=st.integers(0, 50),
    suspended=st.booleans(),
)


@given(everything, moments, st.integers(0, 100))
def test_what_protects_the_account_always_leaves(preferences: Preferences, now: datetime, sent: int) -> None:
    mail = Candidate(LOCKED, Priority.SECURITY, is_digest=False, sent_this_week=sent)
    assert decide(mail, preferences, now, PARIS) == Decision(State.PENDING)


@given(everything, moments, st.sampled_from([t for t in Topic if t is not LOCKED]), st.sampled_from(Priority))
def test_nothing_leaves_that_is_not_wanted(
    preferences: Preferences, now: datetime, topic: Topic, priority: Priority
) -> None:
    decision = decide(Candidate(topic, priority, is_digest=False, sent_this_week=0), preferences, now, PARIS)
    if preferences.suspended or preferences.of(topic).email is EmailMode.NEVER:
        assert decision.state is State.CANCELLED
    elif decision == Decision(State.PENDING):
        assert preferences.of(topic).email is EmailMode.NOW


def test_beyond_the_weekly_cap_news_wait_for_the_digest_and_action_does_not() -> None:
    news = Candidate(Topic.CONTRIBUTIONS, Priority.NEWS, is_digest=False, sent_this_week=5)
    action = Candidate(Topic.VOTES, Priority.ACTION, is_digest=False, sent_this_week=5)
    assert decide(news, Preferences(), NOON, PARIS).state is State.WAITING
    assert decide(action, Preferences(), NOON, PARIS) == Decision(State.PENDING)


def test_at_night_a_mail_waits_for_the_morning() -> None:
    mail = Candidate(Topic.VOTES, Priority.ACTION, is_digest=False, sent_this_week=0)
    assert decide(mail, Preferences(), NIGHT, PARIS) == Decision(State.PENDING, datetime(2026, 11, 23, 7, tzinfo=UTC))


def test_the_locked_topic_cannot_be_chosen() -> None:
    with pytest.raises(ValueError, match="account"):
        Preferences().choosing(LOCKED, Choice(inbox=False, email=EmailMode.NEVER))
    assert Preferences().without_mail(frozenset(Topic)).of(LOCKED) == DEFAULTS[LOCKED]


@pytest.mark.parametrize("priority", list(Priority))
def test_temporary_troubles_wait_longer_and_longer_then_end(priority: Priority) -> None:
    waits: list[timedelta] = []
    while (wait := backoff(priority, len(waits) + 1)) is not None:
        waits.append(wait)
    assert waits == sorted(waits)
    last = after(Answer(Verdict.POSTPONED, "4.2.2"), priority, len(waits) + 1, NOON)
    assert (last.state, last.failure) == (State.FAILED, "expired")


def test_our_own_server_being_away_costs_no_attempt() -> None:
    assert after(Answer(Verdict.UNREACHABLE), Priority.NEWS, 99, NOON).state is State.PENDING


def test_only_security_is_sent_again_when_it_may_have_arrived() -> None:
    assert after(Answer(Verdict.CUT_OFF), Priority.SECURITY, 1, NOON).state is State.PENDING
    for priority in (Priority.ACTION, Priority.FOLLOW_UP, Priority.NEWS):
        assert after(Answer(Verdict.CUT_OFF), priority, 1, NOON).state is State.UNCERTAIN


def test_a_new_mail_begins_as_its_topic_says() -> None:
    daily = Choice(inbox=True, email=EmailMode.DAILY)
    assert mail_state(daily, Priority.NEWS) == "waiting"
    assert mail_state(daily, Priority.SECURITY) == "pending"
    assert mail_state(Choice(inbox=True, email=EmailMode.NEVER), Priority.NEWS) is None


links = st.builds(Link, handle=st.uuids(), what=st.integers(0, 255))


@given(links, st.sampled_from(KEYS))
def test_a_token_says_what_was_signed(link: Link, key: bytes) -> None:
    token = sign(link, "unsubscribe", (key,))
    assert read(token, "unsubscribe", KEYS) == link
    assert read(token.upper(), "unsubscribe", KEYS) == link
    assert link.handle.hex not in token


@given(links, st.data())
def test_a_changed_token_is_refused(link: Link, data: st.DataObject) -> None:
    token = sign(link, "unsubscribe", KEYS)
    place = data.draw(st.integers(0, len(token) - 2))
    other = data.draw(st.sampled_from([c for c in "abcdefghijklmnopqrstuvwxyz234567" if c != token[place]]))
    with pytest.raises(Forged):
        read(token[:place] + other + token[place + 1 :], "unsubscribe", KEYS)
    with pytest.raises(Forged):
        read(token, "bounce", KEYS)


@given(st.text(max_size=120))
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Forged):
        read(text, "unsubscribe", KEYS)


@given(st.text(max_size=2000))
def test_any_text_is_read_as_a_bounce_or_not(text: str) -> None:
    read_bounce(text)
    bounce = read_bounce(f"{text}\nTo: bounce-{'a' * 40}@x\n{text}")
    assert bounce is not None
