"""Votes for tests of the gateway: a service that gives its committed examples, and people who are signed in."""

import json
import re
from pathlib import Path
from typing import Any

import contracts
from contracts import identity
from contracts import voting as calls
from contracts.registry import Call

from gateway.testing import samples
from gateway.testing.stand_ins import Browser, FakeServices

EXAMPLES = Path(contracts.__file__).parents[1] / "examples" / "voting"


def example(call: Call[Any, Any], **changes: Any) -> Any:
    """The reply of a committed example."""
    reply = json.loads((EXAMPLES / f"{call.name}.json").read_text(encoding="utf-8"))["reply"]
    return call.reply.model_validate(reply | changes)


def give_examples(services: FakeServices) -> None:
    """The service answers every call with its example."""
    for call in calls.CONTRACT.calls:
        services.on(call, example(call))


def sign_in(browser: Browser, services: FakeServices, *roles: str) -> None:
    """Somebody who holds these roles signs in; what was asked for it is forgotten."""
    services.on(identity.SIGN_IN, samples.session(*roles))
    services.on(identity.MY_ACCOUNT, samples.account())
    sent = browser.send("/compte/connexion", "/compte/connexion", {"login": "nadia@exemple.fr", "password": "secret"})
    assert sent.status_code == 303
    services.asked.clear()


def asked(services: FakeServices, call: Call[Any, Any]) -> list[Any]:
    """The requests of a call, in order."""
    return [request for route, request, _ in services.asked if route == call.route]


def plain(text: str) -> str:
    """The words of a page, with plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")
