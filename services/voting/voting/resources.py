"""What a process of voting is made of, put together once: the only place that knows how."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from chassis.auth import TokenVerifier
from chassis.client import Context, RpcClient
from chassis.database import Database
from contracts.identity import MAY_MANY, MayMany
from contracts.identity.tokens import (
    OPEN_SIGN_OFF_LIST,
    SIGN_OFF_LIST,
    OpenSignOffList,
    ReadSignOffList,
    SignOffList,
)
from contracts.territory import Limit, Territory, load_territory

from voting.books import Books
from voting.domain.rules import Rules
from voting.repository import Transaction, UnitOfWork
from voting.sealed.checks import CheckQueue, Checks
from voting.sealed.encoding import from_base64url
from voting.settings import Settings

DEADLINE_SECONDS = 3.0
"""Below the gateway's own, so that a voter hears why."""


USUAL_CAST_LIMIT = Limit(count=5, seconds=3600, per="credential")
"""Where the territory says nothing."""


class Eligibility(Protocol):
    """Answers who of many may do an action at a place."""

    def refusals(self, accounts: Sequence[UUID], action: str, place: str | None) -> dict[UUID, tuple[str, ...]]:
        """For each account the reasons why it may not; none: it may. Raises a fault if the answer cannot be had."""

    def open_list(self, token: str, rules: Rules, campaign: UUID) -> bytes:
        """Have the sign-off list of a sealed vote opened in the manager's name; the key of its tokens, in DER."""

    def list_of(self, election_id: UUID) -> SignOffList:
        """The sign-off list of a sealed vote: how many tokens were given, and how many people vote on paper."""


class IdentityEligibility:
    """Asks identity."""

    def __init__(self, client: RpcClient, token: str) -> None:
        self._client = client
        self._context = Context(token=token)

    def refusals(self, accounts: Sequence[UUID], action: str, place: str | None) -> dict[UUID, tuple[str, ...]]:
        """For each account the reasons why it may not; none: it may."""
        request = MayMany(account_ids=tuple(accounts), action=action, place=place)
        decisions = self._client.call(MAY_MANY, request, context=self._context, deadline=DEADLINE_SECONDS).decisions
        return {decision.account_id: tuple(decision.refusals) for decision in decisions}

    def open_list(self, token: str, rules: Rules, campaign: UUID) -> bytes:
        """Have the sign-off list of a sealed vote opened in the manager's name; the key of its tokens, in DER."""
        asked = OpenSignOffList(
            election_id=rules.election_id,
            campaign_id=campaign,
            action=rules.eligibility_action,
            place=rules.perimeter,
            closes_at=rules.closes_at,
        )
        context = Context(token=token)
        opened = self._client.call(OPEN_SIGN_OFF_LIST, asked, context=context, deadline=DEADLINE_SECONDS)
        return from_base64url(opened.public_key)

    def list_of(self, election_id: UUID) -> SignOffList:
        """The sign-off list of a sealed vote: how many tokens were given, and how many people vote on paper."""
        asked = ReadSignOffList(election_id=election_id)
        return self._client.call(SIGN_OFF_LIST, asked, context=self._context, deadline=DEADLINE_SECONDS)


def here(function: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401 -- whatever the function gives
    """Run in the calling thread."""
    return function(*arguments)


@dataclass(frozen=True, slots=True)
class Resources:
    """What the doors hand to the use cases."""

    uow: UnitOfWork
    verifier: TokenVerifier
    territory: Territory
    eligibility: Eligibility
    box_secret: bytes
    checks: Checks
    """Where sealed ballots wait for their proofs to be checked."""
    books: Books = field(default_factory=Books)
    apart: Callable[..., Any] = here
    """Runs what takes the processor for long, without holding up who else is served."""

    @property
    def language(self) -> str:
        """The language of documents that are written in one."""
        return self.territory.languages[0]

    @property
    def cast_limit(self) -> Limit:
        """How many sealed ballots are taken with one credential."""
        return self.territory.limits.get("sealed_ballot", (USUAL_CAST_LIMIT,))[0]

    @property
    def places(self) -> frozenset[str]:
        """The codes of the districts and groups that a vote can be held in."""
        districts = {one.code for one in self.territory.districts}
        return frozenset(districts | {one.code for one in self.territory.groups})


def bootstrap(settings: Settings, apart: Callable[..., Any] = here) -> Resources:
    """The resources of a process; ``apart`` says where long counts run, so that others go on meanwhile."""
    database = Database(settings.database_url, size=settings.max_workers + 2)
    return Resources(
        uow=UnitOfWork(database, Transaction),
        verifier=TokenVerifier(settings.jwks_file, settings.token_issuer),
        territory=load_territory(settings.territory_dir),
        eligibility=IdentityEligibility(
            RpcClient(settings.amqp_url, name="voting"), settings.service_token.get_secret_value()
        ),
        box_secret=settings.ballot_box_secret.get_secret_value().encode(),
        checks=CheckQueue(settings.amqp_url),
        apart=apart,
    )
