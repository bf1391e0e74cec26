"""Freezing a sealed vote: rules, key and trustees become public and final; identity begins to sign tokens."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from belenios.groups import group_named
from belenios.trustees import check_trustees, write_trustees
from chassis.auth import Caller
from contracts.voting import ELECTION_ANNOUNCED, ElectionAnnounced, ElectionView

from voting import queries, translate
from voting.domain import election as domain
from voting.domain.election import Election, State
from voting.domain.errors import DomainError
from voting.domain.rules import Rules, sha256
from voting.domain.rules_text import canonical
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed.keys import Keyring
from voting.sealed.questions import Booth, election_of
from voting.sealed.store import Frozen
from voting.sealed.trustees import Trustee, assembled, missing, server_key
from voting.sealed.views import found, setup_of
from voting.use_cases.managing import managed

SALT_BYTES = 32
LOT_BYTES = 16


def freeze_election(resources: Resources, caller: Caller, election_id: UUID) -> ElectionView:
    """Freeze, hash and publish the rules, with the key that the trustees and the server made; the calendar opens it."""
    with resources.uow() as tx:
        rules = managed(tx, caller, election_id).rules
        _require_ceremony(tx.sealed.trustees(election_id))
    token_key = resources.eligibility.open_list(caller.token, rules, campaign_of(rules))
    with resources.uow() as tx:
        election = managed(tx, caller, election_id)
        if election.state is State.DRAFT:
            announced = domain.announce(election, now=tx.now, lot_seed=secrets.token_hex(LOT_BYTES))
            tx.elections.save(announced)
            tx.elections.publish_rules(announced, notice="", by=caller.citizen(), at=tx.now)
            frozen = _freeze(resources, tx, announced, token_key)
            _tell(tx, announced, frozen.rules_sha256)
        return queries.election_view(tx, election_id)


def campaign_of(rules: Rules) -> UUID:
    """What identity knows the campaign by: of its elections with a place, a person votes in one."""
    return uuid5(NAMESPACE_URL, f"urn:decider:campaign:{rules.campaign}") if rules.campaign else rules.election_id


def _require_ceremony(trustees: list[Trustee]) -> None:
    if missing(trustees):
        raise DomainError("ceremony-incomplete", "The trustees have not made the key of this vote yet.")


def _freeze(resources: Resources, tx: Transaction, election: Election, token_key: bytes) -> Frozen:
    election_id = election.rules.election_id
    salt = secrets.token_bytes(SALT_BYTES)
    keyring = Keyring.of(resources.box_secret, salt, election_id)
    paper = Paper(election, found(tx, str(election_id))[1].uuid, resources.language, token_key)
    frozen: Frozen = resources.apart(paper.written, tx.sealed.trustees(election_id), keyring)
    tx.sealed.freeze(election_id, salt, frozen)
    tx.box.open(election_id)
    return frozen


@dataclass(frozen=True, slots=True)
class Paper:
    """The documents of a vote that is frozen."""

    election: Election
    uuid: str
    language: str
    token_key: bytes

    def written(self, trustees: Sequence[Trustee], keyring: Keyring) -> Frozen:
        """Put the key together, and write everything that it enters."""
        rules = self.election.rules
        group = group_named(setup_of(self.election).group)
        holders = assembled(group, trustees, server_key(group, keyring.decryption(group)))
        digest = sha256(canonical(rules, self.election.version))
        key = check_trustees(group, holders)
        written = election_of(rules, Booth(self.uuid, group, key), rules_sha256=digest, language=self.language)
        return Frozen(
            rules_sha256=digest,
            election_json=written.data.decode(),
            trustees_json=write_trustees(group, holders).decode(),
            token_key=self.token_key,
            receipt_key=keyring.verifies_receipts(),
        )


def _tell(tx: Transaction, election: Election, rules_sha256: str) -> None:
    rules = election.rules
    payload = ElectionAnnounced(
        **translate.event_fields(election),
        rules_sha256=rules_sha256,
        opens_at=rules.opens_at,
        closes_at=rules.closes_at,
    )
    tx.events.append(ELECTION_ANNOUNCED, payload, subject=rules.slug)
