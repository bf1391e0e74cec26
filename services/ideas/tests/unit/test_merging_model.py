"""Any order of supports, withdrawals, merges and choices, against a model in sets: nobody counts twice."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from chassis.auth import Caller
from contracts import ideas as c
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.ideas.tests.conftest import City, Clock, citizen
from services.ideas.tests.unit.test_merging import after_the_notice, choose, merge, undo
from services.ideas.tests.unit.test_supports import read


@dataclass
class Model:
    """What must be true, in sets: who supports each dossier, what is joined to the first, who stepped out."""

    city: City
    clock: Clock
    ideas: list[c.DossierView]
    people: list[Caller]
    own: list[set[int]] = field(default_factory=lambda: [set(), set(), set()])
    merged: dict[int, UUID] = field(default_factory=dict)
    carried: set[int] = field(default_factory=set)
    out: set[tuple[int, int]] = field(default_factory=set)

    def total(self) -> int:
        joined = {who for one in self.carried for who in self.own[one] if (one, who) not in self.out}
        return len(self.own[0] | joined)

    def play(self, act: str, which: int, who: int) -> None:
        idea, person = self.ideas[which].id, self.people[who]
        match act:
            case "support" if which not in self.merged:
                self.city.support(idea, person)
                self.own[which].add(who)
            case "withdraw" if which not in self.merged:
                self.city.withdraw(idea, person)
                self.own[which].discard(who)
                if which == 0:
                    self.out |= {(one, who) for one in self.carried if who in self.own[one]}
            case "merge" if which and which not in self.merged:
                self.merged[which] = merge(self.city, self.ideas[0].id, idea).merge_id or uuid4()
                self.out = {(one, other) for one, other in self.out if one != which}
            case "undo" if which in self.merged:
                undo(self.city, self.merged.pop(which))
                self.carried.discard(which)
            case "wait":
                after_the_notice(self.city, self.clock)
                self.carried |= set(self.merged)
            case "leave" | "stay" if which in self.merged and who in self.own[which]:
                choose(self.city, person, self.merged[which], act)
                (self.out.add if act == "leave" else self.out.discard)((which, who))


WHAT = st.sampled_from(["support", "withdraw", "merge", "undo", "wait", "leave", "stay"])
ACTS = st.lists(st.tuples(WHAT, st.integers(0, 2), st.integers(0, 5)), max_size=18)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_no_sequence_counts_anybody_twice_and_undoing_restores(
    city: City, clock: Clock, acts: list[tuple[str, int, int]]
) -> None:
    ideas = [city.opened(kind="suggestion") for _ in range(3)]  # no threshold, no end: the counting alone is looked at
    model = Model(city, clock, ideas, [citizen() for _ in range(6)])
    for act in acts:
        model.play(*act)
        shown = [read(city, one.id) for one in ideas]
        assert shown[0].supports == model.total()
        assert [one.supports for one in shown[1:]] == [len(model.own[1]), len(model.own[2])]
        assert [one.state is c.State.MERGED for one in shown] == [n in model.merged for n in range(3)]
    for merge_id in model.merged.values():
        undo(city, merge_id)
    after = [read(city, one.id) for one in ideas]
    assert [(one.supports, one.joined_supports) for one in after] == [(len(people), 0) for people in model.own]
    assert {one.state for one in after} == {c.State.OPEN}
