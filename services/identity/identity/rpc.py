"""The doors of identity: each call leads to its use case, and nothing else happens here."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import identity as contract
from contracts.base import Empty
from contracts.identity import paper as at_counter
from contracts.identity import tokens

from identity.resources import Office
from identity.use_cases import (
    agents,
    collectives,
    counter,
    delivery,
    names,
    own_account,
    paper,
    passwords,
    registration,
    rights,
    roles,
    sessions,
    sign_offs,
    signing_in,
)


class IdentityRpc:
    """Answers the calls of :mod:`contracts.identity`."""

    name = "identity"
    resources: Office = Provided()

    @serves(contract.REGISTER)
    def register(self, caller: Caller, request: contract.Register) -> contract.Accepted:
        """Ask for an account."""
        return registration.register(self.resources, caller, request)

    @serves(contract.RESEND_CONFIRMATION)
    def resend_confirmation(self, caller: Caller, request: contract.ByAddress) -> contract.Accepted:
        """Mail the link of the last registration again."""
        return registration.resend_confirmation(self.resources, caller, request)

    @serves(contract.CONFIRM)
    def confirm(self, caller: Caller, request: contract.ByLink) -> contract.Confirmed:
        """Use the link that confirms an address."""
        return registration.confirm(self.resources, caller, request)

    @serves(contract.REQUEST_PASSWORD_RESET)
    def request_password_reset(self, caller: Caller, request: contract.ByAddress) -> contract.Accepted:
        """Have a link mailed, if the address has an account; if not, the same is written and told, and goes nowhere."""
        return passwords.request_password_reset(self.resources, caller, request)

    @serves(contract.RESET_PASSWORD)
    def reset_password(self, caller: Caller, request: contract.ResetPassword) -> Empty:
        """Use the link, once."""
        return passwords.reset_password(self.resources, caller, request)

    @serves(contract.CHANGE_PASSWORD)
    def change_password(self, caller: Caller, request: contract.ChangePassword) -> Empty:
        """Another password for somebody who knows the present one."""
        return passwords.change_password(self.resources, caller, request)

    @serves(contract.CHANGE_EMAIL)
    def change_email(self, caller: Caller, request: contract.ChangeEmail) -> contract.Accepted:
        """Have a link mailed to another address: it counts once the link was used."""
        return own_account.change_email(self.resources, caller, request)

    @serves(contract.MY_ACCOUNT)
    def my_account(self, caller: Caller, request: contract.Nothing) -> contract.AccountView:
        """The caller's account."""
        return own_account.my_account(self.resources, caller, request)

    @serves(contract.UPDATE_ACCOUNT)
    def update_account(self, caller: Caller, request: contract.UpdateAccount) -> contract.AccountView:
        """Change what is given."""
        return own_account.update_account(self.resources, caller, request)

    @serves(contract.DECLARE_ATTRIBUTES)
    def declare_attributes(self, caller: Caller, request: contract.DeclareAttributes) -> contract.AccountView:
        """Say something of oneself."""
        return own_account.declare_attributes(self.resources, caller, request)

    @serves(contract.MY_ACCESSES)
    def my_accesses(self, caller: Caller, request: contract.ReadAccesses) -> contract.AccessPage:
        """Who of the administration has read or changed the caller's data, and why."""
        return own_account.my_accesses(self.resources, caller, request)

    @serves(contract.EXPORT_MY_DATA)
    def export_my_data(self, caller: Caller, request: contract.Nothing) -> contract.AccountExport:
        """Everything identity holds of the caller."""
        return own_account.export_my_data(self.resources, caller, request)

    @serves(contract.ERASE_ACCOUNT)
    def erase_account(self, caller: Caller, request: contract.EraseAccount) -> Empty:
        """Erase the caller's account for good; every service hears of it."""
        return own_account.erase_account(self.resources, caller, request)

    @serves(contract.SIGN_IN)
    def sign_in(self, caller: Caller, request: contract.SignIn) -> contract.Session:
        """Begin a session."""
        return signing_in.sign_in(self.resources, caller, request)

    @serves(contract.REFRESH)
    def refresh(self, caller: Caller, request: contract.Refresh) -> contract.Session:
        """The next pair of tokens."""
        return sessions.refresh(self.resources, caller, request)

    @serves(contract.SIGN_OUT)
    def sign_out(self, caller: Caller, request: contract.SignOut) -> Empty:
        """End the session of a refresh token, also of one that was replaced."""
        return sessions.sign_out(self.resources, caller, request)

    @serves(contract.SIGN_OUT_EVERYWHERE)
    def sign_out_everywhere(self, caller: Caller, request: contract.Nothing) -> Empty:
        """End every session of the caller."""
        return sessions.sign_out_everywhere(self.resources, caller, request)

    @serves(contract.MY_SESSIONS)
    def my_sessions(self, caller: Caller, request: contract.Nothing) -> contract.Sessions:
        """Where the caller is signed in."""
        return sessions.my_sessions(self.resources, caller, request)

    @serves(contract.END_SESSION)
    def end_session(self, caller: Caller, request: contract.EndSession) -> Empty:
        """End one session of the caller's own."""
        return sessions.end_session(self.resources, caller, request)

    @serves(contract.ACTIVATE)
    def activate(self, caller: Caller, request: contract.Activate) -> contract.Session:
        """First sign-in with card number and code; the person chooses a password, the code is spent."""
        return signing_in.activate(self.resources, caller, request)

    @serves(contract.JWKS)
    def jwks(self, caller: Caller, request: contract.Nothing) -> contract.Keys:
        """The public keys of access tokens."""
        return sessions.jwks(self.resources, caller, request)

    @serves(contract.GRANT_ROLE)
    def grant_role(self, caller: Caller, request: contract.GrantRole) -> contract.GrantReply:
        """Entrust a role to a person."""
        return roles.grant_role(self.resources, caller, request)

    @serves(contract.REVOKE_ROLE)
    def revoke_role(self, caller: Caller, request: contract.RevokeRole) -> contract.GrantReply:
        """Take a role back; tokens that still say it expire within minutes."""
        return roles.revoke_role(self.resources, caller, request)

    @serves(contract.LIST_GRANTS)
    def list_grants(self, caller: Caller, request: contract.ListGrants) -> contract.GrantPage:
        """Roles, newest first."""
        return roles.list_grants(self.resources, caller, request)

    @serves(contract.FIND_ACCOUNT)
    def find_account(self, caller: Caller, request: contract.FindAccount) -> contract.AccountFile:
        """The account that a login leads to."""
        return agents.find_account(self.resources, caller, request)

    @serves(contract.READ_ACCOUNT)
    def read_account(self, caller: Caller, request: contract.ReadAccount) -> contract.AccountFile:
        """An account with its attributes."""
        return agents.read_account(self.resources, caller, request)

    @serves(contract.LIST_ACCESSES)
    def list_accesses(self, caller: Caller, request: contract.ListAccesses) -> contract.AccessPage:
        """The log of accesses."""
        return agents.list_accesses(self.resources, caller, request)

    @serves(contract.OPEN_COUNTER_ACCOUNT)
    def open_counter_account(self, caller: Caller, request: contract.OpenCounterAccount) -> contract.CounterAccount:
        """Open an account for somebody at the counter, who gets a card number and a code."""
        return counter.open_counter_account(self.resources, caller, request)

    @serves(contract.CERTIFY_ATTRIBUTES)
    def certify_attributes(self, caller: Caller, request: contract.CertifyAttributes) -> contract.Certified:
        """Certify what a document says of a person."""
        return counter.certify_attributes(self.resources, caller, request)

    @serves(contract.VALIDATE_COLLECTIVE)
    def validate_collective(self, caller: Caller, request: contract.ValidateCollective) -> Empty:
        """The collective is what it says it is."""
        return counter.validate_collective(self.resources, caller, request)

    @serves(contract.DISPLAY_NAMES)
    def display_names(self, caller: Caller, request: contract.DisplayNames) -> contract.Names:
        """One entry for each account asked for, in the same order; without a name if the account is no more."""
        return names.display_names(self.resources, caller, request)

    @serves(contract.OPEN_COLLECTIVE)
    def open_collective(self, caller: Caller, request: contract.OpenCollective) -> contract.CollectiveReply:
        """Declare a collective and become its first representative."""
        return collectives.open_collective(self.resources, caller, request)

    @serves(contract.MY_COLLECTIVES)
    def my_collectives(self, caller: Caller, request: contract.Nothing) -> contract.Collectives:
        """The collectives that the caller may speak for."""
        return collectives.my_collectives(self.resources, caller, request)

    @serves(contract.ACT_AS)
    def act_as(self, caller: Caller, request: contract.ActAs) -> contract.Session:
        """Begin a session in which the caller speaks for a collective."""
        return collectives.act_as(self.resources, caller, request)

    @serves(contract.MAY)
    def may(self, caller: Caller, request: contract.May) -> contract.Decision:
        """May the account do the action? People ask about themselves, services about anybody."""
        return rights.may(self.resources, caller, request)

    @serves(contract.MAY_MANY)
    def may_many(self, caller: Caller, request: contract.MayMany) -> contract.Decisions:
        """The same for many accounts at once, in their order (services only)."""
        return rights.may_many(self.resources, caller, request)

    @serves(tokens.OPEN_SIGN_OFF_LIST)
    def open_sign_off_list(self, caller: Caller, request: tokens.OpenSignOffList) -> tokens.SignOffList:
        """Open the sign-off list of an election, with a key of its own."""
        return sign_offs.open_sign_off_list(self.resources, caller, request)

    @serves(tokens.SIGN_OFF_LIST)
    def sign_off_list(self, caller: Caller, request: tokens.ReadSignOffList) -> tokens.SignOffList:
        """What everybody may know of a sign-off list."""
        return sign_offs.sign_off_list(self.resources, caller, request)

    @serves(tokens.ISSUE_TOKEN)
    def issue_token(self, caller: Caller, request: tokens.IssueToken) -> tokens.BlindSignature:
        """Sign the caller off and sign what was sent, once."""
        return sign_offs.issue_token(self.resources, caller, request)

    @serves(tokens.STRIKE_OFF)
    def strike_off(self, caller: Caller, request: tokens.StrikeOff) -> tokens.StruckOff:
        """Strike a person off for paper."""
        return paper.strike_off(self.resources, caller, request)

    @serves(at_counter.FIND_VOTER)
    def find_voter(self, caller: Caller, request: at_counter.FindVoter) -> at_counter.Voter:
        """Somebody who wants to vote on paper."""
        return paper.find_voter(self.resources, caller, request)

    @serves(at_counter.UNDO_STRIKE_OFF)
    def undo_strike_off(self, caller: Caller, request: at_counter.UndoStrikeOff) -> at_counter.StrikeOffUndone:
        """Undo one's own strike-off, while it is fresh."""
        return paper.undo_strike_off(self.resources, caller, request)

    @serves(at_counter.READ_PAPER_DAY)
    def read_paper_day(self, caller: Caller, request: at_counter.ReadPaperDay) -> at_counter.PaperDay:
        """What the counters have done today."""
        return paper.read_paper_day(self.resources, caller, request)

    @serves(tokens.MY_SIGN_OFFS)
    def my_sign_offs(self, caller: Caller, request: contract.Nothing) -> tokens.SignOffs:
        """For which elections the caller was given a token."""
        return sign_offs.my_sign_offs(self.resources, caller, request)

    @serves(contract.CONTACT_FOR_DELIVERY)
    def contact_for_delivery(self, caller: Caller, request: contract.ContactForDelivery) -> contract.Contact:
        """Where to write to, and a new secret for the link if one was asked for."""
        return delivery.contact_for_delivery(self.resources, caller, request)
