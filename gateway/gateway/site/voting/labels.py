"""The words, drawings and tones of votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from contracts.voting import (
    ApprovalBallot,
    Ballot,
    Candidate,
    ElectionSummary,
    ElectionView,
    Grade,
    KnapsackBallot,
    PointsRule,
    RankedProject,
)

from gateway.i18n import N_, french_type
from gateway.site.visit import Visit

SOON_DAYS = 7


class Badge(NamedTuple):
    """A status: always a word, a drawing and a tone."""

    label: str
    icon: str
    tone: str


STATES = {
    "draft": Badge(N_("Draft"), "pen", ""),
    "announced": Badge(N_("Opens soon"), "date", ""),
    "open": Badge(N_("Vote open"), "box", "info"),
    "closed": Badge(N_("Being counted"), "clock", "warn"),
    "published": Badge(N_("Result published"), "seal", "ok"),
    "cancelled": Badge(N_("Cancelled"), "stop", "stop"),
}
VERDICTS = {
    "won": Badge(N_("Chosen"), "done", "ok"),
    "completed": Badge(N_("Chosen"), "done", "ok"),
    "adopted": Badge(N_("Adopted"), "done", "ok"),
    "rejected": Badge(N_("Rejected"), "no", ""),
    "ranked": Badge(N_("Ranked"), "list", ""),
}
NOT_CHOSEN = Badge(N_("Not chosen"), "no", "")
TIES = {
    "lower_cost": N_("Between equal projects, the cheaper one comes first, then the order of the ballot."),
    "ballot_order": N_("Between equal projects, the order of the ballot decides."),
    "lot": N_("Between equal projects, an order drawn by lot before the opening decides; its seed is in the rules."),
}
FILLS = {
    "skip": N_("In the order of the ranking, each project that fits into what is left of the envelope is chosen."),
    "stop": N_("In the order of the ranking, projects are chosen until one does not fit into the envelope."),
}
BLANKS = {
    "worst": N_("A project left without a grade gets the lowest one."),
    "ignored": N_("A project left without a grade is judged by the other ballots only."),
}
SHARES = {
    "": N_("Not computed"),
    "information": N_("Shown beside the result, for information"),
    "rule": N_("They decide"),
}
COMPLETIONS = {
    "add_one_most_votes": N_("The shares grow while the projects fit, then the most chosen that fit"),
    "add_one": N_("The shares grow while the projects fit"),
    "most_votes": N_("The most chosen projects that fit"),
    "none": N_("It stays in the envelope"),
}
DECISIONS = {
    "awarded": N_("Carry it out although it was not chosen"),
    "withdrawn": N_("Do not carry it out although it was chosen"),
}
METHODS = {
    "majority_judgment": N_("Majority judgment: a grade for each project"),
    "approval": N_("Approval: choose some projects"),
    "points": N_("Points: distribute points among the projects"),
    "for_against": N_("For, against or abstain, for each proposal"),
    "ranking": N_("Ranking: put some projects in order"),
    "knapsack": N_("Knapsack: choose projects that fit into the envelope together"),
}
QUESTIONS = {
    "majority_judgment": N_("What do you think of each project?"),
    "approval": N_("Which projects do you choose?"),
    "points": N_("Which projects get your points?"),
    "for_against": N_("Are you for or against?"),
    "ranking": N_("What is your order of preference?"),
    "knapsack": N_("What would you do with the envelope?"),
}
LEAVING = {
    "majority_judgment": N_("You may leave some without a grade."),
    "points": N_("You need not give all of them."),
    "for_against": N_("You may leave some without an answer."),
    "knapsack": N_("You need not spend all of it."),
    "ranking": N_("You may rank fewer."),
}
OPINIONS = {
    "for": Badge(N_("For"), "up", "1"),
    "against": Badge(N_("Against"), "no", "4"),
    "abstain": Badge(N_("I abstain"), "maybe", "3"),
}
"""What one can say of a proposal, with a drawing and a colour of the scale of grades."""
SECRECIES = {
    "open": N_("Open: anonymous ballots, published in clear after the closing"),
    "sealed": N_("Sealed: nobody can read a ballot; key holders open only the sum (approval or majority judgment)"),
}
GROUPS = {
    "Ed25519": N_("Ed25519: short and fast"),
    "BELENIOS-2048": N_("BELENIOS-2048: longer, read by every version of the Belenios program"),
}
ICONS = ("heart", "up", "maybe", "no")


@dataclass(frozen=True, slots=True)
class Labels:
    """Says votes in the reader's language."""

    visit: Visit

    def of(self, texts: Mapping[str, str] | None) -> str:
        """A text in the reader's language, or else in the first it has; French is set in French type."""
        said = (texts.get(self.visit.language) or next(iter(texts.values()))) if texts else ""
        return french_type(said) if self.visit.language == "fr" else said

    def state(self, one: ElectionSummary | ElectionView) -> Badge:
        """The status of an election."""
        left = self.visit.words.days_left(one.closes_at, self.visit.today)
        if one.state == "open" and left < SOON_DAYS:
            return Badge(self.visit.text("Closes soon"), "clock", "warn")
        found = STATES[one.state]
        return found._replace(label=self.visit.text(found.label))

    def verdict(self, verdict: str) -> Badge:
        """What became of a project."""
        found = VERDICTS.get(verdict, NOT_CHOSEN)
        return found._replace(label=self.visit.text(found.label))

    def dates(self, one: ElectionSummary | ElectionView) -> str:
        """When it opens, closes or has closed."""
        words, today = self.visit.words, self.visit.today
        if one.state in {"draft", "announced"}:
            return self.visit.text("Opens %(when)s", when=words.deadline(one.opens_at, today))
        if one.state == "open":
            return self.visit.text("Closes %(when)s", when=words.deadline(one.closes_at, today))
        return self.visit.text("Closed on %(day)s", day=words.day(one.closes_at))

    def place(self, code: str | None) -> str:
        """Where it is voted."""
        territory = self.visit.territory
        if code is None:
            return territory.whole.to(self.visit.language)
        known = {one.code: one.name for one in territory.districts} | {one.code: one.name for one in territory.groups}
        return known[code].to(self.visit.language) if code in known else code

    def money(self, amount: int | None) -> str:
        """An amount in the territory's currency."""
        return "" if amount is None else self.visit.words.money(amount, self.visit.territory.currency)

    def method(self, one: ElectionView) -> str:
        """How one votes."""
        if one.method.kind == "approval":
            return self.visit.count("Choose %(n)s project.", "Choose up to %(n)s projects.", one.method.max_choices)
        if one.method.kind == "points":
            return self._points(one.method)
        if one.method.kind == "ranking":
            return self.visit.count(
                "Put up to %(n)s project in order.",
                "Put up to %(n)s projects in order, the best first.",
                one.method.max_ranks,
            )
        if one.method.kind == "knapsack":
            return self.visit.text(
                "Choose projects that cost %(most)s together at most.", most=self.money(one.envelope)
            )
        if one.method.kind == "for_against":
            return self.visit.text("Say of each proposal whether you are for it, against it, or abstain.")
        return self.visit.text("Give each project a grade. The same grade can be given to several projects.")

    def _points(self, method: PointsRule) -> str:
        count = self.visit.count
        said = count(
            "You have %(n)s point to give to a project.",
            "You have %(n)s points to distribute among the projects.",
            method.points,
        )
        if method.max_per_project is None or method.max_per_project >= method.points:
            return said
        most = count("One project can get %(n)s.", "One project can get %(n)s at most.", method.max_per_project)
        return f"{said} {most}"

    def question(self, one: ElectionView) -> str:
        """What the booth asks."""
        return self.visit.text(QUESTIONS[one.method.kind])

    def leaving(self, one: ElectionView) -> str:
        """What one need not do."""
        found = LEAVING.get(one.method.kind)
        return self.visit.text(found) if found else ""

    def given(self, one: ElectionView, ballot: Ballot) -> list[tuple[Candidate, str]]:
        """The projects that a ballot names, those that get most first, each with what it gets, if it gets something."""
        if isinstance(ballot, ApprovalBallot | KnapsackBallot):
            return [(project, "") for project in one.candidates if project.id in ballot.choices]
        if ballot.kind == "points":
            found = [project for project in one.candidates if project.id in ballot.points]
            found.sort(key=lambda project: -ballot.points[project.id])
            return [(project, self.points(ballot.points[project.id])) for project in found]
        if ballot.kind == "ranking":
            named = {project.id: project for project in one.candidates}
            ranked = [named[id_] for id_ in ballot.ranking if id_ in named]
            return [(project, self.choice(place)) for place, project in enumerate(ranked, start=1)]
        if ballot.kind == "for_against":
            found = [project for project in one.candidates if project.id in ballot.opinions]
            return [(project, self.visit.text(OPINIONS[ballot.opinions[project.id]].label)) for project in found]
        given = [project for project in one.candidates if project.id in ballot.grades]
        return [(project, self.grade(one.grades, ballot.grades[project.id])) for project in given]

    def opinions(self) -> list[tuple[str, Badge]]:
        """What one can say of a proposal."""
        return [(code, found._replace(label=self.visit.text(found.label))) for code, found in OPINIONS.items()]

    def choice(self, place: int) -> str:
        """A place in somebody's order."""
        return self.visit.text("choice no. %(place)s", place=self.visit.words.number(place))

    def points(self, n: int) -> str:
        """A number of points."""
        return self.visit.count("%(n)s point", "%(n)s points", n)

    def tally(self, project: RankedProject) -> str:
        """What the count gave a project, where nobody gives grades."""
        if project.opinions is not None:
            return self.visit.count("%(n)s vote for it", "%(n)s votes for it", project.opinions.in_favour)
        votes = self.visit.count("%(n)s vote", "%(n)s votes", project.votes or 0)
        return votes if project.points is None else self.points(project.points)

    def grade(self, grades: tuple[Grade, ...], code: str | None) -> str:
        """The words of a grade."""
        if code is None:
            return self.visit.text("No grade")
        return next((self.of(one.label) for one in grades if one.code == code), code)

    def grade_icon(self, position: int, many: int) -> str:
        """The drawing of a grade by its place on the scale, best first."""
        return ICONS[tone(position, many) - 1]


def tone(position: int, many: int) -> int:
    """The colour of a grade, 1 to 4: a scale of more or fewer grades is spread over the four."""
    return 1 + round(3 * position / max(1, many - 1))
