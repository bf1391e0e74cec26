"""What a process of the service needs, made once from its settings."""

from dataclasses import dataclass

from chassis.auth import TokenVerifier
from chassis.database import Database
from contracts.territory import Permission, Residence, Territory, load_territory

from consultations.domain.rules import Rules
from consultations.people import ACTION, IdentityPeople, People
from consultations.repository import UnitOfWork
from consultations.settings import ConsultationsSettings


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources of one process."""

    uow: UnitOfWork
    verifier: TokenVerifier
    people: People


def bootstrap(settings: ConsultationsSettings) -> Resources:
    """Everything, put together."""
    database = Database(settings.database_url, size=settings.max_workers + 2)
    return Resources(
        uow=UnitOfWork(database, rules_of(load_territory(settings.territory_dir))),
        verifier=TokenVerifier(settings.jwks_file, settings.token_issuer),
        people=IdentityPeople(settings.amqp_url),
    )


def rules_of(territory: Territory) -> Rules:
    """The territory's part of the rules. A territory that says nothing asks for nothing but an account."""
    permission = territory.permissions.get(ACTION, Permission())
    return Rules(
        places=frozenset(one.code for one in territory.districts) | frozenset(one.code for one in territory.groups),
        language=territory.languages[0],
        level=permission.level,
        more_than_level=permission.minimum_age > 0 or permission.residence is not Residence.ANYWHERE,
    )
