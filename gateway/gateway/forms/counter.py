"""The forms of a counter where people vote on paper: who is there, striking off, undoing a mistake."""

from contracts.errors import Fault, FaultCode

from gateway.forms import messages
from gateway.forms.kit import Field, Form
from gateway.i18n import N_

messages.add(
    {
        "unknown-voter": N_("Nobody is found. Check the spelling, or look for the person in the other way."),
        "other-counter": N_("This vote takes place elsewhere: your counter is not of that place."),
        "another-agents-strike-off": N_("Only the agent who struck the person off can undo it."),
        "too-late-to-undo": N_("It is too late to undo this: a quarter of an hour has passed, or the vote is closed."),
    }
)
OF_A_VOTER = {
    "token-given": N_("This person was given a right to vote on screen: they cannot vote on paper as well."),
    "other-district": N_("This person votes in another district in this campaign."),
    "voting-closed": N_("The vote is closed: nobody is struck off any more."),
    "age-unknown": N_("Their date of birth is not known."),
    "too-young": N_("They are not old enough."),
    "level-too-low": N_("Their account is not confirmed enough."),
    "residence-unknown": N_("It is not known where they live."),
    "not-resident": N_("They do not live there."),
    "kind-not-allowed": N_("This is the account of a collective."),
    "not-unique": N_("No agent has seen their document yet."),
    "unknown-account": N_("This account does not exist any more."),
}
"""What the voters' own pages say to them, said of them."""


class CounterForm(Form):
    """A form that stays open whatever the services answer."""

    elsewhere = frozenset({FaultCode.UNAUTHENTICATED})

    def refuse(self, fault: Fault) -> None:
        """Refusals are about the person at the counter, not about the agent."""
        if fault.reason in OF_A_VOTER and not fault.errors:
            self.status = fault.status
            self._add("", self.visit.text(OF_A_VOTER[fault.reason]))
        else:
            Form.refuse(self, fault)


class LoginForm(CounterForm):
    """Somebody, by what they sign in with."""

    login = Field(N_("E-mail address or card number"), focus=True)


class DocumentForm(CounterForm):
    """Somebody, by what their document says."""

    family_name = Field(N_("Family name"))
    given_name = Field(N_("Given name"))
    birth_date = Field(N_("Date of birth"), kind="date")


class StrikeOffForm(CounterForm):
    """Somebody who was found."""

    account_id = Field("", kind="hidden")


class UndoForm(CounterForm):
    """Why a strike-off was a mistake."""

    reason = Field(N_("What was the mistake? The person can read it."))
    account_id = Field("", kind="hidden")
