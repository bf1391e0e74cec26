"""Domain ⇄ contracts."""

from collections.abc import Iterable, Mapping

from contracts.identity import (
    AccountFile,
    AccountKind,
    AccountView,
    AttributeName,
    CertifiedAttribute,
    CollectiveView,
    GrantView,
    Role,
    SessionView,
)

from identity.domain.accounts import Account, Grant, Session
from identity.domain.attributes import Attribute
from identity.security.access_tokens import RoleClaim


def role_claims(grants: Iterable[Grant]) -> list[RoleClaim]:
    """Roles as the access token says them."""
    return [RoleClaim(grant.role, grant.places, grant.until) for grant in grants]


def grant_view(grant: Grant) -> GrantView:
    """A role as agents and its holder see it."""
    return GrantView(
        grant_id=grant.id,
        account_id=grant.account_id,
        role=Role(grant.role),
        places=grant.places,
        until=grant.until,
        granted_at=grant.granted_at,
        revoked_at=grant.revoked_at,
    )


def certified(known: Mapping[str, Attribute]) -> tuple[CertifiedAttribute, ...]:
    """Attributes as their person sees them."""
    return tuple(
        CertifiedAttribute.model_validate(
            {
                "name": AttributeName(one.name),
                "value": one.value,
                "level": one.level,
                "certified_at": one.certified_at,
            }
        )
        for one in known.values()
    )


def level_of(account: Account, known: Mapping[str, Attribute]) -> int:
    """The highest certification of an account."""
    return account.collective_level or max((one.level for one in known.values()), default=0)


def account_view(account: Account, known: Mapping[str, Attribute], grants: Iterable[Grant]) -> AccountView:
    """One's own account."""
    return AccountView(
        account_id=account.id,
        kind=AccountKind(account.kind),
        display_name=account.display_name,
        language=account.language,
        level=level_of(account, known),
        login=account.card_number,
        attributes=certified(known),
        roles=tuple(grant_view(grant) for grant in grants),
        created_at=account.created_at,
    )


def account_file(account: Account, known: Mapping[str, Attribute], grants: Iterable[Grant]) -> AccountFile:
    """An account as an agent sees it."""
    return AccountFile(
        account_id=account.id,
        kind=AccountKind(account.kind),
        display_name=account.display_name,
        login=account.card_number,
        attributes=certified(known),
        roles=tuple(grant_view(grant) for grant in grants),
        created_at=account.created_at,
        opened_at_counter=account.at_counter,
    )


def session_view(session: Session, current: str) -> SessionView:
    """A session as its owner sees it; ``current`` is the session that asks."""
    return SessionView(
        session_id=session.id,
        device=session.device,
        created_at=session.created_at,
        last_used_at=session.rotated_at,
        current=str(session.id) == current,
    )


def collective_view(account: Account) -> CollectiveView:
    """A collective as its representatives see it."""
    return CollectiveView.model_validate(
        {
            "account_id": account.id,
            "display_name": account.display_name,
            "register_number": account.register_number,
            "level": account.collective_level,
            "created_at": account.created_at,
        }
    )
