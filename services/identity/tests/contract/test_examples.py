"""The committed examples of every call, through the real door: decoded, answered on PostgreSQL, encoded."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from chassis.rpc import WireFault
from contracts.errors import Fault
from contracts.identity import CONTRACT, REFRESH, SIGN_OUT, paper
from contracts.identity.tokens import ISSUE_TOKEN, OPEN_SIGN_OFF_LIST, SIGN_OFF_LIST, STRIKE_OFF, OpenSignOffList
from contracts.registry import Call
from identity import keys
from identity.domain.accounts import Account, Grant, Kind, Link, Purpose
from identity.domain.attributes import Attribute
from identity.domain.logins import code_as_typed
from identity.repository import Transaction
from identity.rpc import IdentityRpc
from identity.security.access_tokens import RoleClaim
from identity.security.vault import digest
from identity.use_cases import sign_offs

from services.identity.tests.world import PASSWORD, ROOT, WHY, World, agent

EXAMPLES = ROOT / "libs" / "contracts" / "examples" / "identity"
CAMILLE = UUID("01927f3e-0000-7000-8000-000000000001")
BOSS = UUID("01927f3e-0000-7000-8000-000000000002")
GARDEN = UUID("01927f3e-0000-7000-8000-000000000003")
GRANT = UUID("01927f3e-0000-7000-8000-0000000000a1")
REQUEST = UUID("01927f3e-0000-7000-8000-0000000000b1")
PURPOSES = {"reset_password": Purpose.RESET_PASSWORD, "confirm": Purpose.CONFIRM_EMAIL}
ABSENT = {"open_counter_account": CAMILLE, "open_collective": GARDEN, "grant_role": GRANT}
"""What a call makes must not be there before."""


def example(call: Call[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{call.name}.json").read_text(encoding="utf-8"))
    return found


def settle(world: World, call: Call[Any, Any]) -> None:
    """The city of the examples: Camille, an administrator, a collective, a role, a link."""
    absent = ABSENT.get(call.name)
    with world.office.uow() as tx:
        person(world, tx, BOSS, "boss@example.org")
        if absent != CAMILLE:
            person(world, tx, CAMILLE, "camille@example.org")
            link(world, tx, PURPOSES.get(call.name, Purpose.CONFIRM_EMAIL))
            if absent != GARDEN:
                made = Account(GARDEN, Kind.COLLECTIVE, "Les Jardins", "fr", tx.now, collective_level=100)
                tx.accounts.add(made)
                tx.collectives.add_representative(GARDEN, CAMILLE)
            if absent != GRANT:
                tx.grants.add(Grant(GRANT, CAMILLE, "moderator", ("*",), None, tx.now, BOSS, WHY))
    if call in {SIGN_OFF_LIST, ISSUE_TOKEN, STRIKE_OFF, *paper.CALLS}:
        asked = OpenSignOffList.model_validate(example(OPEN_SIGN_OFF_LIST)["request"])
        sign_offs.open_sign_off_list(world.office, agent("campaign_manager"), asked)


def person(world: World, tx: Transaction, account_id: UUID, email: str) -> None:
    hashed = world.office.passwords.hash(PASSWORD)
    code = digest(code_as_typed("k7fm-2q9x-w4td"))
    card = "482-193-7705" if account_id == CAMILLE else None
    until = tx.now + timedelta(days=1) if card else None
    account = Account(account_id, Kind.PERSON, "Camille", "fr", tx.now, hashed, card, code if card else None, until)
    tx.accounts.add(account)
    tx.accounts.set_login(account_id, "email", world.office.vault.login_index(email))
    if card:
        tx.accounts.set_login(account_id, "card", world.office.vault.login_index(card))
    tx.attributes.put(account_id, [Attribute("email", email, 200, tx.now)])


def link(world: World, tx: Transaction, purpose: Purpose) -> None:
    index = world.office.vault.login_index("camille@example.org")
    expires = tx.now + timedelta(hours=1)
    tx.links.add(Link(REQUEST, CAMILLE, purpose, index, "camille@example.org", True, tx.now, expires))  # noqa: FBT003
    tx.links.add_secret(REQUEST, digest("AZJ_PgAAcACAAAAAAAAAAbE.c2VjcmV0"), tx.now)


def token(world: World, key_folder: Path, call: Call[Any, Any]) -> str:
    """Who asks in the example: notifications or another service, an administrator, or Camille."""
    if call.name in {"contact_for_delivery", "may_many"}:
        service = "notifications" if call.name == "contact_for_delivery" else "voting"
        return (key_folder / f"service-token-{service}").read_text().strip()
    at_desk = call.request.__module__ == "contracts.identity.agents" or call in {
        OPEN_SIGN_OFF_LIST,
        STRIKE_OFF,
        *paper.CALLS,
    }
    claims = [RoleClaim(role, ("*",), None) for role in ("administrator", "campaign_manager")] if at_desk else []
    return world.office.mint.sign(BOSS if at_desk else CAMILLE, "", 200, claims, world.clock.now)[0]


def ask(world: World, call: Call[Any, Any], request: dict[str, Any], context: dict[str, Any]) -> dict[str, Any]:
    door = IdentityRpc()
    door.resources = world.office
    method: Callable[..., dict[str, Any]] = getattr(door, call.name)
    try:
        return method(request=request, context=context)
    except WireFault as wired:
        raise Fault.from_json(wired.args[0]) from None


@pytest.mark.parametrize("call", CONTRACT.calls, ids=lambda call: call.name)
def test_the_example_of_a_call_is_answered(world: World, key_folder: Path, call: Call[Any, Any]) -> None:
    settle(world, call)
    wanted = example(call)
    request = dict(wanted["request"])
    if call in {REFRESH, SIGN_OUT}:
        request["refresh_token"] = world.sign_in().refresh_token
    context = {"token": token(world, key_folder, call), "trace": "t", "locale": "fr"}
    reply = ask(world, call, request, context)
    call.reply.model_validate(reply, extra="forbid")
    assert reply.keys() == wanted["reply"].keys()


@pytest.mark.parametrize("call", CONTRACT.calls, ids=lambda call: call.name)
def test_nonsense_is_refused_with_every_field_named(world: World, call: Call[Any, Any]) -> None:
    required = {f"/{name}" for name, field in call.request.model_fields.items() if field.is_required()}
    if required:
        with pytest.raises(Fault) as refused:
            ask(world, call, {}, {})
        assert {error.pointer for error in refused.value.errors} == required


def test_a_service_token_is_made_for_each_service_that_asks(key_folder: Path, world: World) -> None:
    assert {file.name.removeprefix("service-token-") for file in key_folder.glob("service-token-*")} == {
        *keys.SERVICES_WITH_TOKENS
    }
