"""What is late is told to the agents who owe it: once per thing and date, by a job."""

from chassis.database import Row
from contracts import ideas as c

from ideas.domain.dossier import Dossier
from ideas.domain.rules import Rules
from ideas.queries import work
from ideas.repository import Transaction, UnitOfWork
from ideas.repository.dossiers import dossier_of
from ideas.translate import facts

AT_ONCE = 100


def alert_overdue(uow: UnitOfWork) -> int:
    """Tell everything that became late; how much there was."""
    told = 0
    while found := _alert_some(uow):
        told += found
    return told


def _alert_some(uow: UnitOfWork) -> int:
    with uow() as tx:
        rows = work.untold(tx.connection, tx.rules, tx.today, AT_ONCE)
        for row in rows:
            if tx.alerts.claim(row.id, row.what, row.due_on, tx.now):
                _tell(tx, dossier_of(row), row)
        return len(rows)


def _tell(tx: Transaction, one: Dossier, row: Row) -> None:
    named = row.asked or one.service
    services = (named,) if named else town_halls(tx.rules, one.place.district)
    more = {"awaited": row.awaited, "services": services, "due_on": row.due_on}
    fact = c.ExaminationOverdue.model_validate(facts.of_dossier(one) | more)
    tx.events.append(c.EXAMINATION_OVERDUE, fact, subject=one.number)


def town_halls(rules: Rules, district: str | None) -> tuple[str, ...]:
    """The services that read the dossiers of a district, while no other is named."""
    return tuple(code for code, districts in rules.services.items() if district in districts)
