"""The participatory budget of Toulouse 2024, held again: its 183 projects, its 7,260 ballots, each by an account.

The published votes of each project are compared with what was counted here.
"""

import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from voting.pabulib import Frame, Reader, Vote, ballot_of, draft_of, opened

from decider_demo.api import Api, Refused
from decider_demo.inhabitants import Counter as Desk
from decider_demo.inhabitants import Newcomer, Person, together

FILE = "pabulib/toulouse/France_Toulouse_2024.pb.gz"
SLUG = "toulouse-2024"
WORDS = {
    "title": {
        "fr": "Budget participatif de Toulouse 2024, voté de nouveau",
        "en": "Participatory budget of Toulouse 2024, voted again",
    },
    "description": {
        "fr": "Les projets et les bulletins publiés par Toulouse, déposés ici un par un : le compte est-il le même ?",
        "en": "The projects and the ballots that Toulouse published, cast here one by one: is the count the same?",
    },
}
"""What the vote is called here; the file names it in a few English words."""
DISTRICTS = [f"750{number:02d}" for number in range(5, 21)]
SETTLERS, VOTERS = 16, 64
"""How many act at once: an account costs password hashes; ballots travel together."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A ballot that was taken: its outcome, and the seconds until the answer."""

    outcome: str
    seconds: float


@dataclass(slots=True)
class Poll:
    """What the file says, what was cast, what was counted."""

    expected: dict[str, int]
    ballots: int
    problems: list[str]
    counted: dict[str, int] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    in_box: int = 0

    def note(self, vote: Vote, sent: Sent | Refused) -> None:
        """Count a ballot that was cast, or keep why it was not."""
        if isinstance(sent, Refused):
            self.problems.append(f"{FILE}:{vote.line}: {sent}")
            return
        self.outcomes[sent.outcome] += 1
        self.latencies.append(sent.seconds)

    @property
    def equal(self) -> bool:
        """Whether every ballot is in the box and every project was counted as published."""
        return self.in_box == self.ballots and self.expected == self.counted

    @property
    def rate(self) -> float:
        """Ballots per second, from the first request to the last answer."""
        return len(self.latencies) / self.seconds if self.seconds else math.nan

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of the casts did not exceed."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[math.ceil(share * len(ordered)) - 1] if ordered else math.nan


def hold(desk: Desk, data: Path) -> Poll:
    """Hold the whole vote: announce, cast, close, count. Done again, it reads what was counted."""
    with opened(data / FILE) as reader:
        draft = draft_of(reader, frame(desk)) | WORDS
        votes = list(reader.votes())
        ballots = int(reader.meta.get("num_votes")) if reader.meta.get("num_votes").isdigit() else len(votes)
        poll = Poll(published(reader), ballots, [f"{FILE}:{p.line}: {p.reason}" for p in reader.problems])
    if not closed(desk.api, draft["id"]):
        announce(desk.api, draft)
        cast_all(desk, draft["id"], votes, poll)
        desk.api.post(f"/elections/{draft['id']}/closing", {"reason": "Tous les bulletins sont déposés."})
    read_result(desk.api, draft["id"], poll)
    return poll


def frame(desk: Desk) -> Frame:
    """What the file does not say."""
    now = datetime.now(UTC).replace(microsecond=0)
    return Frame(str(desk.seed.uuid("election", SLUG)), SLUG, now, now + timedelta(days=7))


def published(reader: Reader) -> dict[str, int]:
    """The published votes of each project."""
    return {id_: project.votes or 0 for id_, project in reader.projects.items()}


def closed(api: Api, id_: str) -> bool:
    """Whether the vote was held and closed before."""
    try:
        return str(api.get(f"/elections/{id_}")["state"]) in {"closed", "published"}
    except Refused:
        return False


def announce(api: Api, draft: dict[str, Any]) -> None:
    """Publish the rules, unless they are."""
    try:
        api.get(f"/elections/{draft['id']}")
    except Refused:
        api.post("/elections", draft)
        api.post(f"/elections/{draft['id']}/opening", {})


def cast_all(desk: Desk, id_: str, votes: Sequence[Vote], poll: Poll) -> None:
    """Give each voter an account, then cast all ballots, many at once."""
    newcomers = [newcomer(number, vote) for number, vote in enumerate(votes)]
    voters = together(partial(settled, desk), newcomers, threads=SETTLERS, title="Accounts of the voters")
    wait_until_open(desk.api, id_)
    people = [voter for voter in voters if isinstance(voter, Person)]
    together(Person.renew, people, threads=SETTLERS, title="Their sessions, still valid")
    began = time.monotonic()
    pairs = list(zip(votes, voters, strict=True))
    answers = together(lambda one: cast(desk, id_, *one), pairs, threads=VOTERS, title="Ballots")
    poll.seconds = time.monotonic() - began
    for vote, answer in zip(votes, answers, strict=True):
        poll.note(vote, answer)


def newcomer(number: int, vote: Vote) -> Newcomer:
    """The inhabitant who casts this ballot; the districts in turn."""
    return Newcomer(f"toulouse-{vote.voter}", f"Votant·e {vote.voter}", DISTRICTS[number % len(DISTRICTS)])


def settled(desk: Desk, newcomer: Newcomer) -> Person | Refused:
    """The voter's account, or why there is none."""
    try:
        return desk.settle(newcomer)
    except Refused as reason:
        return reason


def wait_until_open(api: Api, id_: str) -> None:
    """Voting begins at the announced second; the clock of the service opens it."""
    while api.get(f"/elections/{id_}")["state"] == "announced":
        time.sleep(1)


def cast(desk: Desk, id_: str, vote: Vote, voter: Person | Refused) -> Sent | Refused:
    """Cast one ballot: its outcome and how long the voter waited, or why it was refused."""
    if isinstance(voter, Refused):
        return voter
    body = {"cast_id": str(desk.seed.uuid("cast", SLUG, vote.voter)), "ballot": ballot_of("approval", vote)}
    token = voter.token
    began = time.monotonic()
    try:
        receipt = desk.api.post(f"/elections/{id_}/ballots", body, token=token)
    except Refused as reason:
        return reason
    return Sent(str(receipt["outcome"]), time.monotonic() - began)


def read_result(api: Api, id_: str, poll: Poll) -> None:
    """Wait for the published result and take its numbers."""
    while api.get(f"/elections/{id_}")["state"] != "published":
        time.sleep(0.5)
    result = api.get(f"/elections/{id_}/result")
    poll.counted = {row["candidate_id"]: int(row["votes"]) for row in result["ranking"]}
    poll.in_box = int(result["ballots"])
