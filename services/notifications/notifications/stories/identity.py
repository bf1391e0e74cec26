"""What identity tells: links to be mailed, and what the owner of an account should hear of at once."""

from contracts.identity import LinkRequested, RegistrationRepeated, Role, RoleChanged, SecurityMatter, SecurityNotice

from notifications.domain.words import Interest
from notifications.stories.reporter import Reporter

CONFIRM = "confirm-registration"
RESET = "reset-password"
WORKING = (Role.EXAMINER, Role.TERRITORIAL_ACTOR)
"""Those who hear of what their services owe."""


def link_requested(report: Reporter, fact: LinkRequested, kind: str) -> None:
    """A link must be mailed. Its secret is asked of identity when the mail leaves."""
    report.tell_owner(fact.account_id, kind, {"request_id": str(fact.request_id)}, in_inbox=False)


def registration_repeated(report: Reporter, fact: RegistrationRepeated) -> None:
    """Somebody tried to register with an address that has an account."""
    report.tell_owner(fact.account_id, "registration-repeated", {}, in_inbox=False)


def security_notice(report: Reporter, fact: SecurityNotice) -> None:
    """Something happened to the account; with another address, what the old one refused does not count any more."""
    if fact.matter is SecurityMatter.EMAIL_CHANGED:
        report.tx.people.mailbox_changed(fact.account_id, report.meta.occurred_at)
    report.tell_owner(fact.account_id, fact.matter.value, {}, in_inbox=True)


def role_changed(report: Reporter, fact: RoleChanged) -> None:
    """An agent works for services from now on, until a day, or no more: nothing to tell, but to whom to tell."""
    if fact.role not in WORKING:
        return
    report.tx.people.know([fact.account_id])
    for place in fact.places:
        key = duty(fact.role, place)
        if fact.granted:
            report.tx.followers.add_until(fact.account_id, Interest.SERVICE, key, fact.until)
        else:
            report.tx.followers.remove(fact.account_id, Interest.SERVICE, key)


def duty(role: Role, place: str) -> str:
    """The key of an interest in a service."""
    return f"{role.value}/{place}"
