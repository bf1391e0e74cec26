"""What happens because time passes."""

from contracts import ideas as c

from ideas.domain import dossier as rules_of_dossiers
from ideas.repository import UnitOfWork
from ideas.translate import facts

AT_ONCE = 100


def expire_ideas(uow: UnitOfWork) -> int:
    """Close every dossier whose period is over without its threshold; how many there were."""
    closed = 0
    while found := _expire_some(uow):
        closed += found
    return closed


def _expire_some(uow: UnitOfWork) -> int:
    with uow() as tx:
        over = tx.dossiers.lock_expired(tx.now, AT_ONCE)
        for one in over:
            tx.save(rules_of_dossiers.expire(one, tx.now))
        told = [(one.number, c.IdeaEnded.model_validate(facts.of_dossier(one))) for one in over]
        tx.events.append_all(c.IDEA_EXPIRED, told)
        return len(over)
