"""What happens in an election, in which order, and what each event brings with it (§11).

Events form a chain: each names the hash of the one before, so that nothing can be taken out or slipped in unseen.
"""

from dataclasses import dataclass
from enum import StrEnum

from belenios.encoding import (
    Json,
    as_digest,
    as_object,
    as_small,
    as_text,
    as_weight,
    compact_bytes,
    read_canonical,
    weight_json,
)
from belenios.refusal import Check, Refused, require


class Kind(StrEnum):
    """The types of events of an election whose questions are all homomorphic."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


FOLLOWING: dict[Kind | None, frozenset[Kind]] = {
    None: frozenset({Kind.SETUP}),
    Kind.SETUP: frozenset({Kind.BALLOT, Kind.END_BALLOTS}),
    Kind.BALLOT: frozenset({Kind.BALLOT, Kind.END_BALLOTS}),
    Kind.END_BALLOTS: frozenset({Kind.ENCRYPTED_TALLY}),
    Kind.ENCRYPTED_TALLY: frozenset({Kind.PARTIAL_DECRYPTION}),
    Kind.PARTIAL_DECRYPTION: frozenset({Kind.PARTIAL_DECRYPTION, Kind.RESULT}),
    Kind.RESULT: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Event:
    """A link of the chain; `parent` is None for the first, `payload` for an event that brings nothing."""

    parent: str | None
    height: int
    kind: Kind
    payload: str | None


@dataclass(frozen=True, slots=True)
class Setup:
    """Hashes of the three records an election starts from."""

    election: str
    trustees: str
    credentials: str


@dataclass(frozen=True, slots=True)
class SizedTally:
    """How many ballots were counted, their total weight, and the hash of the encrypted tally."""

    num_tallied: int
    total_weight: int
    encrypted_tally: str


@dataclass(frozen=True, slots=True)
class Owned:
    """Which trustee, by number from 1, made the record of this hash."""

    owner: int
    payload: str


def read_event(data: bytes) -> Event:
    """Read an event."""
    return read_canonical(data, _event, _event_json)


def write_event(event: Event) -> bytes:
    """Write an event."""
    return compact_bytes(_event_json(event))


def _event(value: Json) -> Event:
    fields = as_object(value, ("height", "type"), ("parent", "payload"))
    kind = as_text(fields["type"])
    if kind not in list(Kind):
        raise Refused(Check.EVENT, f"the type of event {kind[:40]} is not known here")
    return Event(
        parent=as_digest(fields["parent"]) if "parent" in fields else None,
        height=as_small(fields["height"]),
        kind=Kind(kind),
        payload=as_digest(fields["payload"]) if "payload" in fields else None,
    )


def _event_json(event: Event) -> Json:
    value: dict[str, Json] = {} if event.parent is None else {"parent": event.parent}
    value |= {"height": event.height, "type": event.kind.value}
    return value if event.payload is None else value | {"payload": event.payload}


def read_setup(data: bytes) -> Setup:
    """Read the record that ties the three others together."""
    return read_canonical(data, _setup, _setup_json)


def write_setup(setup: Setup) -> bytes:
    """Write it."""
    return compact_bytes(_setup_json(setup))


def _setup(value: Json) -> Setup:
    fields = as_object(value, ("election", "trustees", "credentials"))
    return Setup(*(as_digest(fields[name]) for name in ("election", "trustees", "credentials")))


def _setup_json(setup: Setup) -> Json:
    return {"election": setup.election, "trustees": setup.trustees, "credentials": setup.credentials}


def read_sized(data: bytes) -> SizedTally:
    """Read the record that accompanies the encrypted tally."""
    return read_canonical(data, _sized, _sized_json)


def write_sized(sized: SizedTally) -> bytes:
    """Write it."""
    return compact_bytes(_sized_json(sized))


def _sized(value: Json) -> SizedTally:
    fields = as_object(value, ("num_tallied", "total_weight", "encrypted_tally"))
    return SizedTally(
        as_small(fields["num_tallied"]), as_weight(fields["total_weight"]), as_digest(fields["encrypted_tally"])
    )


def _sized_json(sized: SizedTally) -> Json:
    return {
        "num_tallied": sized.num_tallied,
        "total_weight": weight_json(sized.total_weight),
        "encrypted_tally": sized.encrypted_tally,
    }


def read_owned(data: bytes) -> Owned:
    """Read the record that says whose a partial decryption is."""
    return read_canonical(data, _owned, _owned_json)


def write_owned(owned: Owned) -> bytes:
    """Write it."""
    return compact_bytes(_owned_json(owned))


def _owned(value: Json) -> Owned:
    fields = as_object(value, ("owner", "payload"))
    owner = as_small(fields["owner"])
    require(owner >= 1, Check.OWNER, "trustees are numbered from 1")
    return Owned(owner, as_digest(fields["payload"]))


def _owned_json(owned: Owned) -> Json:
    return {"owner": owned.owner, "payload": owned.payload}
