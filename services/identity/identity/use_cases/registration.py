"""From the wish for an account to the account: it begins to exist when the mailed link is used.

Every registration keeps its own password until then, so that nobody can slip theirs under somebody else's address.
"""

from chassis.auth import Caller
from contracts.errors import Fault
from contracts.identity import (
    CITIZEN_REGISTERED,
    REGISTRATION_REPEATED,
    SECURITY_NOTICE,
    Accepted,
    AccountKind,
    ByAddress,
    ByLink,
    CitizenRegistered,
    Confirmed,
    Register,
    RegistrationRepeated,
    SecurityMatter,
    SecurityNotice,
)
from uuid_utils.compat import uuid7

from identity.domain.accounts import EMAIL_LEVEL, Account, Kind, Link, Purpose, Registration
from identity.domain.attributes import Attribute
from identity.repository import Transaction
from identity.resources import Office
from identity.security.vault import digest
from identity.use_cases import checks, links


def register(office: Office, _caller: Caller, request: Register) -> Accepted:
    """Ask for an account. If the address has one already, its owner is told by mail, and nobody else."""
    local_part = request.email.partition("@")[0]
    checks.refuse_if(
        *checks.of_password(request.password, request.display_name, local_part),
        *checks.of_language(office, request.language),
    )
    wanted = Registration(office.passwords.hash(request.password), request.display_name, request.language)
    with office.uow() as tx:
        index = office.vault.login_index(request.email)
        links.count_mail(office, tx, index)
        owner = tx.accounts.by_login(index)
        addressee = links.Addressee(request.email, uuid7(), deliverable=owner is None)
        link = links.new_link(office, tx, Purpose.CONFIRM_REGISTRATION, addressee)
        tx.links.add(link, wanted)
        _tell(tx, link, owner)
    return Accepted()


def _tell(tx: Transaction, link: Link, owner: Account | None) -> None:
    if owner is None:
        links.tell(tx, link)
    else:
        tx.events.append(REGISTRATION_REPEATED, RegistrationRepeated(account_id=owner.id), subject=str(owner.id))


def resend_confirmation(office: Office, _caller: Caller, request: ByAddress) -> Accepted:
    """Mail the link of the last registration again."""
    with office.uow() as tx:
        index = office.vault.login_index(request.email)
        links.count_mail(office, tx, index)
        nobody = links.Addressee(request.email, uuid7(), deliverable=False)
        nobodys = links.new_link(office, tx, Purpose.CONFIRM_REGISTRATION, nobody)
        link = tx.links.newest(index, Purpose.CONFIRM_REGISTRATION)
        links.tell(tx, link if link and link.usable(tx.now) else nobodys)
    return Accepted()


def confirm(office: Office, _caller: Caller, request: ByLink) -> Confirmed:
    """Use the link that confirms an address. Using it again says the same and does nothing."""
    with office.uow() as tx:
        link = tx.links.lock_by_secret(digest(request.token))
        if link is None or link.purpose is Purpose.RESET_PASSWORD:
            raise links.not_valid()
        if link.used_at is None:
            _confirm(tx, link)
        return Confirmed(account_id=link.account_id)


def _confirm(tx: Transaction, link: Link) -> None:
    if not link.usable(tx.now):
        raise links.not_valid()
    if link.purpose is Purpose.CONFIRM_REGISTRATION:
        _open_account(tx, link)
    _attach_address(tx, link)
    tx.links.mark_used(link.id, tx.now)
    tx.links.drop_others(link)


def _open_account(tx: Transaction, link: Link) -> None:
    wanted = tx.links.registration(link.id)
    if wanted is None:
        raise links.not_valid()
    account = Account(
        id=link.account_id,
        kind=Kind.PERSON,
        display_name=wanted.display_name,
        language=wanted.language,
        created_at=tx.now,
        password_hash=wanted.password_hash,
        terms_accepted_at=link.created_at,
    )
    tx.accounts.add(account)
    registered = CitizenRegistered(account_id=account.id, kind=AccountKind.PERSON, at_counter=False)
    tx.events.append(CITIZEN_REGISTERED, registered, subject=str(account.id))


def _attach_address(tx: Transaction, link: Link) -> None:
    """The address becomes a login and a certified attribute. Raises *conflict* if it has become somebody else's."""
    if not tx.accounts.set_login(link.account_id, "email", link.login_index):
        raise Fault.conflict("This address has an account by now.", "address-taken")
    tx.attributes.put(link.account_id, [Attribute("email", link.address, EMAIL_LEVEL, tx.now)])
    if link.purpose is Purpose.CONFIRM_EMAIL:
        changed = SecurityNotice(account_id=link.account_id, matter=SecurityMatter.EMAIL_CHANGED)
        tx.events.append(SECURITY_NOTICE, changed, subject=str(link.account_id))
