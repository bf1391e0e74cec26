"""The words, drawings and tones of consultations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from contracts.consultations import ConsultationSummary, ConsultationView, Form, Question, Value

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
    "scheduled": Badge(N_("Opens soon"), "date", ""),
    "open": Badge(N_("Open to answers"), "chat", "info"),
    "closed": Badge(N_("Closed"), "done", ""),
}
KINDS = {
    "short_text": N_("Short text"),
    "long_text": N_("Long text"),
    "single": N_("One choice"),
    "multiple": N_("Several choices"),
    "scale": N_("Scale"),
    "ranking": N_("Ranking"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """Says consultations in the reader's language."""

    visit: Visit

    def of(self, texts: Mapping[str, str] | None) -> str:
        """A text in the reader's language, or else in the first it has."""
        return (texts.get(self.visit.language) or next(iter(texts.values()))) if texts else ""

    def language(self, texts: Mapping[str, str]) -> str:
        """The language in which :meth:`of` says a text, when it is not the page's; else empty."""
        return "" if self.visit.language in texts else next(iter(texts))

    def state(self, state: str) -> Badge:
        """The status of a consultation."""
        found = STATES[state]
        return found._replace(label=self.visit.text(found.label))

    def kind(self, kind: str) -> str:
        """The kind of a question."""
        return self.visit.text(KINDS[kind])

    def places(self, codes: tuple[str, ...]) -> str:
        """Where it is about."""
        territory = self.visit.territory
        if not codes:
            return territory.whole.to(self.visit.language)
        known = {one.code: one.name for one in territory.districts} | {one.code: one.name for one in territory.groups}
        return ", ".join(known[code].to(self.visit.language) if code in known else code for code in codes)

    def audience(self, one: ConsultationView) -> str:
        """Who answers."""
        if one.audience.residents:
            return self.visit.text("The residents: %(places)s", places=self.places(one.places))
        if one.audience.level >= 400:
            return self.visit.text("Anybody whose identity was checked")
        return self.visit.text("Anybody with a confirmed account")

    def soon(self, one: ConsultationSummary) -> bool:
        """Whether it closes within a week."""
        return one.state == "open" and self.visit.words.days_left(one.closes_at, self.visit.today) < SOON_DAYS

    def dates(self, one: ConsultationSummary) -> str:
        """When it opens, closes or has closed."""
        words, today = self.visit.words, self.visit.today
        if one.state == "scheduled":
            return self.visit.text("Opens %(when)s", when=words.deadline(one.opens_at, today))
        if one.state == "open":
            return self.visit.text("Closes %(when)s", when=words.deadline(one.closes_at, today))
        return self.visit.text("Closed on %(day)s", day=words.day(one.closes_at))

    def answers(self, n: int) -> str:
        """How many people have answered."""
        return self.visit.count("%(n)s answer", "%(n)s answers", n)

    def hint(self, question: Question) -> str:
        """What kind of answer is asked for."""
        match question.kind:
            case "single":
                return self.visit.text("One answer.")
            case "multiple":
                return self._choices(question.min_choices, question.max_choices)
            case "scale":
                return self._scale(question)
            case "ranking":
                return self.visit.text("1 for the one that matters most to you.")
            case _:
                return ""

    def _choices(self, least: int, most: int | None) -> str:
        if most is None:
            return self.visit.text("Several answers are possible.")
        if least > 1:
            return self.visit.text("From %(least)s to %(most)s answers.", least=least, most=most)
        return self.visit.count("%(n)s answer at most.", "%(n)s answers at most.", most)

    def _scale(self, question: Question) -> str:
        low, high = self.of(getattr(question, "lowest_label", None)), self.of(getattr(question, "highest_label", None))
        ends = {"low": getattr(question, "lowest", 1), "high": getattr(question, "highest", 5)}
        if low and high:
            return self.visit.text("From %(low)s, %(least)s, to %(high)s, %(most)s.", **ends, least=low, most=high)
        return self.visit.text("From %(low)s to %(high)s.", **ends)

    def value(self, form: Form, key: str, value: Value) -> list[str]:
        """An answer as it is read: the words of options, in order."""
        question = next((one for page in form.pages for one in page.questions if one.key == key), None)
        options = {option.key: self.of(option.label) for option in getattr(question, "options", ())}
        if isinstance(value, tuple):
            return [options.get(one, one) for one in value]
        return [options.get(str(value), str(value))]
