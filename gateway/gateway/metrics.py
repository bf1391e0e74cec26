"""What is counted for Prometheus: requests by route and status, calls by service and outcome."""

import os

from prometheus_client import REGISTRY as DEFAULT
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0)
REQUESTS = Histogram(
    "gateway_request_seconds", "Time to answer a request", ("method", "route", "status"), buckets=BUCKETS
)
CALLS = Histogram("gateway_call_seconds", "Time of a call to a service", ("call", "outcome"), buckets=BUCKETS)
CACHE = Counter("gateway_cache_total", "Anonymous reads answered from the cache or not", ("outcome",))


def observe_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one request. ``route`` is the template, never the address."""
    REQUESTS.labels(method, route, str(status)).observe(seconds)


def exposition() -> bytes:
    """The text that Prometheus reads; of all worker processes when ``PROMETHEUS_MULTIPROC_DIR`` is set."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(DEFAULT)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
