"""Logs as JSON lines, counters for Prometheus. An event has a name and fields; never personal data, never a ballot."""

import logging
import sys
from typing import Any

import structlog
from prometheus_client import Counter, Gauge, Histogram

CALLS = Counter("decider_calls_total", "Calls answered", ["call", "outcome"])
CALL_SECONDS = Histogram("decider_call_seconds", "Time to answer a call", ["call"])
HANDLED = Counter("decider_events_handled_total", "Events handled", ["handler", "outcome"])
PARKED = Counter("decider_parked_total", "Messages parked", ["queue"])
STUCK = Gauge("decider_stuck", "Things of the service that wait for somebody to look at them")
PUBLISHED = Counter("decider_events_published_total", "Events published", ["service"])
EVENT_LAG = Gauge("decider_event_log_unpublished", "Events written and not yet published", ["service"])
BATCH_ITEMS = Histogram(
    "decider_batch_items", "Items of a batch", ["call"], buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
)
JOBS = Counter("decider_jobs_total", "Runs of jobs", ["job", "outcome"])

_QUIET = {"nameko": "ERROR", "kombu": "WARNING", "amqp": "ERROR", "alembic": "WARNING", "httpx": "WARNING"}


_frames = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)


def _discreet(exc_info: structlog.typing.ExcInfo) -> list[dict[str, Any]]:
    """A traceback without what people wrote: no local variables, and of each message the first line only.

    PostgreSQL's second line shows the row that failed, pydantic's the input that was wrong.
    """
    stacks = _frames(exc_info)
    for stack in stacks:
        stack["exc_value"] = str(stack["exc_value"]).partition("\n")[0]
    return stacks


def configure(service: str, level: str = "INFO") -> None:
    """Send every log line of this process, ours and the libraries', to standard error as one JSON object."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_discreet),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.EventRenamer("event"),
            structlog.processors.JSONRenderer(),
        ],
        foreign_pre_chain=shared,
    )
    handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(least)
    structlog.contextvars.bind_contextvars(service=service)


def bind(trace: str) -> None:
    """Put the trace identifier on every log line and event of the work that begins now."""
    structlog.contextvars.bind_contextvars(trace=trace)
