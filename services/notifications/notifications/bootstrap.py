"""Puts the parts of the service together, once per process."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from chassis.auth import TokenVerifier
from chassis.client import RpcClient
from chassis.database import Database
from contracts.territory import Territory, load_territory

from notifications.contacts import IdentityContacts
from notifications.crowds import IdeasCrowds
from notifications.post import LetterWriter, Post
from notifications.repository import UnitOfWork, now, open_unit_of_work
from notifications.settings import Settings
from notifications.texts import Texts
from notifications.use_cases.send import Sender

DATABASE_SPARE = 4


@dataclass(frozen=True)
class Resources:
    """What the doors of this process share."""

    settings: Settings
    uow: UnitOfWork
    verifier: TokenVerifier
    territory: Territory
    texts: Texts

    @property
    def keys(self) -> Sequence[bytes]:
        """The keys of links in mails."""
        return self.settings.keys

    @cached_property
    def _client(self) -> RpcClient:
        """Asks other services over a connection of its own, made when first needed."""
        return RpcClient(self.settings.amqp_url, name="notifications")

    @cached_property
    def crowds(self) -> IdeasCrowds:
        """Whom to tell of a merge."""
        return IdeasCrowds(self._client, self.settings.service_token.get_secret_value())

    @cached_property
    def sender(self) -> Sender:
        """Sends mails."""
        settings = self.settings
        contacts = IdentityContacts(self._client, settings.service_token.get_secret_value())
        post = Post(settings.public_url, settings.keys, settings.bounce_domain)
        writer = LetterWriter(self.texts, self.territory, post)
        return Sender(self.uow, contacts, settings.server, writer, self.territory.zone, now)


def bootstrap(settings: Settings) -> Resources:
    """The resources of a process. Raises ``TerritoryErrors`` if the territory's data is not right."""
    territory = load_territory(settings.territory_dir)
    database = Database(settings.database_url, size=settings.max_workers + DATABASE_SPARE)
    return Resources(
        settings=settings,
        uow=open_unit_of_work(database),
        verifier=TokenVerifier(settings.jwks_file, settings.token_issuer),
        territory=territory,
        texts=Texts(territory, settings.territory_dir),
    )
