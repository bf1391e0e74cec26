"""What a large dossier that was joined to another adds to each batch of supports of it: measured for ``discussion``."""

import statistics
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import perf_counter
from uuid import UUID, uuid4

import sqlalchemy as sa
from chassis.auth import Caller
from chassis.batching import BatchItem
from contracts import ideas as c
from contracts.errors import Fault
from ideas.repository import UnitOfWork
from ideas.tables import supports
from ideas.use_cases import merging, supporting

CROWD = 50_000
"""Supporters of the dossier that is joined."""
BATCH = 100
ROUNDS = 30
NOTICE = timedelta(days=60)
"""Longer than any territory's notice of a merge."""
HEAD = """
## Supports of a dossier that others were joined to

A dossier with {crowd:,} supporters is joined to a second one and counts for it. A batch of {batch} supports of the
second, in milliseconds as above, median and 95th percentile of {rounds} batches, in turns with one of a dossier to
which nothing was joined. The joined supporters are not counted anew: only whoever of the batch is among them.

| who supports | milliseconds |
|---|---:|
"""


def crowd(uow: UnitOfWork, idea_id: UUID) -> Sequence[UUID]:
    """Give a dossier its supporters at once; who they are."""
    people = [uuid4() for _ in range(CROWD)]
    with uow() as tx:
        rows = [{"idea_id": idea_id, "account": one, "supported_at": tx.now} for one in people]
        tx.connection.execute(sa.insert(supports), rows)
    return people


def join(uow: UnitOfWork, after_the_notice: UnitOfWork, agent: Caller, pair: tuple[UUID, UUID]) -> None:
    """Join the second dossier to the first, and have it count."""
    into, joined = pair
    words = {"reason": "already-open", "text": "Ces deux dossiers demandent la même chose au même endroit."}
    request = {"merge_id": uuid4(), "target_id": into, "source_ids": [joined]} | words
    merging.merge_ideas(uow, agent, c.MergeIdeas.model_validate(request))
    if merging.carry_due(after_the_notice) != 1:
        raise RuntimeError("the merge was not carried")


def support(uow: UnitOfWork, idea_id: UUID, people: Sequence[UUID], citizen: Callable[[UUID], Caller]) -> float:
    """One batch; how long it took, in milliseconds."""
    items = [BatchItem(citizen(one), c.SupportIdea(idea_id=c.IdeaId(idea_id))) for one in people]
    start = perf_counter()
    answers = supporting.support_ideas(uow, items)
    took = (perf_counter() - start) * 1000
    if any(isinstance(one, Fault) for one in answers):
        raise RuntimeError("a support was refused")
    return took


def section(uow: UnitOfWork, into: UUID, plain: UUID, joined: Sequence[UUID], citizen: Callable[[UUID], Caller]) -> str:
    """The rows of the page, the three kinds of batches in turns."""
    took: dict[str, list[float]] = {}
    for turn in range(ROUNDS):
        mixed = joined[turn * BATCH : turn * BATCH + 1]
        batches = {
            "new people, nothing joined": (plain, []),
            "new people": (into, []),
            "new people and one of the joined": (into, mixed),
        }
        for name, (idea_id, known) in batches.items():
            people = [*known, *(uuid4() for _ in range(BATCH - len(known)))]
            took.setdefault(name, []).append(support(uow, idea_id, people, citizen))
    rows = (
        f"| {name} | {statistics.median(each):.1f} ({statistics.quantiles(each, n=20)[-1]:.1f}) |\n"
        for name, each in took.items()
    )
    return HEAD.format(crowd=CROWD, batch=BATCH, rounds=ROUNDS) + "".join(rows)
