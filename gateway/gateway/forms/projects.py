"""The desk's forms of projects: what a project is and which ideas it is made of; why it is taken apart."""

from typing import Any

from contracts.ideas import DossierCard, ProjectView

from gateway.forms import messages
from gateway.forms.attachments import PHOTO, PHOTO_SHOWS
from gateway.forms.campaigns import named
from gateway.forms.desk import SAID, DeskForm, reasons
from gateway.forms.kit import Field
from gateway.i18n import N_
from gateway.site.ids import new_id
from gateway.site.visit import Visit

messages.add(
    {
        "in-project": N_("It is part of a project: decide on the project."),
        "other-campaign": N_("It is not an idea of this campaign."),
        "not-admitted": N_("Only an admitted idea becomes a project."),
        "leader-missing": N_("The idea that leads is part of the project: tick it, or choose another."),
        "no-envelope": N_("This place has no envelope in the campaign."),
        "project-exists": N_("This idea leads a project already."),
        "ballot-too-early": N_("The choice of the projects has not begun: see the calendar of the campaign."),
        "projects-undecided": N_("The commission has not decided on every project yet."),
        "results-too-early": N_("The results are not public yet: see the calendar of the campaign."),
        "not-on-ballot": N_("This project was not put to the vote."),
        "not-selected": N_("Only a project that won the vote is built."),
        "not-judged": N_("Services must say first whether it can be done."),
        "not-feasible": N_("Services say that it cannot be done: set it aside."),
        "no-cost": N_("Services must say first what it costs."),
        "over-envelope": N_("It costs more than its envelope."),
        "unknown-neighbourhood": N_("Choose a neighbourhood of the list."),
        "neighbourhood-elsewhere": N_("This neighbourhood is not where the project is."),
        "other-envelope": N_("Only projects of the same envelope exclude one another."),
        "project-settled": N_("The commission has decided on this project: it stays as it is."),
    }
)
WHOLE = "*"
"""How the form calls the envelope of the whole territory."""


class ProjectForm(DeskForm):
    """A whole project."""

    title = Field(N_("Title of the project"), max=120)
    description = Field(
        N_("What will be done, for everybody to read"),
        kind="prose",
        rows=8,
        max=5000,
        hint=N_("What, where, for whom. Say what was kept of each idea."),
    )
    place = Field(N_("Whose envelope pays"), kind="select")
    equity = Field(
        N_("Equity label: priority neighbourhood"),
        kind="select",
        optional=True,
        hint=N_("Chosen for you where the leading idea lies in one."),
    )
    ideas = Field(N_("The ideas it is made of"), kind="choices")
    idea_id = Field(N_("The idea that leads: the project bears its number"), kind="choice")
    version = Field("", kind="hidden", optional=True)
    text = Field(
        N_("Why it changes, for everybody to read"),
        kind="prose",
        rows=3,
        optional=True,
        hint=N_("Needed when an idea leaves; its author reads it."),
    )

    def between(self, ideas: list[tuple[str, str]], envelopes: set[str | None]) -> None:
        """The answers to choose from: ideas by id and title, places that have an envelope."""
        self.options["ideas"] = self.options["idea_id"] = ideas
        named_places = [(code or WHOLE, name) for name, code in named(self.visit) if code in envelopes]
        text, language = self.visit.text, self.visit.language
        around = [(one.code, one.name.to(language)) for one in self.visit.territory.neighbourhoods]
        self.options["equity"] = [("", text("None")), *around]
        self.options["place"] = [("", self.visit.text("Choose a place")), *named_places]

    def document(self) -> dict[str, Any]:
        """The request that the fields make."""
        found = self.nested()
        return found | {"place": None if found.get("place") == WHOLE else found.get("place", "")}

    @classmethod
    def of(cls, visit: Visit, one: ProjectView) -> "ProjectForm":
        """The form as the project is now."""
        return cls.blank(
            visit,
            title=one.title,
            description=one.description,
            place=one.place or WHOLE,
            equity=one.equity or "",
            ideas=[str(each.id) for each in one.made_of],
            idea_id=str(one.id),
            version=str(one.version),
        )

    @classmethod
    def made_of(cls, visit: Visit, ideas: list[DossierCard]) -> "ProjectForm":
        """The form of a new project: the first idea leads, and gives its title and its place."""
        first = ideas[0]
        district = first.place.district
        around = visit.territory.neighbourhood_around(first.place.point) if first.place.point else None
        group = visit.territory.group_of(district) if district else None
        return cls.blank(
            visit,
            title=first.title,
            place=group.code if group else district or WHOLE,
            equity=around.code if around else "",
            ideas=[str(one.id) for one in ideas],
            idea_id=str(first.id),
        )


class DissolveForm(DeskForm):
    """Why a project is taken apart."""

    text = Field(SAID, kind="prose", rows=3)


class SettleForm(DeskForm):
    """What the commission decides."""

    purpose = "set_aside"
    decision = Field(N_("The commission"), kind="choice")
    reason = Field(N_("Reason, if it is set aside"), kind="select", optional=True)
    text = Field(SAID, kind="prose", rows=4, optional=True, hint=N_("Needed when the project is set aside."))

    def offer(self) -> None:
        """To the vote, or not."""
        super().offer()
        text = self.visit.text
        self.options["decision"] = (
            ("retain", text("Puts the project to the vote")),
            ("set_aside", text("Sets the project aside")),
        )


class IncompatibleForm(DeskForm):
    """Projects that exclude one another."""

    other = Field(N_("The other project"), kind="select")
    incompatible = Field(N_("What is said"), kind="choice")
    text = Field(SAID, kind="prose", rows=2)

    def among(self, others: list[tuple[str, str]]) -> None:
        """The projects to choose from."""
        text = self.visit.text
        self.options["other"] = [("", text("Choose a project")), *others]
        self.options["incompatible"] = (
            ("true", text("They exclude one another")),
            ("false", text("They no longer exclude one another")),
        )


class ResultForm(DeskForm):
    """What a vote decided that was held elsewhere."""

    outcome = Field(N_("The vote, held elsewhere"), kind="choice")
    text = Field(SAID, kind="prose", rows=3, hint=N_("Say where the result is published."))

    def offer(self) -> None:
        """Chosen, or not."""
        super().offer()
        text = self.visit.text
        self.options["outcome"] = (("selected", text("Chose the project")), ("not_selected", text("Did not choose it")))


class FreezeForm(DeskForm):
    """Nothing to fill in: what is frozen is what the commission decided."""


class WorksForm(DeskForm):
    """What became of a project that won."""

    state = Field(N_("New state"), kind="select", optional=True)
    on = Field(N_("Begun or delivered on"), kind="date", optional=True)
    due_on = Field(N_("To be delivered by"), kind="date", optional=True)
    progress = Field(N_("Progress, in per cent"), kind="number", optional=True)
    reason = Field(N_("Reason, to put it off or give it up"), kind="select", optional=True)
    estimated = Field(N_("Estimated cost now"), kind="number", optional=True)
    committed = Field(N_("Committed"), kind="number", optional=True)
    spent = Field(N_("Spent"), kind="number", optional=True)
    variance = Field(N_("Reason, if it costs more than was voted"), kind="select", optional=True)
    version = Field("", kind="hidden", optional=True)
    text = Field(SAID, kind="prose", rows=4)
    file = PHOTO
    description = PHOTO_SHOWS
    attachment_id = Field("", kind="hidden", optional=True)
    news_id = Field("", kind="hidden", optional=True)
    kept = Field("", kind="hidden", optional=True)
    """Not empty: a photo was kept already, while something else was wrong."""

    def offer(self) -> None:
        """The states that can follow, or news without one, and the reasons of each kind."""
        super().offer()
        visit = self.visit
        self.options["state"] = (
            ("", visit.text("No change, only news")),
            ("planned", visit.text("Planned")),
            ("under_way", visit.text("Work under way")),
            ("delivered", visit.text("Delivered")),
            ("abandoned", visit.text("Abandoned")),
        )
        self.options["reason"] = (*reasons(visit, "postpone"), *reasons(visit, "abandon")[1:])
        self.options["variance"] = reasons(visit, "variance")

    def of(self, one: ProjectView) -> None:
        """On which version of the works it is told, and under which ids."""
        self.values.setdefault("attachment_id", [new_id()])
        self.values.setdefault("news_id", [new_id()])
        self.values.setdefault("version", [str(one.works.version if one.works else 0)])
