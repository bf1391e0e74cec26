"""The forms of debates: open one, conclude one."""

from datetime import timedelta
from typing import Any, Self

from contracts.ideas import Scope
from contracts.territory import DEBATE

from gateway.forms import messages
from gateway.forms.desk import services
from gateway.forms.kit import Field, Form
from gateway.i18n import N_
from gateway.site.ids import new_id
from gateway.site.visit import Visit

messages.add(
    {
        "too-soon": N_("Choose a later day: moderation must read it first, and the past is over."),
        "debate-too-short": N_("A debate lasts %(ge)s days at least."),
        "debate-too-long": N_("A debate lasts %(le)s days at most."),
        "debates-by-agents": N_("On this territory, debates are opened by the administration."),
    }
)


class DebateForm(Form):
    """A debate to open."""

    title = Field(N_("The question"), max=80)
    text = Field(
        N_("Why it is asked"), kind="prose", rows=8, max=2000, hint=N_("Say what is known, and what you want to hear.")
    )
    district = Field(N_("Where"), kind="select", at="/place")
    theme = Field(N_("Theme"), kind="select")
    opens_on = Field(N_("First day"), kind="date")
    closes_on = Field(N_("Last day"), kind="date")
    idea_id = Field("", kind="hidden")

    @classmethod
    def new(cls, visit: Visit, *, opens_in: int) -> Self:
        """An empty form: it would begin in so many days and last four weeks, or what the territory allows."""
        kind = visit.territory.kind(DEBATE)
        rules = kind.debate if kind else None
        days = min(max(28, rules.shortest_days), rules.longest_days) if rules else 28
        first = visit.today + timedelta(days=opens_in)
        last = first + timedelta(days=days - 1)
        return cls.blank(visit, idea_id=new_id(), opens_on=first.isoformat(), closes_on=last.isoformat())

    def offer(self) -> None:
        """The answers to choose from."""
        say, territory = self.visit.language, self.visit.territory
        places = ((one.code, one.name.to(say)) for one in territory.districts)
        self.options["district"] = (("", territory.whole.to(say)), *places)
        choose = ("", self.visit.text("Choose"))
        self.options["theme"] = (choose, *((one.code, one.name.to(say)) for one in territory.themes))

    def nested(self) -> dict[str, Any]:
        """The request: no district is the whole territory."""
        district = self.value("district")
        place = {"scope": Scope.DISTRICT, "district": district} if district else {"scope": Scope.CITY}
        names = ("title", "text", "opens_on", "closes_on", "idea_id")
        return {"theme": self.value("theme") or None, "place": place} | {name: self.value(name) for name in names}


class ServiceDebateForm(DebateForm):
    """A debate that a service opens."""

    service = Field(N_("In the name of"), kind="select")
    title, text, district, theme = DebateForm.title, DebateForm.text, DebateForm.district, DebateForm.theme
    opens_on, closes_on, idea_id = DebateForm.opens_on, DebateForm.closes_on, DebateForm.idea_id

    def offer(self) -> None:
        """The answers to choose from."""
        DebateForm.offer(self)
        self.options["service"] = services(self.visit)

    def nested(self) -> dict[str, Any]:
        """The request, in the name of the service: a missing one is said, never taken for a citizen's debate."""
        return DebateForm.nested(self) | {"service": self.value("service") or "none"}


class ConcludeForm(Form):
    """What was heard."""

    service = Field(N_("In the name of"), kind="select")
    text = Field(
        N_("What was heard, and what is kept of it"),
        kind="prose",
        rows=10,
        max=5000,
        hint=N_("Everybody reads it. The debate takes no messages any more."),
    )

    def offer(self) -> None:
        """The answers to choose from."""
        self.options["service"] = services(self.visit)
