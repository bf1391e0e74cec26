"""Jobs by the clock. Timers tick in every replica; a lock in the database lets one of them do the work."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from nameko.timer import Timer

from chassis import telemetry
from chassis.database import is_outage

log = structlog.get_logger()


def every(*, seconds: float, name: str) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """Call the decorated method ``(self)`` about every ``seconds``, in one replica at a time.

    A job that fails is logged and tried at the next tick: make it do what is due, not what was due at this tick.
    """

    def decorate(method: Callable[..., None]) -> Callable[..., Any]:
        @wraps(method)
        def tick(self: Any) -> None:  # noqa: ANN401
            telemetry.JOBS.labels(name, _run_alone(self, method, name)).inc()

        decorated: Callable[..., Any] = Timer.decorator(interval=seconds, eager=True)(tick)
        return decorated

    return decorate


def _run_alone(self: Any, method: Callable[..., None], name: str) -> str:  # noqa: ANN401
    try:
        with self.resources.uow.database.exclusive(f"job.{name}") as connection:
            if connection is None:
                return "elsewhere"
            method(self)
    except Exception as error:
        if is_outage(error):
            log.warning("job_postponed", job=name)
        else:
            log.exception("job_failed", job=name)
        return "failed"
    return "ok"
