"""What the request itself checks of a sealed ballot, cheaply, before anything is queued."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from belenios.ballots import read_ballot
from belenios.checking import check_signer
from belenios.election import Election, read_election
from belenios.refusal import Refused
from contracts.errors import Fault, FieldError

from voting.sealed.store import Frozen
from voting.sealed.tokens import Token, is_valid, token_message
from voting.sealed.trustees import code_of


@dataclass(frozen=True, slots=True)
class Slip:
    """A ballot that may be queued: its bytes, and the text of its credential."""

    ballot: str
    credential: str


@lru_cache(maxsize=64)
def booth_of(election_json: str) -> Election:
    """The rules as the protocol reads them, kept in memory: they are asked for with every ballot, and frozen."""
    return read_election(election_json.encode())


def admit(election_id: UUID, frozen: Frozen, ballot: str, token: Token, *, longest: int) -> Slip | Fault:
    """Size, form, identifiers, token, signature, in this order: the slip, or the first that does not hold."""
    data = ballot.encode()
    if len(data) > longest:
        return _wrong("/ballot", "too-long", f"A ballot of this vote has at most {longest} bytes.")
    election = booth_of(frozen.election_json)
    try:
        read = read_ballot(election, data)
        credential = election.group.text(read.credential)
        if not is_valid(frozen.token_key, token, token_message(election_id, credential)):
            return _wrong("/token", "token-invalid", "This token is not for this vote and credential.")
        check_signer(election, read)
    except Refused as refusal:
        return _wrong("/ballot", code_of(refusal), str(refusal)[:300])
    return Slip(ballot, credential)


def _wrong(pointer: str, code: str, detail: str) -> Fault:
    return Fault.invalid(FieldError(pointer, code, detail))
