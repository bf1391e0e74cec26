"""The forms of the review of supports."""

from gateway.forms import messages
from gateway.forms.desk import SAID, DeskForm
from gateway.forms.kit import Field
from gateway.i18n import N_

messages.add({"group-decided": N_("It was decided otherwise meanwhile: look again.")})


class ProposeForm(DeskForm):
    """Propose that a group be taken out."""

    text = Field(SAID, kind="prose", rows=3, hint=N_("It stands in the record once another agent has confirmed."))


class DismissForm(DeskForm):
    """Find the supports real."""

    note = Field(N_("Why, for agents"), optional=True, max=1000)


class ConfirmForm(DeskForm):
    """Take them out."""


class GiveBackForm(DeskForm):
    """Give supports back."""

    text = Field(SAID, kind="prose", rows=3)
