"""What the tests of sealed votes share: trustees with their seeds, and an identity that signs tokens."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID

from belenios.ceremony import certificate, decryption_key, key, new_seed, shares
from belenios.credentials import derive, new_credential, public_credential
from belenios.election import Election, read_election
from belenios.groups import Group, group_named
from belenios.sealing import seal
from belenios.secret import Secret
from belenios.threshold import Context
from belenios.trustee.closed import decrypt_archive
from chassis.auth import Caller
from chassis.batching import BatchItem
from contracts.base import Reply
from contracts.errors import Fault
from contracts.voting import CloseElection, DraftElection, ElectionRef, ElectionView, OpenElection
from contracts.voting.sealed import InviteTrustee, SealedElectionView, SendTrusteeMessage, Step
from contracts.voting.sealed_ballots import CastSealedBallot, GetSealedBallot, SealedBallotState, VotingToken
from contracts.voting.sealed_board import GetSealedArchive
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA384
from voting.sealed import board, casting, ceremony, checking, opening, views
from voting.sealed.checks import CheckSealedBallot
from voting.sealed.encoding import base64url, from_base64url
from voting.sealed.tokens import token_message
from voting.use_cases import closing, preparing

from services.voting.tests.world import TOKEN_KEY, World, citizen, draft

NAMES = ("Majorité", "Opposition", "Citoyenne tirée au sort", "Greffe", "Université")
NOBODY = Caller()
JUDGMENT = {"kind": "majority_judgment", "blanks": "ignored"}


def sealed_draft(*, trustees: int = 3, threshold: int = 2, group: str = "Ed25519", **changes: Any) -> DraftElection:
    setup = {"trustees": NAMES[:trustees], "threshold": threshold, "group": group}
    return draft(secrecy="sealed", sealed=setup, **changes)


@dataclass
class Trustees:
    """All the trustees of a vote, each with a seed and a code."""

    group: Group
    threshold: int
    seeds: list[Secret[str]]
    codes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, view: SealedElectionView) -> "Trustees":
        return cls(group_named(view.group), view.threshold, [new_seed() for _ in view.trustees])

    def message(self, view: SealedElectionView, place: int, step: Step) -> str:
        """What a trustee computes from what is public, and its seed."""
        seed = self.seeds[place - 1]
        certificates = [(one.certificate or "").encode() for one in view.trustees]
        if step is Step.CERTIFICATE:
            context = Context(self.group.name, len(self.seeds), self.threshold, place)
            return certificate(self.group, seed, context).decode()
        if step is Step.SHARES:
            return shares(self.group, seed, certificates).decode()
        return key(self.group, seed, certificates, [(one.shares or "").encode() for one in view.trustees]).decode()

    def decryption(self, view: SealedElectionView, place: int, archive: bytes) -> str:
        """A trustee's part of opening the sum: the whole archive is verified first."""
        seed, own = self.seeds[place - 1], (view.trustees[place - 1].key or "").encode()
        certificates = [(one.certificate or "").encode() for one in view.trustees]
        with NamedTemporaryFile(suffix=".bel") as file:
            Path(file.name).write_bytes(archive)
            part = decrypt_archive(Path(file.name), decryption_key(self.group, seed, certificates, own))
        assert part.owner == place or self.threshold == 1, "where one is enough, all have the same key"
        return part.data.decode()


@dataclass
class SealedVote:
    """A sealed vote in a world, and those who take part in it."""

    world: World
    drafted: ElectionView
    trustees: Trustees

    @classmethod
    def draft(cls, world: World, **changes: Any) -> "SealedVote":
        """A draft whose trustees have their codes."""
        drafted = preparing.draft_election(world.resources, world.manager, sealed_draft(**changes))
        vote = cls(world, drafted, Trustees.of(look(world, drafted)))
        vote.trustees.codes = [vote.invite(place) for place in range(1, len(vote.trustees.seeds) + 1)]
        return vote

    @classmethod
    def open(cls, world: World, **changes: Any) -> "SealedVote":
        """A vote that takes ballots."""
        vote = cls.draft(world, **changes)
        vote.carry_out()
        vote.freeze()
        closing.follow_calendar(world.resources)
        return vote

    def invite(self, place: int) -> str:
        request = InviteTrustee(election_id=self.drafted.id, place=place)
        return ceremony.invite_trustee(self.world.resources, self.world.manager, request).code

    def send(self, place: int, step: Step, **changes: Any) -> SealedElectionView:
        message = changes.pop("message", None) or self.trustees.message(self.view, place, step)
        code = changes.pop("code", None) or self.trustees.codes[place - 1]
        request = SendTrusteeMessage(election_id=self.drafted.id, place=place, code=code, step=step, message=message)
        return ceremony.send_trustee_message(self.world.resources, citizen(), request)

    def carry_out(self) -> None:
        """The whole ceremony."""
        for step in (Step.CERTIFICATE, Step.SHARES, Step.KEY):
            for place in range(1, len(self.trustees.seeds) + 1):
                self.send(place, step)

    def freeze(self) -> ElectionView:
        request = OpenElection(id=self.drafted.id)
        return preparing.open_election(self.world.resources, self.world.manager, request)

    def close(self) -> None:
        """The vote ends; what waits is checked, the sum is made."""
        request = CloseElection(id=self.drafted.id, reason="Tout le monde a voté.")
        preparing.close_election(self.world.resources, self.world.manager, request)
        work(self.world)
        opening.follow_closed(self.world.resources)

    def open_sum(self, *places: int) -> None:
        """These trustees send their parts; the result follows if they are enough."""
        for place in places:
            message = self.trustees.decryption(self.view, place, self.archive)
            self.send(place, Step.DECRYPTION, message=message)
        opening.follow_closed(self.world.resources)

    @property
    def archive(self) -> bytes:
        """The archive as it is now."""
        data, part = b"", 0
        while True:
            request = GetSealedArchive(election=str(self.drafted.id), part=part)
            found = board.get_sealed_archive(self.world.resources, NOBODY, request)
            data += from_base64url(found.data)
            if found.next is None:
                assert len(data) == found.size
                return data
            part = found.next

    @property
    def election(self) -> Election:
        return read_election((self.view.election_json or "").encode())

    @property
    def view(self) -> SealedElectionView:
        return look(self.world, self.drafted)


@dataclass
class Voter:
    """Someone with a credential and a token for a vote; nothing else is known of them."""

    vote: SealedVote
    secret: Secret[int]
    token: VotingToken

    @classmethod
    def of(cls, vote: SealedVote) -> "Voter":
        election = vote.election
        secret = derive(election.group, election.uuid, new_credential())
        text = election.group.text(public_credential(election.group, secret))
        return cls(vote, secret, token_for(vote.drafted.id, text))

    def seal(self, *choices: str) -> str:
        """A ballot for these projects; by majority judgment, a grade for each project."""
        questions = self.vote.view.questions
        if questions[0].candidate_id is None:
            bits = [[int(answer in choices) for answer in questions[0].answers]]
        else:
            given = zip(questions, choices, strict=True)
            bits = [[int(answer == grade) for answer in one.answers] for one, grade in given]
        return seal(self.vote.election, self.secret, bits).decode()

    def request(self, ballot: str) -> CastSealedBallot:
        return CastSealedBallot(election_id=self.vote.drafted.id, ballot=ballot, token=self.token)

    def cast(self, ballot: str) -> SealedBallotState:
        """Cast a ballot that must be received."""
        (answer,) = cast_all(self.vote.world, self.request(ballot))
        assert isinstance(answer, SealedBallotState), answer
        return answer


def token_for(election_id: UUID, credential: str) -> VotingToken:
    """What identity's blind signature is once the blinding is taken off."""
    prefix = secrets.token_bytes(32)
    pss = padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=48)
    signature = TOKEN_KEY.sign(prefix + token_message(election_id, credential), pss, SHA384())
    return VotingToken(prefix=base64url(prefix), signature=base64url(signature))


def cast_all(world: World, *requests: CastSealedBallot, caller: Caller = NOBODY) -> list[Reply | Fault]:
    """One batch."""
    return casting.cast_sealed_ballots(world.resources, [BatchItem(caller, request) for request in requests])


def work(world: World) -> None:
    """The workers check all that waits."""
    queue = world.queue.references
    items = [CheckSealedBallot(election_id=one.election_id, tracker=one.tracker.hex()) for one in queue]
    queue.clear()
    checking.check_received(world.resources, [BatchItem(NOBODY, one) for one in items])


def state_of(world: World, state: SealedBallotState) -> SealedBallotState:
    tracker = state.tracker.replace("+", "-").replace("/", "_")
    request = GetSealedBallot(election=str(state.election_id), tracker=tracker)
    return casting.get_sealed_ballot(world.resources, NOBODY, request)


def look(world: World, drafted: ElectionView) -> SealedElectionView:
    return views.get_sealed_election(world.resources, world.manager, ElectionRef(election=str(drafted.id)))
