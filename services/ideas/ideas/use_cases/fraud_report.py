"""What is said of the review of supports: in public without names, and to auditors who looked."""

from datetime import timedelta

from chassis.auth import Caller
from contracts import ideas as c
from contracts.identity import Role

from ideas.queries import fraud
from ideas.repository import UnitOfWork
from ideas.use_cases import access

LOOKED_BACK = timedelta(days=365)
AUDITORS = (Role.AUDITOR, Role.ADMINISTRATOR)


def read_fraud_report(uow: UnitOfWork) -> c.FraudReport:
    """The last twelve months, in public."""
    with uow() as tx:
        since = tx.now - LOOKED_BACK
        signals = fraud.signals(tx.connection, since)
        return c.FraudReport(
            **fraud.totals(tx.connection, since)._asdict(),
            supports=fraud.given(tx.connection, since),
            signals=tuple(c.SignalCount.model_validate(row._asdict()) for row in signals),
            counted_at=tx.now,
        )


def list_fraud_log(uow: UnitOfWork, caller: Caller, request: c.ListFraudLog) -> c.FraudLog:
    """Who looked at groups and decided."""
    with uow() as tx:
        access.agent(caller, AUDITORS, (None,))
        rows, after = fraud.log(tx.connection, request.after, request.limit)
        return c.FraudLog(items=tuple(c.FraudLogItem.model_validate(row._asdict()) for row in rows), next=after)
