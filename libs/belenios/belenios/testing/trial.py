"""Trial elections for tests, benchmarks and rehearsals: the secrets of everybody in one place, as a real one must not.

What it writes is a real archive, made by the same functions that serve a real election.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from belenios.archive.writer import ArchiveWriter
from belenios.base58 import new_uuid
from belenios.ceremony import assemble, certificate, decryption_key, key, new_seed, shares
from belenios.checking import check_ballot
from belenios.credentials import derive, new_credential, public_credential, write_roll
from belenios.decryption import check_decryption, combine, decrypt, find_result, write_result
from belenios.election import Election, Question, read_election
from belenios.groups import Element, Group, group_named
from belenios.keys import new_secret_key, trustee_key
from belenios.sealing import Choices, seal
from belenios.secret import Secret
from belenios.tally import of_answers, product, weighted, write_tally
from belenios.threshold import Context, Threshold
from belenios.trustees import Item, check_trustees, decryption_keys, write_trustees

DATE = 1_795_442_199


@dataclass
class Trial:
    """An election and all its secrets. `secrets[k]` belongs to trustee number k + 1, `voters[i]` to voter i."""

    election: Election
    trustees: tuple[Item, ...]
    secrets: list[Secret[int]]
    voters: list[Secret[int]]
    weights: list[int]
    ballots: list[tuple[int, bytes]] = field(default_factory=list)

    @property
    def group(self) -> Group:
        """The election's group."""
        return self.election.group

    @property
    def roll(self) -> dict[Element, int]:
        """The public credentials with their weights."""
        keys = (public_credential(self.group, voter) for voter in self.voters)
        return dict(zip(keys, self.weights, strict=True))

    def vote(self, voter: int, choices: Sequence[Choices]) -> bytes:
        """Seal a ballot of this voter and put it in the box."""
        ballot = seal(self.election, self.voters[voter], choices)
        self.ballots.append((voter, ballot))
        return ballot

    def archive(self, decrypting: Sequence[int] | None = None) -> bytes:
        """Close, tally, decrypt with these trustees (all by default, numbered from 1) and write the archive."""
        stream = BytesIO()
        self.write(ArchiveWriter(stream, DATE), decrypting)
        return stream.getvalue()

    def write(self, writer: ArchiveWriter, decrypting: Sequence[int] | None = None) -> None:
        """Write the whole archive."""
        group, election = self.group, self.election
        writer.setup(election.data, write_trustees(group, self.trustees), write_roll(group, self.roll))
        last = {voter: check_ballot(election, ballot) for voter, ballot in self.ballots}
        for _, ballot in self.ballots:
            writer.ballot(ballot)
        writer.end_ballots()
        counted = (weighted(group, of_answers(ballot.answers), self.weights[voter]) for voter, ballot in last.items())
        tally = product(election, counted)
        weight = sum(self.weights[voter] for voter in last)
        writer.encrypted_tally(write_tally(group, tally), len(last), weight)
        partials, keys = {}, decryption_keys(self.trustees)
        for owner in decrypting or range(1, len(self.secrets) + 1):
            data = decrypt(election, tally, self.secrets[owner - 1])
            partials[owner] = check_decryption(election, tally, keys[owner - 1], data)
            writer.partial_decryption(owner, data)
        opened = combine(group, self.trustees, partials)
        writer.result(write_result(find_result(group, tally, opened, weight)))


def run_ceremony(group: Group, threshold: int, size: int) -> tuple[Threshold, list[Secret[int]]]:
    """Run a whole threshold ceremony; return its parameters and the decryption key of each trustee."""
    seeds = [new_seed() for _ in range(size)]
    contexts = [Context(group.name, size, threshold, index) for index in range(1, size + 1)]
    certificates = [certificate(group, seed, context) for seed, context in zip(seeds, contexts, strict=True)]
    messages = [shares(group, seed, certificates) for seed in seeds]
    keys = [key(group, seed, certificates, messages) for seed in seeds]
    parameters = assemble(group, certificates, messages, keys)
    own = [decryption_key(group, seed, certificates, message) for seed, message in zip(seeds, keys, strict=True)]
    return parameters, own


def make_trustees(group: Group, layout: Sequence[tuple[int, int]]) -> tuple[tuple[Item, ...], list[Secret[int]]]:
    """Make trustees: (1, 1) is a single one, (t, n) a threshold of t among n."""
    items: list[Item] = []
    secrets: list[Secret[int]] = []
    for threshold, size in layout:
        if size == 1:
            secrets.append(new_secret_key(group))
            items.append(trustee_key(group, secrets[-1]))
        else:
            item, keys = run_ceremony(group, threshold, size)
            items.append(item)
            secrets += keys
    return tuple(items), secrets


def make_trial(
    group_name: str, questions: Sequence[Question], layout: Sequence[tuple[int, int]], weights: Sequence[int]
) -> Trial:
    """Make an election with one voter for each weight."""
    group = group_named(group_name)
    trustees, secrets = make_trustees(group, layout)
    uuid = new_uuid()
    rules = Election("Essai", "Élection d'essai", group_name, check_trustees(group, trustees), tuple(questions), uuid)
    election = read_election(rules.data)
    voters = [derive(group, uuid, new_credential()) for _ in weights]
    return Trial(election, trustees, secrets, voters, list(weights))
