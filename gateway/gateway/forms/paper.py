"""The forms of signatures on paper: a batch, and taking one back."""

from gateway.forms import messages
from gateway.forms.desk import SAID, DeskForm
from gateway.forms.kit import Field
from gateway.i18n import N_

messages.add(
    {
        "collected-in-the-future": N_("This day is still to come."),
        "not-counted": N_("Only a batch of this dossier that counts can be corrected."),
        "another-agent": N_("You entered it: another agent confirms it."),
    }
)


class PaperForm(DeskForm):
    """One collection of signatures."""

    signatures = Field(N_("How many signatures"), kind="number")
    place = Field(N_("Where they were collected"), max=200, hint=N_("Public. For example: Marché d’Aligre."))
    collected_on = Field(N_("On which day"), kind="date")
    reference = Field(N_("Where the sheets are kept"), max=200, hint=N_("For agents. No name of a person here."))
    batch_id = Field("", kind="hidden")
    replaces = Field("", kind="hidden", optional=True)


class WithdrawPaperForm(DeskForm):
    """Take a batch back."""

    text = Field(SAID, kind="prose", rows=2)
