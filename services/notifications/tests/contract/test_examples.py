"""The committed examples: of every call, through the real door; of every event we hear, through its subscription."""

import json
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import jwt
import pytest
from chassis.auth import TokenVerifier
from chassis.rpc import WireFault
from contracts.errors import Fault
from contracts.notifications import CONTRACT, DELIVERY_FAILED
from contracts.registry import Call, Event
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from notifications.domain.words import Topic
from notifications.rpc import NotificationsRpc
from notifications.subscriptions import NotificationsEvents
from notifications.use_cases.unsubscribe import unsubscribe_token

from services.notifications.tests.world import KEYS, TERRITORY, TEXTS, World

EXAMPLES = Path(__file__).parents[4] / "libs" / "contracts" / "examples"
CAMILLE = UUID("01927f3e-0000-7000-8000-000000000001")
STORY = UUID("01927f3e-0000-7000-8000-0000000000bb")
NOTICE = UUID("01927f3e-0000-7000-8000-0000000000aa")


def example(service: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / service / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def token(tmp_path: Path) -> tuple[str, Path]:
    """Camille's access token, and the file of public keys that verifies it."""
    key = Ed25519PrivateKey.generate()
    public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(key.public_key())) | {"kid": "k", "alg": "EdDSA"}
    (tmp_path / "jwks.json").write_text(json.dumps({"keys": [public]}))
    now = int(datetime.now(UTC).timestamp())
    claims = {"iss": "decider", "aud": "decider", "sub": str(CAMILLE), "iat": now, "exp": now + 600, "lvl": 200}
    return jwt.encode(claims, key, "EdDSA", {"kid": "k"}), tmp_path / "jwks.json"


def door(world: World, keys: Path) -> NotificationsRpc:
    resources = SimpleNamespace(uow=world.uow, verifier=TokenVerifier(keys), texts=TEXTS, keys=KEYS)
    opened = NotificationsRpc()
    opened.resources = resources  # type: ignore[assignment]
    return opened


def ask(
    world: World, call: Call[Any, Any], request: dict[str, Any], token: tuple[str, Path], *, signed_in: bool = True
) -> Any:
    context = {"token": token[0] if signed_in else None, "trace": "t", "locale": "fr"}
    answer = getattr(door(world, token[1]), call.name)(request, context)
    return call.reply.model_validate(json.loads(json.dumps(answer)))


def settle(world: World) -> None:
    """Camille follows a dossier and has one message, as the examples say."""
    with world.uow() as tx:
        tx.people.know([CAMILLE])
    statements = (
        "INSERT INTO follower (interest, key, account_id) VALUES ('dossier', 'PAR-2026-004217', :a) RETURNING 1",
        "INSERT INTO story (id, kind, priority, occurred_at, parameters, subject_kind, subject_key, audiences,"
        " in_inbox)"
        " VALUES (:s, 'answer-published', 2, now(), '{\"outcome\": \"accepted\", \"reason\": null}', 'dossier',"
        " 'PAR-2026-004217', '[]', true) RETURNING 1",
        "INSERT INTO notice (id, story_id, account_id, topic) VALUES (:n, :s, :a, 'contributions') RETURNING 1",
    )
    for statement in statements:
        world.rows(statement, a=CAMILLE, s=STORY, n=NOTICE)


def completed(world: World, request: dict[str, Any]) -> dict[str, Any]:
    """The example's request, with a token that is really ours where it holds one."""
    if "token" not in request:
        return request
    with world.uow() as tx:
        handle = tx.people.handles([CAMILLE])[CAMILLE]
    return request | {"token": unsubscribe_token(handle, Topic.FOLLOWED, KEYS)}


@pytest.mark.parametrize("call", CONTRACT.calls, ids=lambda call: call.name)
def test_every_example_of_a_call_goes_through_the_door(world: World, call: Call[Any, Any], token: Any) -> None:
    settle(world)
    written = example("notifications", call.name)
    reply = ask(world, call, completed(world, written["request"]), token)
    expected = call.reply.model_validate(written["reply"])
    assert set(reply.model_dump()) == set(expected.model_dump())
    for field in ("kind", "key", "following", "unread", "topics", "quiet_from", "weekly_cap", "topic", "outcome"):
        if hasattr(expected, field):
            assert getattr(reply, field) == getattr(expected, field)


PUBLIC = {"get_follow", "read_unsubscribe", "unsubscribe", "report_bounce"}


@pytest.mark.parametrize("call", CONTRACT.calls, ids=lambda call: call.name)
def test_only_public_calls_answer_somebody_unknown(world: World, call: Call[Any, Any], token: Any) -> None:
    request = completed(world, example("notifications", call.name)["request"])
    if call.name in PUBLIC:
        ask(world, call, request, token, signed_in=False)
        return
    with pytest.raises(WireFault) as refused:
        ask(world, call, request, token, signed_in=False)
    assert Fault.from_json(refused.value.args[0]).code.value == "unauthenticated"


@pytest.mark.parametrize("call", CONTRACT.calls, ids=lambda call: call.name)
@pytest.mark.parametrize("raw", [None, [], "x", {"kind": 1, "key": "é", "token": "!", "limit": 0, "report": ""}])
def test_every_door_answers_nonsense_in_words(world: World, call: Call[Any, Any], raw: Any, token: Any) -> None:
    try:
        ask(world, call, raw, token)
    except WireFault as refused:
        fault = Fault.from_json(refused.args[0])
        assert fault.code.value == "invalid"
        assert fault.errors


def heard() -> list[tuple[Event[Any], str]]:
    """The events we subscribe to, each with an example of its service's."""
    methods = (m for m in vars(NotificationsEvents).values() if hasattr(m, "subscribes"))
    events = (method.subscribes[0] for method in methods)
    return [(event, event.name) for event in events if (EXAMPLES / event.service / f"{event.name}.json").exists()]


@pytest.mark.parametrize(("event", "name"), heard(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_event_we_hear_is_understood_and_can_be_told(world: World, event: Event[Any], name: str) -> None:
    payload = event.payload.model_validate(example(event.service, name)["payload"])
    world.hear(event, payload)
    world.tell_all()
    with world.uow() as tx:
        for story in tx.stories.by_ids(row["id"] for row in world.rows("SELECT id FROM story")).values():
            for language in TERRITORY.languages:
                for topic in Topic:
                    assert TEXTS.words(story.kind, story, topic, {}, language).title


def test_subscriptions_have_names_of_their_own() -> None:
    names = [m.subscribes[1] for m in vars(NotificationsEvents).values() if hasattr(m, "subscribes")]
    assert len(names) == len(set(names))
    assert all(name.startswith("notifications.") for name in names)


def test_the_example_of_what_we_tell_is_well_formed() -> None:
    written = DELIVERY_FAILED.payload.model_validate(example("notifications", "delivery_failed")["payload"])
    assert "@" not in written.model_dump_json()
