"""What the tests of sealed votes share: trustees with their seeds, and an identity that signs tokens."""

from dataclasses import dataclass, field
from typing import Any

from belenios.ceremony import certificate, key, new_seed, shares
from belenios.groups import Group, group_named
from belenios.secret import Secret
from belenios.threshold import Context
from contracts.voting import DraftElection, ElectionRef, ElectionView, OpenElection
from contracts.voting.sealed import InviteTrustee, SealedElectionView, SendTrusteeMessage, Step
from voting.sealed import ceremony, views
from voting.use_cases import closing, preparing

from services.voting.tests.world import World, citizen, draft

NAMES = ("Majorité", "Opposition", "Citoyenne tirée au sort", "Greffe", "Université")
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

    @property
    def view(self) -> SealedElectionView:
        return look(self.world, self.drafted)


def look(world: World, drafted: ElectionView) -> SealedElectionView:
    return views.get_sealed_election(world.resources, world.manager, ElectionRef(election=str(drafted.id)))
