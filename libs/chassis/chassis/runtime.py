"""Turns the process green. Import this before anything else in a service's ``__main__``.

The only module that imports eventlet, so that another way of running workers can take its place. Locks made before
the patch stay native and hang under load; psycopg's C waiting loop would freeze every worker of the process at each
query: both are prevented here and asserted.
"""

import os
import signal
import warnings
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_select"
warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated.*")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import eventlet.tpool  # noqa: E402
import eventlet.wsgi  # noqa: E402
import psycopg.waiting  # noqa: E402

if psycopg.waiting.wait is not psycopg.waiting.wait_select:
    raise RuntimeError("psycopg was imported before chassis.runtime: queries would block every worker")

T = TypeVar("T")


def in_thread(function: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401
    """Run CPU-bound work that releases the GIL (password hashing) in a native thread; the other workers go on."""
    result: T = eventlet.tpool.execute(function, *arguments)
    return result


def sleep(seconds: float) -> None:
    """Let the other workers run."""
    eventlet.sleep(seconds)


class Stoppable(Protocol):
    """What runs until it is stopped, as nameko's ``ServiceRunner``."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """Finish the work at hand, then end."""

    def wait(self) -> None:
        """Return when it has ended."""


def run_until_stopped(runner: Stoppable) -> None:
    """Run until SIGTERM or SIGINT, then stop cleanly."""

    def stop(_number: int, _frame: object) -> None:
        eventlet.spawn_n(runner.stop)  # a signal handler may not wait: it runs in the main loop

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    runner.start()
    waiting = eventlet.spawn(runner.wait)
    while True:
        try:
            waiting.wait()
        except InterruptedError:  # the signal came while the hub was in a system call
            continue
        return


def serve_http(host: str, port: int, application: Callable[..., Any]) -> None:
    """Serve a WSGI application from this process in the background, outside of every worker pool."""
    listener = eventlet.listen((host, port))
    eventlet.spawn(eventlet.wsgi.server, listener, application, log_output=False, keepalive=False)
