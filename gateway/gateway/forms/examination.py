"""The forms of examination: passing on, opinions, feasibility, the answer with its promises, notes between agents."""

from typing import Any
from uuid import uuid4

from contracts.ideas import DossierView

from gateway.forms import messages
from gateway.forms.desk import SAID, DeskForm, reasons, services
from gateway.forms.kit import Field
from gateway.i18n import N_

messages.add(
    {
        "own-opinion": N_("The service that examines gives its opinion in the answer."),
        "date-past": N_("Choose today or a later day."),
        "date-to-come": N_("Say on which day it was done."),
        "opinion-not-awaited": N_("No opinion of this service is awaited."),
        "nothing-to-promise": N_("Only a favourable answer promises something."),
        "commitment-closed": N_("This promise is closed already."),
    }
)


class AssignForm(DeskForm):
    """Give the examination to a service, or pass it on with a reason."""

    purpose = "pass"
    service = Field(N_("Service"), kind="select")
    reason = Field(
        N_("Reason for passing it on"), kind="select", optional=True, hint=N_("When another service has it in hand.")
    )
    text = Field(N_("A word for the service and the public"), kind="prose", rows=2, optional=True)


class AskOpinionForm(DeskForm):
    """Ask several services for their opinion."""

    services = Field(N_("Of which services"), kind="choices")
    question = Field(N_("The question, which the public will read"), kind="prose", rows=3)
    due_on = Field(N_("By which day"), kind="date", optional=True, hint=N_("Left empty: the usual delay."))

    def about(self, dossier: DossierView) -> None:
        """Every service but the one that examines."""
        self.options["services"] = tuple(pair for pair in services(self.visit)[1:] if pair[0] != dossier.service)


class GiveOpinionForm(DeskForm):
    """The opinion of a service."""

    service = Field(N_("In the name of"), kind="select")
    verdict = Field(N_("Opinion"), kind="choice")
    text = Field(SAID, kind="prose", rows=4)

    def about(self, dossier: DossierView) -> None:
        """The services whose opinion is awaited."""
        awaited = {one.service for one in dossier.opinions if one.given_on is None}
        self.options["service"] = tuple(pair for pair in services(self.visit) if not pair[0] or pair[0] in awaited)
        text = self.visit.text
        self.options["verdict"] = (
            ("favourable", text("Favourable")),
            ("with_reservations", text("With reservations")),
            ("unfavourable", text("Unfavourable")),
        )


class FeasibilityForm(DeskForm):
    """Whether it can be done, and what it would cost."""

    feasibility = Field(N_("Can it be done?"), kind="choice")
    cost = Field(N_("Cost in euros, if it is known"), kind="number", optional=True)
    yearly_cost = Field(N_("Then each year, in euros"), kind="number", optional=True)
    text = Field(SAID, kind="prose", rows=4)

    def about(self, _dossier: DossierView) -> None:
        """Yes, with changes, or no."""
        text = self.visit.text
        self.options["feasibility"] = (
            ("feasible", text("Yes, as it is")),
            ("with_changes", text("Yes, with changes")),
            ("not_feasible", text("No")),
        )


class AnswerForm(DeskForm):
    """The public answer, and a first promise with it."""

    purpose = "decline"
    outcome = Field(N_("The answer"), kind="choice")
    reason = Field(N_("Reason, if it is not retained"), kind="select", optional=True)
    text = Field(SAID, kind="prose", rows=6)
    cost = Field(N_("Cost in euros, if it is known"), kind="number", optional=True)
    promise = Field(
        N_("What you commit to, if it is accepted"), kind="prose", rows=2, optional=True, at="/commitments/0/text",
        hint=N_("One thing and its date. You can add others afterwards."),
    )  # fmt: skip
    promise_on = Field(N_("For which day"), kind="date", optional=True, at="/commitments/0/due_on")
    promise_id = Field("", kind="hidden", at="/commitments/0/commitment_id")

    def about(self, _dossier: DossierView) -> None:
        """Accepted or not."""
        text = self.visit.text
        self.options["outcome"] = (("accepted", text("Accepted")), ("declined", text("Not retained")))
        self.values["promise_id"] = [self.value("promise_id") or str(uuid4())]

    def nested(self) -> dict[str, Any]:
        """The promise as the first of a list, if one was begun."""
        document = super().nested()
        given = document.pop("commitments", {}).get("0", {})
        return document | ({"commitments": [given]} if given.keys() - {"commitment_id"} else {})


class PromiseForm(DeskForm):
    """One more promise."""

    text = Field(N_("What you commit to, which the public will read"), kind="prose", rows=3)
    due_on = Field(N_("For which day"), kind="date")
    commitment_id = Field("", kind="hidden")

    def about(self, _dossier: DossierView) -> None:
        """Sending the form twice promises once."""
        self.values["commitment_id"] = [self.value("commitment_id") or str(uuid4())]


class FollowPromiseForm(DeskForm):
    """What became of a promise."""

    commitment_id = Field(N_("Which promise"), kind="choice")
    outcome = Field(N_("What became of it"), kind="choice")
    on = Field(N_("Done on, or new date"), kind="date", optional=True)
    reason = Field(N_("Reason, to put it off or give it up"), kind="select", optional=True)
    text = Field(SAID, kind="prose", rows=3)

    def about(self, dossier: DossierView) -> None:
        """The promises that are open, and the reasons for both."""
        visit = self.visit
        opened = (one for one in dossier.commitments if one.closed_on is None)
        self.options["commitment_id"] = tuple(
            (str(one.id), f"{one.text} ({visit.words.day(one.due_on, today=visit.today)})") for one in opened
        )
        self.options["outcome"] = (
            ("done", visit.text("Done")),
            ("postponed", visit.text("Put off")),
            ("dropped", visit.text("Given up")),
        )
        self.options["reason"] = (*reasons(visit, "postpone"), *reasons(visit, "abandon")[1:])


class NoteForm(DeskForm):
    """A note between agents."""

    service = Field(N_("In the name of"), kind="select")
    text = Field(N_("For agents only, never public"), kind="prose", rows=3)
    note_id = Field("", kind="hidden")

    def about(self, _dossier: DossierView) -> None:
        """Sending the form twice writes once."""
        self.values["note_id"] = [self.value("note_id") or str(uuid4())]
