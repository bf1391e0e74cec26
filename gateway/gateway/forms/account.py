"""The forms of accounts."""

from gateway.forms import messages
from gateway.forms.kit import Field, Form
from gateway.i18n import N_

messages.add(
    {
        "wrong-credentials": N_("The address and the password do not go together. Check both and try again."),
    }
)


class SignInForm(Form):
    """Who, and the password. ``next`` is where to go afterwards."""

    login = Field(N_("E-mail address or card number"), autocomplete="username")
    password = Field(N_("Password"), kind="password", autocomplete="current-password")
    next = Field("", kind="hidden", at="-")
