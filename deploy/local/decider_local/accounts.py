"""The accounts of the broker: each program reaches its own queues and exchanges and nothing else.

Whoever takes over `ideas` cannot read what is sent to `voting`, nor tell events in its name.
"""

from chassis.testing.private_rabbitmq import VIRTUAL_HOST, BrokerUser

from decider_local.keys import secret
from decider_local.layout import GATEWAY, SERVICES

_REPLIES = r"rpc\.reply-.*"
_RPC = "nameko-rpc"
_EVENTS = r"[a-z]+\.events"
_DIRECT = r"amq\.default"


def everybody() -> list[BrokerUser]:
    """The accounts of all programs, running or not."""
    return [account(program) for program in (*SERVICES, GATEWAY)]


def broker_url(program: str, broker: str) -> str:
    """The address with which a program reaches the broker: of its own account, unless a whole address is given."""
    if "://" in broker:
        return broker
    return f"amqp://{program}:{account(program).password}@{broker}/{VIRTUAL_HOST}"


def account(program: str) -> BrokerUser:
    """A program's account with the least it needs.

    Retries, parked messages and batches go through the default exchange, hence `amq.default`. Subscribing declares the
    other service's exchange, hence every exchange of events may be configured and read, but only one's own written.
    """
    password = secret(f"amqp-{program}")
    if program == GATEWAY:
        reached = _any(_REPLIES, _RPC)
        return BrokerUser(program, password, configure=reached, write=_any(_REPLIES, _RPC, _DIRECT), read=reached)
    own = rf"rpc-{program}(\.parked)?|evt-{program}\..*|batch-{program}\..*"
    return BrokerUser(
        program,
        password,
        configure=_any(own, _REPLIES, _RPC, _EVENTS),
        write=_any(own, _REPLIES, _RPC, _DIRECT, rf"{program}\.events"),
        read=_any(own, _REPLIES, _RPC, _EVENTS),
    )


def _any(*patterns: str) -> str:
    return f"^({'|'.join(patterns)})$"
