"""The forms of the desk for dossiers: moderation, examination, follow-up."""

from contracts.errors import FaultCode
from contracts.ideas import DossierView

from gateway.forms import messages
from gateway.forms.kit import Field, Form, Options
from gateway.i18n import N_
from gateway.site.visit import Visit

messages.add(
    {
        "unknown-reason": N_("Choose a reason of the list."),
        "unknown-service": N_("Choose a service of the list."),
        "taken-by-another": N_("Another agent has it in hand."),
        "not-assigned": N_("Assign the examination to a service first."),
    }
)
SAID = N_("What the public will read")


def reasons(visit: Visit, purpose: str) -> Options:
    """The reasons of the territory for a purpose."""
    wanted = (one for one in visit.territory.reasons if purpose in one.applies_to)
    return (("", visit.text("Choose a reason")), *((one.code, one.name.to(visit.language)) for one in wanted))


def services(visit: Visit) -> Options:
    """The services of the administration."""
    named = ((one.code, one.name.to(visit.language)) for one in visit.territory.services)
    return (("", visit.text("Choose a service")), *named)


class DeskForm(Form):
    """What every act of the desk carries: where to go back to. ``purpose`` says which reasons apply."""

    elsewhere = frozenset({FaultCode.UNAUTHENTICATED})
    purpose = ""

    def offer(self) -> None:
        """The answers to choose from."""
        self.options["reason"] = reasons(self.visit, self.purpose)
        self.options["service"] = services(self.visit)

    def about(self, dossier: DossierView) -> None:
        """What depends on the dossier: nothing, for most."""


class PublishForm(DeskForm):
    """Publish what was submitted, or keep what was published."""


class RefuseForm(DeskForm):
    """Refuse, with a reason."""

    purpose = "refuse"
    reason = Field(N_("Reason"), kind="select")
    text = Field(SAID, kind="prose", rows=3, hint=N_("Say what would make it acceptable."))


class HideForm(DeskForm):
    """Hide the content."""

    purpose = "hide"
    reason = Field(N_("Reason"), kind="select")
    text = Field(SAID, kind="prose", rows=3)


class RestoreForm(DeskForm):
    """Show it again."""

    text = Field(SAID, kind="prose", rows=3)


class ManyForm(DeskForm):
    """The same decision for several things, with the same reason and text."""

    reason = Field(N_("The same reason for all"), kind="select", optional=True)
    service = Field(N_("To which service"), kind="select", optional=True)
    text = Field(N_("The same text for all"), kind="prose", rows=2, optional=True)


class StageForm(DeskForm):
    """Say what was owed at a stage."""

    service = Field(N_("In the name of"), kind="select")
    text = Field(SAID, kind="prose", rows=4)


class ProgressForm(DeskForm):
    """What became of it."""

    purpose = "abandon"
    state = Field(N_("New state"), kind="select", optional=True)
    on = Field(N_("On which day"), kind="date", optional=True)
    reason = Field(N_("Reason, if it is abandoned"), kind="select", optional=True)
    text = Field(SAID, kind="prose", rows=4)

    def offer(self) -> None:
        """The states that can follow, or news without one."""
        super().offer()
        text = self.visit.text
        self.options["state"] = (
            ("", text("No change, only news")),
            ("planned", text("Planned")),
            ("under_way", text("Work under way")),
            ("delivered", text("Delivered")),
            ("abandoned", text("Abandoned")),
        )


class DecideCommentForm(DeskForm):
    """Keep a reported message, or hide it."""

    purpose = "hide"
    reason = Field(N_("Reason, to hide it"), kind="select", optional=True)
    text = Field(N_("A word for its author"), kind="prose", rows=2, optional=True)
