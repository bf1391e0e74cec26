"""Nothing is kept longer than it serves."""

from identity.resources import Office


def forget_past(office: Office) -> None:
    """Delete expired links and the registrations behind them, ended sessions, counters that no longer count."""
    with office.uow() as tx:
        tx.links.purge(tx.now)
        tx.sessions.purge(tx.now)
        tx.limits.purge(tx.now)
