"""The forms of accounts."""

from contracts.errors import FaultCode

from gateway.forms import messages
from gateway.forms.kit import Field, Form, Options
from gateway.i18n import N_
from gateway.site.visit import Visit

messages.add(
    {
        "wrong-credentials": N_("The address and the password do not go together. Check both and try again."),
        "locked-out": N_("Too many wrong passwords. Wait a few minutes, or choose a new password."),
        "wrong-password": N_("This is not your current password."),
        "too-common": N_("This password is among those that are tried first. Choose several words of your own."),
        "too-few-different-characters": N_("Use more different characters."),
        "contains-your-name": N_("Leave your name and your address out of the password."),
        "link-not-valid": N_("This link has been used or is too old. Ask for a new one."),
        "address-taken": N_("This address has an account by now. Sign in with it."),
        "mail-just-asked": N_("A mail has just gone to this address. Look at your mail, or wait a few minutes."),
        "session-over": N_("Your session is over. Sign in again."),
        "unknown-language": N_("The site does not speak this language."),
        "unknown-district": N_("Choose a district of the list."),
        "in-the-future": N_("This date is in the future."),
        "not-unique": N_("Show an identity document at a counter first: it makes sure that each person acts once."),
        "person-known": N_("This person already has an account."),
        "identifier-taken": N_("This was already done, for something else. Reload the page and start again."),
        "not-a-representative": N_("You do not speak for this collective."),
        "person-needed": N_("Only a person can do this. Leave the collective’s session first."),
        "level-too-low": N_("Your account is not confirmed enough for this. See what is needed on your page."),
        "age-unknown": N_("Give your birth date on your page first."),
        "too-young": N_("You are not old enough for this."),
        "residence-unknown": N_("Give the district where you live on your page first."),
        "not-resident": N_("This is for the people who live there."),
        "kind-not-allowed": N_("A collective cannot do this: come back with your own account."),
        "voting-closed": N_("This vote is closed: no more rights to vote are given."),
        "other-district": N_("You have chosen another district in this campaign."),
        "token-given": N_("Your right to vote was given to another device. Go on there."),
        "votes-on-paper": N_("You were struck off the list to vote on paper."),
        "out-of-range": N_("What your device sent is not well formed. Reload the page and start again."),
        "last-administrator": N_("The last administrator cannot leave."),
    }
)


def district_options(visit: Visit) -> Options:
    """Every district of the territory, and none."""
    named = tuple((one.code, one.name.to(visit.language)) for one in visit.territory.districts)
    return (("", visit.text("I prefer not to say")), *named)


def language_options(visit: Visit) -> Options:
    """The languages of the territory, each in its own name."""
    names = {"fr": "Français", "en": "English"}
    return tuple((code, names.get(code, code)) for code in visit.territory.languages)


class SignInForm(Form):
    """Who, and the password. ``next`` is where to go afterwards."""

    elsewhere = frozenset({FaultCode.NOT_FOUND})
    login = Field(N_("E-mail address or card number"), autocomplete="username")
    password = Field(N_("Password"), kind="password", autocomplete="current-password")
    next = Field("", kind="hidden", at="-")


class RegisterForm(Form):
    """A new account."""

    email = Field(N_("E-mail address"), kind="email", autocomplete="email", hint=N_("It is never shown to others."))
    display_name = Field(
        N_("Public name"),
        autocomplete="nickname",
        hint=N_("It signs what you publish. It can be a first name, or a name you choose."),
    )
    password = Field(
        N_("Password"), kind="password", autocomplete="new-password", hint=N_("12 characters or more: a few words.")
    )
    accepts_terms = Field(N_("I accept the rules of use."), kind="tick")


class AddressForm(Form):
    """Where to send a link."""

    email = Field(N_("E-mail address"), kind="email", autocomplete="email")


class NewPasswordForm(Form):
    """A new password, from a mailed link."""

    elsewhere = frozenset[FaultCode]()
    password = Field(
        N_("New password"), kind="password", autocomplete="new-password", hint=N_("12 characters or more: a few words.")
    )


class ActivateForm(Form):
    """The first sign-in to an account opened at a counter."""

    elsewhere = frozenset[FaultCode]()
    login = Field(N_("Card number"), autocomplete="username")
    code = Field(N_("Code received at the counter"), autocomplete="one-time-code")
    password = Field(
        N_("New password"), kind="password", autocomplete="new-password", hint=N_("12 characters or more: a few words.")
    )


class ProfileForm(Form):
    """How one appears."""

    display_name = Field(N_("Public name"), autocomplete="nickname")
    language = Field(N_("Language of our messages"), kind="select")


class AboutMeForm(Form):
    """What one says of oneself, all of it optional."""

    given_name = Field(N_("First name"), autocomplete="given-name", optional=True, at="/attributes/given_name")
    family_name = Field(N_("Last name"), autocomplete="family-name", optional=True, at="/attributes/family_name")
    birth_date = Field(N_("Birth date"), kind="date", autocomplete="bday", optional=True, at="/attributes/birth_date")
    home_district = Field(N_("District where you live"), kind="select", optional=True, at="/attributes/home_district")
    work_district = Field(
        N_("District where you work or study"), kind="select", optional=True, at="/attributes/work_district"
    )


class ChangePasswordForm(Form):
    """Another password."""

    current = Field(N_("Current password"), kind="password", autocomplete="current-password")
    password = Field(
        N_("New password"), kind="password", autocomplete="new-password", hint=N_("12 characters or more: a few words.")
    )


class ChangeEmailForm(Form):
    """Another address."""

    email = Field(N_("New e-mail address"), kind="email", autocomplete="email")
    password = Field(N_("Password"), kind="password", autocomplete="current-password")


class EraseForm(Form):
    """The end of an account."""

    password = Field(N_("Password"), kind="password", autocomplete="current-password")
    understood = Field(N_("I understand that my account will be erased for good."), kind="tick")
