"""The broker of the local suite: the one named in AMQP_URL, else a private one where each service has its own account.

On the private one an account reaches its service's queues and exchanges and nothing else: whoever takes over `ideas`
cannot read what is sent to `voting`.
"""

import os
from pathlib import Path

from chassis.testing import private_rabbitmq
from chassis.testing.private_rabbitmq import BrokerPorts, BrokerUser

from decider_local.keys import secret
from decider_local.layout import SERVICES, VAR
from decider_local.state import State

GATEWAY = "gateway"
_REPLIES = r"rpc\.reply-.*"
_RPC = "nameko-rpc"
_EVENTS = r"[a-z]+\.events"
_DIRECT = r"amq\.default"


def given_url() -> str | None:
    """The address of the broker that the operator named."""
    return os.environ.get("AMQP_URL")


def directory() -> Path:
    """Where the private broker lives."""
    return VAR / "rabbitmq"


def ports(state: State) -> BrokerPorts:
    """The private broker's ports."""
    return BrokerPorts(state.port("amqp"), state.port("amqp_distribution"), state.port("amqp_mapper"))


def url(service: str, state: State) -> str:
    """The address with which a service (or the gateway) reaches the broker."""
    return given_url() or account(service).url(state.port("amqp"))


def configure(state: State) -> None:
    """Write the private broker's configuration, accounts included."""
    private_rabbitmq.configure(directory(), ports(state), [account(name) for name in (*SERVICES, GATEWAY)])


def account(service: str) -> BrokerUser:
    """A service's account with the least it needs: queues of its own, calls, events.

    Retries, parked messages and batches go through the default exchange, hence `amq.default`. Subscribing declares the
    other service's exchange, hence every exchange of events may be configured and read, but only one's own written.
    """
    own = rf"rpc-{service}|evt-{service}\..*|batch-{service}\..*"
    password = secret(f"amqp-{service}")
    if service == GATEWAY:
        return BrokerUser(
            service,
            password,
            configure=_any(_REPLIES, _RPC),
            write=_any(_REPLIES, _RPC, _DIRECT),
            read=_any(_REPLIES, _RPC),
        )
    return BrokerUser(
        service,
        password,
        configure=_any(own, _REPLIES, _RPC, _EVENTS),
        write=_any(own, _REPLIES, _RPC, _DIRECT, rf"{service}\.events"),
        read=_any(own, _REPLIES, _RPC, _EVENTS),
    )


def _any(*patterns: str) -> str:
    return f"^({'|'.join(patterns)})$"
