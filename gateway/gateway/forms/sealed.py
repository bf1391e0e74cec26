"""The forms of sealed votes."""

from gateway.forms.kit import Field, Form
from gateway.i18n import N_


class TrackerForm(Form):
    """The tracker of a sealed ballot."""

    tracker = Field(N_("Tracker of my ballot"), hint=N_("The 43 characters of your receipt. Capitals matter."))
