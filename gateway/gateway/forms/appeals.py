"""The forms of appeals: an author's, and the decision of another moderator."""

from contracts.ideas import AppealOutcome, AppealView

from gateway.forms import messages
from gateway.forms.desk import DeskForm, reasons
from gateway.forms.kit import Field, Form
from gateway.i18n import N_

messages.add(
    {
        "appeal-too-late": N_("The time to appeal is over."),
        "nothing-to-appeal": N_("There is no decision to appeal against."),
        "appealed-already": N_("You have already appealed: this can be done once."),
        "another-moderator": N_("You took the first decision: a colleague decides the appeal."),
        "appeal-decided": N_("This appeal was decided already."),
    }
)


class AppealForm(Form):
    """Why the decision should be looked at again."""

    text = Field(
        N_("Why should the decision be looked at again?"),
        kind="prose",
        rows=6,
        max=2000,
        hint=N_("Moderators alone read it."),
    )
    appeal_id = Field("", kind="hidden")


class DecideAppealForm(DeskForm):
    """Uphold the first decision, or undo it."""

    outcome = Field(N_("Your decision"), kind="choice")
    reason = Field(N_("Reason"), kind="select")
    text = Field(N_("What the public will read"), kind="prose", rows=3)

    def offer_for(self, appeal: AppealView) -> None:
        """The two ends of an appeal, and the reasons of both."""
        text = self.visit.text
        self.options["outcome"] = (
            (AppealOutcome.OVERTURNED.value, text("Undo the first decision")),
            (AppealOutcome.UPHELD.value, text("Keep the first decision")),
        )
        kept = reasons(self.visit, appeal.contested.decision)
        self.options["reason"] = (*kept, *reasons(self.visit, "overturn")[1:])
