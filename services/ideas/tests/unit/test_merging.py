"""Merging on PostgreSQL: told, carried over after the notice, one person once, and given back whole."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault
from contracts.identity import SERVICE
from ideas.use_cases import erasure, merging, moderating, reading, supporting

from services.ideas.tests.conftest import ANYBODY, City, Clock, agent, citizen
from services.ideas.tests.unit.test_supports import read

WHY = "Ces deux idées demandent la même chose, au même endroit."
NOTICE = 14


def merge(
    city: City, into: UUID, *sources: UUID, merge_id: UUID | None = None, who: Caller | None = None
) -> c.MergeView:
    request = {"merge_id": merge_id or uuid4(), "target_id": into, "source_ids": sources}
    request |= {"reason": "already-open", "text": WHY}
    return merging.merge_ideas(city.uow, who or city.moderator, c.MergeIdeas.model_validate(request))


def undo(city: City, merge_id: UUID | None) -> c.MergeView:
    request = c.UndoMerge.model_validate({"merge_id": merge_id, "text": "Les deux lieux sont en fait différents."})
    return merging.undo_merge(city.uow, city.moderator, request)


def choose(city: City, who: Caller, merge_id: UUID | None, choice: str) -> c.MyMerge:
    request = c.ChooseMerge.model_validate({"merge_id": merge_id, "choice": choice})
    return merging.choose_merge(city.uow, who, request).items[0]


def after_the_notice(city: City, clock: Clock) -> None:
    clock.forward(days=NOTICE + 1)
    merging.carry_due(city.uow)


def steps(city: City, key: object) -> list[str]:
    record = reading.read_record(city.uow, ANYBODY, c.ReadRecord(dossier=str(key)))
    assert record.intact
    return [step.kind.value for step in record.steps]


def problems(city: City, into: UUID, *sources: UUID) -> list[tuple[str, str]]:
    with pytest.raises(Fault) as refused:
        merge(city, into, *sources)
    return [(error.pointer, error.code) for error in refused.value.errors]


def test_supporters_are_carried_over_after_the_notice_and_each_counts_once(city: City, clock: Clock) -> None:
    into, first, second = city.opened(), city.opened(), city.opened()
    both, *_ = city.crowd(into.id, 1)
    city.support(first.id, both)
    everywhere, *_ = city.crowd(first.id, 1)
    city.support(second.id, everywhere)
    city.crowd(second.id, 1)
    made = merge(city, into.id, first.id, second.id)
    assert (made.joining, made.total, [one.new for one in made.sources]) == (2, 3, [1, 2])
    assert [stage.code for stage in made.stages] == ["read", "opinion"]
    assert read(city, into.id).supports == 1
    clock.forward(days=NOTICE)
    assert merging.carry_due(city.uow) == 0, "the last day is still theirs"
    clock.forward(days=1)
    assert (merging.carry_due(city.uow), merging.carry_due(city.uow)) == (1, 0)
    shown = read(city, into.id)
    assert (shown.supports, shown.own_supports, shown.joined_supports) == (3, 1, 2)
    assert [stage.code for stage in shown.stages if stage.reached_on] == ["read", "opinion"]
    assert [link.number for link in shown.joined] == [first.number, second.number]
    assert steps(city, into.id)[2:] == ["joined", "joined", "supports_carried", "stage_reached", "stage_reached"]
    joined = read(city, first.id)
    assert (joined.state, joined.supports, joined.joined_to and joined.joined_to.number) == ("merged", 2, into.number)


def test_the_merge_is_told_to_those_concerned_and_names_nobody(city: City) -> None:
    into, source = city.opened(), city.opened()
    people = city.crowd(source.id, 3)
    made = merge(city, into.id, source.id)
    (told,) = [payload for topic, payload in city.told() if topic == "idea_merged.v1"]
    assert (told["number"], told["into"], told["leave_until"]) == (source.number, into.number, "2026-09-15")
    assert not {str(one.account) for one in people} & {str(value) for value in told.values()}
    notifications = agent(SERVICE, "notifications")
    choose(city, people[0], made.merge_id, "leave")
    request = c.ListMergeSupporters.model_validate({"merge_id": made.merge_id, "limit": 1})
    found: list[UUID] = []
    while page := merging.list_merge_supporters(city.uow, notifications, request).items:
        found += page
        request = request.model_copy(update={"after": page[-1]})
    assert found == sorted(one.account for one in people[1:] if one.account)
    for stranger in (city.moderator, agent("administrator"), citizen(), ANYBODY):
        with pytest.raises(Fault):
            merging.list_merge_supporters(city.uow, stranger, request)


def test_whoever_steps_out_is_not_carried_over_and_may_change_their_mind(city: City, clock: Clock) -> None:
    into, source = city.opened(), city.opened()
    out, back, quiet = city.crowd(source.id, 3)
    made = merge(city, into.id, source.id)
    mine = merging.list_my_merges(city.uow, out, c.ListMyMerges()).items
    assert [(one.number, one.into, one.days_left, one.choice) for one in mine] == [
        (source.number, into.number, 14, None)
    ]
    assert choose(city, out, made.merge_id, "leave").choice is c.MergeChoice.LEAVE
    choose(city, back, made.merge_id, "leave")
    choose(city, back, made.merge_id, "stay")
    with pytest.raises(Fault) as refused:
        choose(city, citizen(), made.merge_id, "leave")
    assert refused.value.reason == "no-such-merge"
    after_the_notice(city, clock)
    assert read(city, into.id).supports == 2
    shown = [read(city, into.id, one).mine for one in (out, back, quiet)]
    assert [one.supported for one in shown if one] == [False, True, True]
    city.withdraw(into.id, quiet)
    assert read(city, into.id).supports == 1, "who was carried over may take it back like any support"
    assert read(city, source.id).supports == 3
    undo(city, made.merge_id)
    assert (read(city, into.id).supports, read(city, source.id).supports) == (0, 3)


def test_undoing_gives_back_counts_states_stages_and_days(city: City, clock: Clock) -> None:
    into, source = city.opened(), city.opened()
    city.crowd(into.id, 2)
    city.crowd(source.id, 3)
    made = merge(city, into.id, source.id)
    after_the_notice(city, clock)
    assert read(city, into.id).state is c.State.UNDER_EXAMINATION
    gone = undo(city, made.merge_id)
    assert undo(city, made.merge_id) == gone
    alone, parted = read(city, into.id), read(city, source.id)
    assert (alone.state, alone.supports, alone.joined_supports, alone.joined) == ("open", 2, 0, ())
    assert [stage.code for stage in alone.stages if stage.reached_on] == ["read"], "which it had reached by itself"
    assert steps(city, into.id)[-3:] == ["parted", "stage_lost", "stage_lost"]
    assert (parted.state, parted.supports, parted.reason, parted.joined_to) == ("open", 3, None, None)
    assert source.closes_on
    assert parted.closes_on == source.closes_on + timedelta(days=15)
    lost = [payload["stage"] for topic, payload in city.told() if topic == "stage_lost.v1"]
    assert lost == ["opinion", "examination"]
    city.crowd(source.id, 2)
    assert read(city, source.id).state is c.State.UNDER_EXAMINATION


def test_every_obstacle_is_named_at_once(city: City, clock: Clock) -> None:
    into, waiting, other, head, tail = (
        city.opened(),
        city.submitted(),
        city.opened(kind="petition", text=deposit_text(5)),
        city.opened(),
        city.opened(),
    )
    merge(city, head.id, tail.id)
    assert problems(city, into.id, into.id, waiting.id, other.id, head.id, tail.id) == [
        ("/source_ids/0", "itself"),
        ("/source_ids/1", "not-open"),
        ("/source_ids/2", "another-kind"),
        ("/source_ids/3", "has-joined"),
        ("/source_ids/4", "not-open"),
    ]
    clock.forward(days=170)
    late = city.opened()
    assert problems(city, into.id, late.id) == [("/target_id", "closes-too-soon")]
    with pytest.raises(Fault) as elsewhere:
        merge(city, late.id, city.opened().id, who=agent("moderator", "75020"))
    assert elsewhere.value.reason == "role-needed"


def deposit_text(times: int) -> str:
    return "Nous demandons que la place soit fermée aux voitures le dimanche, toute l’année. " * times * 2


def test_repeating_changes_nothing_and_an_id_is_one_merge(city: City) -> None:
    into, source = city.opened(), city.opened()
    made = merge(city, into.id, source.id)
    told = len(city.told())
    assert merge(city, into.id, source.id, merge_id=made.merge_id) == made
    assert len(city.told()) == told
    with pytest.raises(Fault) as refused:
        merge(city, into.id, city.opened().id, merge_id=made.merge_id)
    assert refused.value.reason == "id-taken"


def test_an_answered_merge_stays(city: City, clock: Clock) -> None:
    into, source = city.opened(), city.opened()
    made = merge(city, into.id, source.id)
    moderating.hide_idea(
        city.uow, city.moderator, c.HideIdea(idea_id=into.id, reason="advertising", text="Le texte cite une marque.")
    )
    with pytest.raises(Fault) as refused:
        undo(city, made.merge_id)
    assert refused.value.reason == "wrong-state"


def test_a_hidden_source_comes_back_when_it_is_shown_again(city: City) -> None:
    into, source = city.opened(), city.opened()
    made = merge(city, into.id, source.id)
    hiding = c.HideIdea(idea_id=source.id, reason="advertising", text="Le texte cite une marque.")
    moderating.hide_idea(city.uow, city.moderator, hiding)
    undo(city, made.merge_id)
    assert read(city, source.id).state is c.State.HIDDEN
    shown = c.RestoreIdea(idea_id=source.id, text="La marque a été retirée.")
    assert moderating.restore_idea(city.uow, city.moderator, shown).state is c.State.OPEN


def test_an_erased_account_still_counts_once(city: City, clock: Clock) -> None:
    into, first, second = city.opened(), city.opened(), city.opened()
    person, *_ = city.crowd(into.id, 1)
    leaver, *_ = city.crowd(first.id, 1)
    for one in (first, second):
        city.support(one.id, person)
    city.support(second.id, leaver)
    made = merge(city, into.id, first.id, second.id)
    choose(city, leaver, made.merge_id, "leave")
    for gone in (person, leaver):
        with city.uow() as tx:
            assert gone.account
            erasure.forget_citizen(tx, gone.account)
    after_the_notice(city, clock)
    assert read(city, into.id).supports == 1


def test_supports_found_invalid_where_they_were_given_leave_both_counts(city: City, clock: Clock) -> None:
    into, source = city.opened(), city.opened()
    robot, *_ = city.crowd(source.id, 3)
    merge(city, into.id, source.id)
    after_the_notice(city, clock)
    city.support(into.id, robot)
    request = c.InvalidateSupports(idea_id=source.id, account_ids=(robot.account,), text="Un compte créé par un robot.")
    supporting.invalidate_supports(city.uow, agent("administrator"), request)
    assert (read(city, source.id).supports, read(city, into.id).supports) == (2, 3)
    second = c.InvalidateSupports.model_validate(request.model_dump() | {"idea_id": into.id})
    supporting.invalidate_supports(city.uow, agent("administrator"), second)
    assert read(city, into.id).supports == 2


def test_supports_found_invalid_there_are_not_carried_over(city: City, clock: Clock) -> None:
    into, source = city.opened(), city.opened()
    robot, *_ = city.crowd(into.id, 1)
    city.support(source.id, robot)
    request = c.InvalidateSupports(idea_id=into.id, account_ids=(robot.account,), text="Un compte créé par un robot.")
    supporting.invalidate_supports(city.uow, agent("administrator"), request)
    merge(city, into.id, source.id)
    after_the_notice(city, clock)
    assert read(city, into.id).supports == 0


def test_a_batch_with_joined_supporters_counts_what_counting_all_anew_would(city: City, clock: Clock) -> None:
    """Some of the batch count already by what was joined, one of them twice, one stepped out, some are new."""
    into, first, second = city.opened(), city.opened(), city.opened()
    both, out, other = city.crowd(first.id, 3)
    city.support(second.id, both)
    one, two = (merge(city, into.id, source.id).merge_id for source in (first, second))
    choose(city, out, one, "leave")
    choose(city, both, two, "leave")
    after_the_notice(city, clock)
    assert read(city, into.id).joined_supports == 2

    city.support(into.id, both, out, citizen())

    shown = read(city, into.id)
    assert (shown.supports, shown.own_supports, shown.joined_supports) == (4, 3, 1)
    with city.uow() as tx:
        assert supporting.tally(tx, [into.id])[into.id].total == 4
    city.withdraw(into.id, both, other)
    with city.uow() as tx:
        assert supporting.tally(tx, [into.id])[into.id].total == read(city, into.id).supports == 2
