"""The rules in force, kept in memory: they are large, asked for with every ballot, and frozen."""

from dataclasses import dataclass, field
from uuid import UUID

from voting.domain.rules import Rules, sha256
from voting.domain.rules_text import canonical
from voting.repository import Poll, Transaction

MOST = 64


@dataclass(frozen=True, slots=True)
class Book:
    """The rules of one version of an election, and their fingerprint."""

    rules: Rules
    sha256: str


@dataclass(slots=True)
class Books:
    """The books of the elections that this process has seen lately."""

    _known: dict[tuple[UUID, int], Book] = field(default_factory=dict)

    def of(self, tx: Transaction, poll: Poll) -> Book:
        """The book of the version in force."""
        found = self._known.get((poll.id, poll.version))
        if found is None:
            rules = tx.elections.rules(poll.id)
            found = Book(rules, sha256(canonical(rules, poll.version)))
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[poll.id, poll.version] = found
        return found
