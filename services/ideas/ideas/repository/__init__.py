"""Rows ⇄ domain, and the transaction that holds it all together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import sqlalchemy as sa
from chassis import database
from chassis.event_log import EventLog

from ideas.domain import record
from ideas.domain.dossier import Change, Dossier
from ideas.domain.problems import DomainError
from ideas.domain.record import Link, Step
from ideas.domain.rules import KindRules, Rules
from ideas.repository.again import AskedAgain
from ideas.repository.appeals import Appeals
from ideas.repository.attachments import Attachments
from ideas.repository.campaigns import Campaigns
from ideas.repository.comments import Comments
from ideas.repository.debates import Debates
from ideas.repository.dossiers import Dossiers
from ideas.repository.drafts import Drafts
from ideas.repository.examination import Alerts, Commitments, InternalNotes, Opinions
from ideas.repository.files import Files
from ideas.repository.fraud import FraudGroups
from ideas.repository.heads import Heads
from ideas.repository.merges import Merges
from ideas.repository.paper import PaperBatches
from ideas.repository.projects import Projects
from ideas.repository.records import Records
from ideas.repository.supports import Stages, Supports
from ideas.repository.taken import TakenItems
from ideas.repository.works import AllWorks
from ideas.translate.faults import fault_of


@dataclass(frozen=True, slots=True)
class Transaction:
    """One unit of work: what happens in it happens at ``now``, all or nothing."""

    connection: sa.Connection
    now: datetime
    rules: Rules
    events: EventLog
    dossiers: Dossiers
    supports: Supports
    stages: Stages
    records: Records
    drafts: Drafts
    comments: Comments
    heads: Heads
    files: Files
    opinions: Opinions
    commitments: Commitments
    internal_notes: InternalNotes
    alerts: Alerts
    appeals: Appeals
    campaigns: Campaigns
    attachments: Attachments
    taken: TakenItems
    projects: Projects
    works: AllWorks
    debates: Debates
    merges: Merges
    paper: PaperBatches
    fraud: FraudGroups
    again: AskedAgain

    @property
    def today(self) -> date:
        """The day of the territory."""
        return self.rules.day(self.now)

    def kind(self, dossier: Dossier) -> KindRules:
        """The rules of the dossier's kind."""
        return self.rules.kinds[dossier.kind]

    def add(self, change: Change) -> Dossier:
        """Keep a new dossier and the beginning of its record."""
        dossier, links = self._chained(*change)
        self.dossiers.add(dossier, self.kind(dossier).threshold, self.now)
        self.records.append(dossier.id, links)
        return dossier

    def save(self, change: Change) -> Dossier:
        """Keep a locked dossier as it is now, and what its record gained. No step: nothing changed."""
        if not change.steps:
            return change.dossier
        dossier, links = self._chained(*change)
        dossier = replace(dossier, version=dossier.version + 1)
        self.dossiers.save(dossier)
        self.records.append(dossier.id, links)
        return dossier

    def _chained(self, dossier: Dossier, steps: Iterable[Step]) -> tuple[Dossier, Sequence[Link]]:
        links = []
        for step in steps:
            links.append(record.follow(dossier.number, dossier.steps, dossier.head, self.now, step))
            dossier = replace(dossier, steps=links[-1].position, head=links[-1].hash)
        return dossier, links


def utc_now() -> datetime:
    """The clock of the service."""
    return datetime.now(UTC)


class UnitOfWork(database.UnitOfWork[Transaction]):
    """Opens the service's transactions. What the domain refuses in one leaves as a fault, with nothing changed."""

    def __init__(self, db: database.Database, rules: Rules, clock: Callable[[], datetime] = utc_now) -> None:
        super().__init__(db, lambda connection: _transaction(connection, rules, clock()))

    @contextmanager
    def __call__(self) -> Iterator[Transaction]:
        """One transaction: committed on leaving, undone on any exception."""
        try:
            with super().__call__() as tx:
                yield tx
        except DomainError as error:
            raise fault_of(error) from error


def _transaction(connection: sa.Connection, rules: Rules, now: datetime) -> Transaction:
    return Transaction(
        connection=connection,
        now=now,
        rules=rules,
        events=EventLog(connection),
        dossiers=Dossiers(connection),
        supports=Supports(connection),
        stages=Stages(connection),
        records=Records(connection),
        drafts=Drafts(connection),
        comments=Comments(connection),
        heads=Heads(connection),
        files=Files(connection),
        opinions=Opinions(connection),
        commitments=Commitments(connection),
        internal_notes=InternalNotes(connection),
        alerts=Alerts(connection),
        appeals=Appeals(connection),
        campaigns=Campaigns(connection),
        attachments=Attachments(connection),
        taken=TakenItems(connection),
        projects=Projects(connection),
        works=AllWorks(connection),
        debates=Debates(connection),
        merges=Merges(connection),
        paper=PaperBatches(connection),
        fraud=FraudGroups(connection),
        again=AskedAgain(connection),
    )
