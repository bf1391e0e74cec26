"""The words, drawings and tones of votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from contracts.voting import ElectionSummary, ElectionView, Grade

from gateway.i18n import N_
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
ICONS = ("heart", "up", "maybe", "no")


@dataclass(frozen=True, slots=True)
class Labels:
    """Says votes in the reader's language."""

    visit: Visit

    def of(self, texts: Mapping[str, str] | None) -> str:
        """A text in the reader's language, or else in the first it has."""
        return (texts.get(self.visit.language) or next(iter(texts.values()))) if texts else ""

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
        return self.visit.text("Give each project a grade. The same grade can be given to several projects.")

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
