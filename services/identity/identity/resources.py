"""What a process of identity is made of, put together once: the only place that knows how."""

from dataclasses import dataclass
from datetime import timedelta

from chassis.auth import TokenVerifier
from chassis.database import Database
from contracts.territory import Limit, Territory, load_territory

from identity.domain.lockout import LockRules
from identity.repository import Clock, UnitOfWork, transactions, utc_now
from identity.security.access_tokens import TokenMint
from identity.security.passwords import Passwords, Run, run_here
from identity.security.vault import Vault, read_keys
from identity.settings import IdentitySettings

MAIL_LIMIT = "confirmation_mail"


@dataclass(frozen=True, slots=True)
class Office:
    """What use cases work with."""

    uow: UnitOfWork
    verifier: TokenVerifier
    territory: Territory
    vault: Vault
    passwords: Passwords
    mint: TokenMint
    settings: IdentitySettings

    @property
    def lock_rules(self) -> LockRules:
        """How a login is locked."""
        rules = self.territory.accounts
        return LockRules(rules.failures, timedelta(hours=rules.longest_wait_hours))

    @property
    def mail_limits(self) -> tuple[Limit, ...]:
        """How often a mail may be asked for one address."""
        return self.territory.limits.get(MAIL_LIMIT, ())


def bootstrap(settings: IdentitySettings, run: Run = run_here, clock: Clock = utc_now) -> Office:
    """The office of a process; ``run`` says where passwords are hashed, ``clock`` what time it is."""
    territory = load_territory(settings.territory_dir)
    (index_key,) = read_keys(settings.index_key.get_secret_value())
    vault = Vault(index_key, read_keys(settings.sealing_keys.get_secret_value()))
    database = Database(settings.database_url, size=settings.max_workers + 2)
    return Office(
        uow=UnitOfWork(database, transactions(vault, territory.zone, clock)),
        verifier=TokenVerifier(settings.jwks_file, settings.token_issuer),
        territory=territory,
        vault=vault,
        passwords=Passwords(settings.password_cost, run),
        mint=TokenMint(
            settings.signing_keys_file, settings.token_issuer, timedelta(seconds=settings.access_token_seconds)
        ),
        settings=settings,
    )
