"""What a process of the service needs, made once from its settings."""

from dataclasses import dataclass

from chassis.auth import TokenVerifier
from chassis.database import Database
from contracts.territory import Territory, load_territory

from ideas.repository import UnitOfWork
from ideas.settings import IdeasSettings
from ideas.signing import Signer
from ideas.translate.rules import rules_of


@dataclass(frozen=True, slots=True)
class Resources:
    """The resources of one process."""

    uow: UnitOfWork
    verifier: TokenVerifier
    territory: Territory
    signer: Signer


def bootstrap(settings: IdeasSettings) -> Resources:
    """Everything, put together."""
    territory = load_territory(settings.territory_dir)
    database = Database(settings.database_url, size=settings.max_workers + 2)
    return Resources(
        uow=UnitOfWork(database, rules_of(territory)),
        verifier=TokenVerifier(settings.jwks_file, settings.token_issuer),
        territory=territory,
        signer=Signer(settings.record_key.get_secret_value()),
    )
