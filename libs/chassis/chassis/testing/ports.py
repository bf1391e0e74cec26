"""Free loopback ports for private servers."""

import random
import socket
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"
_BELOW_EPHEMERAL = range(20000, 32000)


def free_ports(count: int) -> list[int]:
    """`count` different loopback ports on which nothing listens.

    They lie below the kernel's ephemeral range, so that no outgoing connection takes one before its server does.
    """
    found: list[int] = []
    with ExitStack() as held:
        for port in random.sample(_BELOW_EPHEMERAL, 1000):
            if len(found) == count:
                break
            candidate = held.enter_context(socket.socket())
            if _binds(candidate, port):
                found.append(port)
    if len(found) < count:
        raise RuntimeError(f"only {len(found)} of {count} free ports on {LOOPBACK}")
    return found


def is_free(port: int) -> bool:
    """Whether a server could listen on this loopback port now."""
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return _binds(candidate, port)


def _binds(candidate: socket.socket, port: int) -> bool:
    try:
        candidate.bind((LOOPBACK, port))
    except OSError:
        return False
    return True
