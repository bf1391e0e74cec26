"""What a process of the service needs, made once from its settings."""

from dataclasses import dataclass

from chassis.auth import TokenVerifier
from chassis.database import Database
from contracts.territory import Territory, load_territory

from ideas.files.bucket import connect
from ideas.files.inspecting import Apart, Inspect, here, inspector
from ideas.files.looking import Clean
from ideas.files.store import Directory, Store
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
    store: Store
    inspect: Inspect


def bootstrap(settings: IdeasSettings, apart: Apart[Clean] = here) -> Resources:
    """Everything, put together; ``apart`` says where files are looked at."""
    territory = load_territory(settings.territory_dir)
    database = Database(settings.database_url, size=settings.max_workers + 2)
    return Resources(
        uow=UnitOfWork(database, rules_of(territory)),
        verifier=TokenVerifier(settings.jwks_file, settings.token_issuer),
        territory=territory,
        signer=Signer(settings.record_key.get_secret_value()),
        store=_store(settings),
        inspect=inspector(apart),
    )


def _store(settings: IdeasSettings) -> Store:
    if not settings.files_url:
        return Directory(settings.files_dir)
    key, secret = settings.files_access_key.get_secret_value(), settings.files_secret_key.get_secret_value()
    return connect(settings.files_url, key, secret, settings.files_region)
