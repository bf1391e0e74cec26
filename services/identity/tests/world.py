"""A city with an identity service: its office on a real database, a clock to turn, people to register."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from chassis.auth import Caller, Grant
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from contracts.registry import Event, event
from identity import keys
from identity.resources import Office, bootstrap
from identity.settings import IdentitySettings
from identity.use_cases import delivery, registration, signing_in

ROOT = Path(__file__).parents[3]
PASSWORD = "Neuf pigeons roux 9"
ANOTHER = "Dix moineaux gris 10"
WHY = "La personne est au guichet."
NOBODY = Caller()


class Clock:
    """The service's time; tests turn it."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Now."""
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


def settings(folder: Path, database_url: str, amqp_url: str = "amqp://nowhere") -> dict[str, str]:
    """The environment of an identity service whose keys are in a folder. Passwords are hashed cheaply."""
    keys.init(folder)
    return {
        "DATABASE_URL": database_url,
        "AMQP_URL": amqp_url,
        "JWKS_FILE": str(folder / keys.PUBLIC),
        "TERRITORY_DIR": str(ROOT / "territories" / "paris"),
        "SIGNING_KEYS_FILE": str(folder / keys.SIGNING),
        "INDEX_KEY_FILE": str(folder / keys.INDEX),
        "SEALING_KEYS_FILE": str(folder / keys.SEALING),
        "ARGON2_MEMORY_KIB": "64",
        "ARGON2_PASSES": "1",
    }


def make_office(folder: Path, database_url: str, clock: Clock) -> Office:
    """An office in this process."""
    given = {name.lower(): value for name, value in settings(folder, database_url).items()}
    for name in ("index_key", "sealing_keys"):
        given[name] = Path(given.pop(f"{name}_file")).read_text()
    return bootstrap(IdentitySettings.model_validate(given), clock=clock)


def service(name: str) -> Caller:
    """Another service, with its service token."""
    return Caller(account=uuid4(), grants=(Grant("service", frozenset({name})),))


def agent(role: str, *places: str) -> Caller:
    """Somebody of the administration."""
    return Caller(account=uuid4(), level=250, grants=(Grant(role, frozenset(places or {"*"})),))


@dataclass
class World:
    """The office and what tests do again and again."""

    office: Office
    clock: Clock

    def events(self, kind: Event[Any] | None = None) -> list[dict[str, Any]]:
        """The payloads of what was told, oldest first; of one event, if it is given."""
        log = sa.text("SELECT topic, payload FROM event_log ORDER BY position")
        with self.office.uow() as tx:
            rows = tx.connection.execute(log).all()
        return [row.payload for row in rows if kind is None or row.topic == kind.topic]

    def topics(self) -> list[str]:
        """The topics of everything that was told, oldest first."""
        with self.office.uow() as tx:
            return list(tx.connection.scalars(sa.text("SELECT topic FROM event_log ORDER BY position")))

    def check_what_was_told(self) -> None:
        """Every event that any test provoked is exactly what the contract says, and names nobody."""
        for topic, payload in zip(self.topics(), self.events(), strict=True):
            event("identity", topic).payload.model_validate(payload, extra="forbid")
            assert "@" not in json.dumps(payload)

    def contact(self, payload: dict[str, Any]) -> contract.Contact:
        """What notifications gets to hear when it handles an event."""
        request = contract.ContactForDelivery.model_validate(payload)
        return delivery.contact_for_delivery(self.office, service("notifications"), request)

    def link(self, kind: Event[Any] = contract.CONFIRMATION_REQUESTED) -> str:
        """The secret in the mail that the last such event leads to."""
        secret = self.contact(self.events(kind)[-1]).secret
        assert secret is not None
        return secret

    def ask_for_account(self, email: str, password: str = PASSWORD, name: str = "Camille") -> None:
        """Fill in the form."""
        form = {"email": email, "password": password, "display_name": name, "language": "fr", "accepts_terms": True}
        registration.register(self.office, NOBODY, contract.Register.model_validate(form))

    def registered(self, email: str = "camille@example.org", name: str = "Camille") -> UUID:
        """A person with a confirmed account."""
        self.ask_for_account(email, name=name)
        return registration.confirm(self.office, NOBODY, contract.ByLink(token=self.link())).account_id

    def sign_in(self, login: str = "camille@example.org", password: str = PASSWORD) -> contract.Session:
        """Sign in."""
        return signing_in.sign_in(self.office, NOBODY, contract.SignIn(login=login, password=password))

    def caller(self, session: contract.Session) -> Caller:
        """Who asks with the session's access token, as every service sees it."""
        return self.office.verifier.caller({"token": session.access_token})

    def citizen(self, email: str = "camille@example.org", name: str = "Camille") -> Caller:
        """A person, registered and signed in."""
        self.registered(email, name)
        return self.caller(self.sign_in(email))

    def table(self, name: str) -> str:
        """Everything a table holds, as text."""
        with self.office.uow() as tx:
            rows = tx.connection.execute(sa.text(f"SELECT row_to_json(t) AS row FROM {name} t"))
            return json.dumps([row.row for row in rows], ensure_ascii=False)


def reason_of(fault: Fault) -> tuple[FaultCode, str]:
    """What kind of refusal it is."""
    return fault.code, fault.reason
