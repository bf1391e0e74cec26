"""The words, drawings and tones of ideas: states, steps of the record, sides of a discussion."""

from collections.abc import Mapping
from typing import NamedTuple

from contracts.ideas import (
    Actor,
    CommentSort,
    CommitmentState,
    Feasibility,
    PlaceView,
    Scope,
    Side,
    Sort,
    State,
    StepKind,
    Verdict,
)

from gateway.i18n import N_
from gateway.site.ideas.verdicts import explained
from gateway.site.visit import Visit
from gateway.words import sentence


class Badge(NamedTuple):
    """A status: always a word, a drawing and a tone."""

    label: str
    icon: str
    tone: str


STATES = {
    State.SUBMITTED: Badge(N_("Being read"), "clock", ""),
    State.OPEN: Badge(N_("Open to supports"), "people", "info"),
    State.REFUSED: Badge(N_("Refused by moderation"), "stop", "stop"),
    State.UNDER_EXAMINATION: Badge(N_("Being examined"), "tools", "info"),
    State.ACCEPTED: Badge(N_("Accepted"), "check", "ok"),
    State.DECLINED: Badge(N_("Not retained"), "stop", "stop"),
    State.PLANNED: Badge(N_("Planned"), "date", "info"),
    State.UNDER_WAY: Badge(N_("Work under way"), "tools", "info"),
    State.DELIVERED: Badge(N_("Delivered"), "done", "ok"),
    State.ABANDONED: Badge(N_("Abandoned"), "stop", "stop"),
    State.EXPIRED: Badge(N_("Period over"), "clock", ""),
    State.MERGED: Badge(N_("Joined to another"), "merge", ""),
    State.WITHDRAWN: Badge(N_("Withdrawn by its author"), "prev", ""),
    State.HIDDEN: Badge(N_("Hidden by moderation"), "stop", "stop"),
    State.CONCLUDED: Badge(N_("Synthesis published"), "done", "ok"),
}
STEPS = {
    StepKind.DEPOSITED: N_("Deposited"),
    StepKind.EDITED: N_("Corrected by its author"),
    StepKind.ADDENDUM: N_("Note added by its author"),
    StepKind.OPENED: N_("Published"),
    StepKind.APPROVED: N_("Read and kept by moderation"),
    StepKind.REFUSED: N_("Refused by moderation"),
    StepKind.ATTACHMENT_HIDDEN: N_("A photo or document hidden by moderation"),
    StepKind.ATTACHMENT_RESTORED: N_("A photo or document shown again"),
    StepKind.STAGE_REACHED: N_("A threshold of supports is reached"),
    StepKind.STAGE_LOST: N_("Back below a threshold"),
    StepKind.STAGE_ANSWERED: N_("The administration has spoken"),
    StepKind.ASSIGNED: N_("Entrusted to a service"),
    StepKind.PASSED_ON: N_("Passed on to another service"),
    StepKind.OPINION_ASKED: N_("Opinion asked"),
    StepKind.OPINION_GIVEN: N_("Opinion given"),
    StepKind.FEASIBILITY: N_("Feasibility studied"),
    StepKind.ADMITTED: N_("Admitted: services study it"),
    StepKind.NOT_ADMITTED: N_("Not admitted"),
    StepKind.PROJECT_FORMED: N_("It leads a project of the participatory budget"),
    StepKind.PROJECT_CHANGED: N_("The project is changed"),
    StepKind.PROJECT_DISSOLVED: N_("The project is taken apart"),
    StepKind.GROUPED: N_("Joined to a project"),
    StepKind.UNGROUPED: N_("No longer part of a project"),
    StepKind.INCOMPATIBLE: N_("Excludes another project"),
    StepKind.COMPATIBLE: N_("No longer excludes another project"),
    StepKind.RETAINED: N_("The commission puts it to the vote"),
    StepKind.SET_ASIDE: N_("The commission does not put it to the vote"),
    StepKind.ON_BALLOT: N_("On the ballot"),
    StepKind.SELECTED: N_("It won the vote"),
    StepKind.NOT_SELECTED: N_("It did not win the vote"),
    StepKind.ACCEPTED: N_("Accepted"),
    StepKind.DECLINED: N_("Not retained"),
    StepKind.PLANNED: N_("Planned"),
    StepKind.UNDER_WAY: N_("Work under way"),
    StepKind.DELIVERED: N_("Delivered"),
    StepKind.ABANDONED: N_("Abandoned"),
    StepKind.COMMITMENT_MADE: N_("Promise made"),
    StepKind.COMMITMENT_DONE: N_("Promise done"),
    StepKind.COMMITMENT_POSTPONED: N_("Promise put off"),
    StepKind.COMMITMENT_DROPPED: N_("Promise given up"),
    StepKind.NEWS: N_("News"),
    StepKind.EXPIRED: N_("The period is over"),
    StepKind.WITHDRAWN: N_("Withdrawn by its author"),
    StepKind.HIDDEN: N_("Hidden by moderation"),
    StepKind.RESTORED: N_("Shown again"),
    StepKind.IMPORTED: N_("Taken over from another platform"),
    StepKind.CONCLUDED: N_("Debate closed: what was heard"),
    StepKind.APPEALED: N_("The author appeals"),
    StepKind.APPEAL_UPHELD: N_("Appeal: the decision stands"),
    StepKind.APPEAL_OVERTURNED: N_("Appeal: the decision is undone"),
    StepKind.SUPPORTS_GIVEN_BACK: N_("Supports counted again"),
    StepKind.SUPPORTS_INVALIDATED: N_("Supports found invalid"),
    StepKind.MERGED: N_("Joined to a similar dossier"),
    StepKind.JOINED: N_("A similar dossier was joined to it"),
    StepKind.SUPPORTS_CARRIED: N_("Joined supporters are counted"),
    StepKind.PAPER_COUNTED: N_("Signatures on paper counted"),
    StepKind.PAPER_WITHDRAWN: N_("Signatures on paper taken back"),
    StepKind.ASKED_AGAIN: N_("The same is asked for again"),
    StepKind.UNMERGED: N_("Stands alone again"),
    StepKind.PARTED: N_("A joined dossier stands alone again"),
}
FIGURES = {
    "supports": N_("for"),
    "figure_mixed": N_("mixed"),
    "figure_against": N_("against"),
}
"""Counts that a dossier brought from another platform."""
BAD_STEPS = frozenset(
    {
        StepKind.REFUSED,
        StepKind.DECLINED,
        StepKind.NOT_ADMITTED,
        StepKind.ABANDONED,
        StepKind.SET_ASIDE,
        StepKind.NOT_SELECTED,
        StepKind.HIDDEN,
        StepKind.STAGE_LOST,
        StepKind.COMMITMENT_DROPPED,
        StepKind.APPEAL_UPHELD,
    }
)
VERDICTS = {
    Verdict.FAVOURABLE: Badge(N_("Favourable"), "check", "ok"),
    Verdict.WITH_RESERVATIONS: Badge(N_("With reservations"), "maybe", "warn"),
    Verdict.UNFAVOURABLE: Badge(N_("Unfavourable"), "no", "stop"),
}
FEASIBILITIES = {
    Feasibility.FEASIBLE: N_("It can be done as it is"),
    Feasibility.WITH_CHANGES: N_("It can be done with changes"),
    Feasibility.NOT_FEASIBLE: N_("It cannot be done"),
}
COMMITMENTS = {
    CommitmentState.DUE: Badge(N_("To come"), "clock", "info"),
    CommitmentState.LATE: Badge(N_("Late"), "alert", "stop"),
    CommitmentState.KEPT: Badge(N_("Kept"), "done", "ok"),
    CommitmentState.DONE: Badge(N_("Done late"), "done", "warn"),
    CommitmentState.DROPPED: Badge(N_("Given up"), "stop", "stop"),
}
ACTORS = {
    Actor.AUTHOR: N_("Author"),
    Actor.MODERATION: N_("Moderation"),
    Actor.SERVICE: N_("Administration"),
    Actor.COUNTER: N_("Counter"),
    Actor.CLOCK: N_("Clock"),
    Actor.IMPORT: N_("Import"),
    Actor.VOTE: N_("The vote"),
}
SIDES = {
    Side.PRO: Badge(N_("For"), "up", "ok"),
    Side.CON: Badge(N_("Against"), "no", "stop"),
    Side.QUESTION: Badge(N_("Question"), "maybe", ""),
}
TALK_SORTS = {
    "": (CommentSort.USEFUL, N_("The most useful")),
    "recents": (CommentSort.NEWEST, N_("The newest")),
    "anciens": (CommentSort.OLDEST, N_("The oldest")),
    "discutes": (CommentSort.DISCUSSED, N_("The most discussed")),
}
"""The orders of a discussion, by how the address calls them."""
SORTS = {
    Sort.RECENT: N_("Newest"),
    Sort.SUPPORTED: N_("Most supported"),
    Sort.PROGRESS: N_("Nearest to the threshold"),
    Sort.CLOSING: N_("Closing first"),
    Sort.CHANGED: N_("Last changed"),
}
ENDED = (State.DELIVERED, State.UNDER_WAY, State.PLANNED, State.ACCEPTED, State.DECLINED, State.ABANDONED)
"""States that say what became of a dossier."""


class Labels:
    """Says the codes of dossiers in the visitor's language."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._territory = visit.territory

    def state(self, state: State) -> Badge:
        """The badge of a state."""
        label, icon, tone = STATES[state]
        return Badge(self._visit.text(label), icon, tone)

    def side(self, side: Side) -> Badge:
        """The badge of a message."""
        label, icon, tone = SIDES[side]
        return Badge(self._visit.text(label), icon, tone)

    def verdict(self, verdict: str) -> Badge:
        """The badge of an opinion."""
        label, icon, tone = VERDICTS[Verdict(verdict)]
        return Badge(self._visit.text(label), icon, tone)

    def feasibility(self, feasibility: str) -> str:
        """Whether it can be done."""
        return self._visit.text(FEASIBILITIES[Feasibility(feasibility)])

    def commitment(self, state: CommitmentState) -> Badge:
        """The badge of a promise."""
        label, icon, tone = COMMITMENTS[state]
        return Badge(self._visit.text(label), icon, tone)

    def theme(self, code: str) -> str:
        """The name of a theme."""
        found = self._territory.theme(code)
        return found.name.to(self._visit.language) if found else code

    def kind(self, code: str) -> str:
        """The name of a kind of dossier."""
        found = self._territory.kind(code)
        return found.name.to(self._visit.language) if found else code

    def service(self, code: str | None) -> str:
        """The name of a service, or of the administration."""
        found = self._territory.service(code) if code else None
        return (found.name if found else self._territory.administration).to(self._visit.language)

    def reason(self, code: str | None) -> str:
        """The name of a reason."""
        found = next((one for one in self._territory.reasons if one.code == code), None)
        return found.name.to(self._visit.language) if found else ""

    def explanation(self, code: str | None) -> str:
        """What a reason says to the person concerned."""
        found = next((one for one in self._territory.reasons if one.code == code), None)
        return found.explanation.to(self._visit.language) if found else ""

    def district(self, code: str) -> str:
        """The name of a district."""
        found = self._territory.district(code)
        return found.name.to(self._visit.language) if found else code

    def place(self, place: PlaceView) -> str:
        """``Rue Crozatier, 12e arrondissement`` or ``Tout Paris``."""
        if place.scope is Scope.CITY or place.district is None:
            return place.address or self._territory.whole.to(self._visit.language)
        name = self.district(place.district)
        return f"{place.address}, {name}" if place.address else name

    def area(self, place: PlaceView) -> str:
        """The district alone, where room is short."""
        whole = place.scope is Scope.CITY or place.district is None
        return self._territory.whole.to(self._visit.language) if whole else self.district(str(place.district))

    def step(self, kind: StepKind) -> str:
        """What happened, in a few words."""
        return self._visit.text(STEPS[kind])

    def figures(self, facts: Mapping[str, str | int]) -> list[str]:
        """The counts that came with a dossier from another platform, ``12 pour``."""
        known = ((facts[name], label) for name, label in FIGURES.items() if facts.get(name))
        return [f"{self._visit.words.number(int(count))} {self._visit.text(label)}" for count, label in known]

    def actor(self, actor: Actor, service: str | None) -> str:
        """Who did it: a role, or the service."""
        return sentence(self.service(service)) if actor is Actor.SERVICE else self._visit.text(ACTORS[actor])

    def stage(self, kind: str, code: str) -> str:
        """What the administration owes at a stage."""
        found = self._territory.kind(kind)
        stage = next((one for one in found.stages if one.code == code), None) if found else None
        return stage.owed.to(self._visit.language) if stage else code

    def verdict_of(self, facts: Mapping[str, str | int]) -> str:
        """Why the vote chose a project or did not."""
        return explained(self._visit, facts)

    def bad(self, kind: StepKind) -> bool:
        """Whether a step is drawn as one that went against the dossier."""
        return kind in BAD_STEPS
