"""The forms of sealed votes."""

from contracts.errors import FaultCode

from gateway.forms import messages
from gateway.forms.kit import Field, Form
from gateway.i18n import N_

messages.add({"not-stuck": N_("This ballot is not blocked any more.")})


class TrackerForm(Form):
    """The tracker of a sealed ballot."""

    tracker = Field(N_("Tracker of my ballot"), hint=N_("The 43 characters of your receipt. Capitals matter."))


class LeaveOutForm(Form):
    """Why a ballot that cannot be checked is given up."""

    elsewhere = frozenset({FaultCode.UNAUTHENTICATED, FaultCode.NOT_FOUND})
    reason = Field(N_("Why, for everybody to read"), kind="prose", rows=2)
    tracker = Field("", kind="hidden")


class RestartForm(Form):
    """Why the ceremony begins again."""

    elsewhere = frozenset({FaultCode.UNAUTHENTICATED, FaultCode.NOT_FOUND})
    reason = Field(N_("Why, for everybody to read"), kind="prose", rows=2)
