"""The codec of everything on the bus: JSON without magic.

kombu's own JSON wraps and revives Python types (``{"__type__": …}``), which other languages cannot read and anybody
can abuse. Importing this module replaces it, under the same content type, by plain and strict JSON: no NaN, no lone
surrogates, no revival.
"""

from typing import Any

import orjson
from amqp.exceptions import AMQPError
from kombu import serialization
from kombu.exceptions import OperationalError

BROKER_ERRORS = (AMQPError, OperationalError, OSError)
"""What talking to the broker raises while it is away: kombu hides a refused connection in an error of its own."""


def dumps(value: Any) -> bytes:  # noqa: ANN401
    """Compact UTF-8 JSON. Raises ``TypeError`` for what JSON cannot say."""
    return orjson.dumps(value)


def loads(text: str | bytes | memoryview) -> Any:  # noqa: ANN401
    """The inverse of :func:`dumps`. Raises ``ValueError`` for anything that is not strict JSON."""
    return orjson.loads(text)


serialization.register("json", dumps, loads, content_type="application/json", content_encoding="utf-8")
