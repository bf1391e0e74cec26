"""Roles are given by administrators, hold somewhere until a day, and leave a trace."""

from typing import Any
from uuid import UUID

import jwt
import pytest
import sqlalchemy as sa
from chassis.auth import Caller
from contracts import identity as contract
from contracts.errors import Fault, FaultCode
from identity.use_cases import agents, own_account, roles
from identity.use_cases.setting_up import Citizen, create_account
from uuid_utils.compat import uuid7

from services.identity.tests.world import PASSWORD, WHY, World, agent, reason_of

BOSS = "boss@example.org"


@pytest.fixture
def boss(world: World) -> Caller:
    """The first administrator, made at the command line."""
    form = {"email": BOSS, "password": PASSWORD, "display_name": "Maud", "language": "fr", "accepts_terms": True}
    citizen = Citizen(contract.Register.model_validate(form), ("administrator",), ("*",))
    assert create_account(world.office, citizen) == create_account(world.office, citizen)
    return world.caller(world.sign_in(BOSS))


def entrust(world: World, boss: Caller, account: UUID, **changes: Any) -> contract.GrantReply:
    wanted = {"grant_id": uuid7(), "account_id": account, "role": "moderator", "places": ["75012"], "reason": WHY}
    return roles.grant_role(world.office, boss, contract.GrantRole.model_validate(wanted | changes))


def test_a_role_is_in_the_next_token_with_its_perimeter(world: World, boss: Caller) -> None:
    account = world.registered()
    until = world.clock.now.date()
    entrust(world, boss, account, until=until.isoformat())
    caller = world.caller(world.sign_in())
    assert caller.has("moderator", "75012")
    assert not caller.has("moderator", "75013")
    assert world.events(contract.ROLE_CHANGED)[-1] == {
        "account_id": str(account),
        "role": "moderator",
        "places": ["75012"],
        "until": until.isoformat(),
        "granted": True,
    }


def test_a_role_ends_with_its_last_day(world: World, boss: Caller) -> None:
    account = world.registered()
    entrust(world, boss, account, until=world.clock.now.date().isoformat())
    world.clock.forward(days=2)
    claims = jwt.decode(world.sign_in().access_token, options={"verify_signature": False})
    assert claims["roles"] == []


def test_a_role_that_was_taken_back_is_not_in_the_next_token(world: World, boss: Caller) -> None:
    account = world.registered()
    grant = entrust(world, boss, account)
    revoked = roles.revoke_role(world.office, boss, contract.RevokeRole(grant_id=grant.grant_id, reason=WHY))
    assert revoked.revoked_at is not None
    assert roles.revoke_role(world.office, boss, contract.RevokeRole(grant_id=grant.grant_id, reason=WHY)) == revoked
    assert world.caller(world.sign_in()).grants == ()
    assert [fact["granted"] for fact in world.events(contract.ROLE_CHANGED)][1:] == [True, False]


def test_repeating_a_grant_changes_nothing(world: World, boss: Caller) -> None:
    account, grant_id = world.registered(), uuid7()
    assert entrust(world, boss, account, grant_id=grant_id) == entrust(world, boss, account, grant_id=grant_id)
    with pytest.raises(Fault) as refused:
        entrust(world, boss, account, grant_id=grant_id, role="examiner")
    assert reason_of(refused.value) == (FaultCode.CONFLICT, "identifier-taken")


def test_only_an_administrator_of_the_whole_city_gives_roles(world: World) -> None:
    account = world.registered()
    for caller in (agent("moderator"), agent("counter_officer"), agent("administrator", "75012"), Caller(account)):
        with pytest.raises(Fault) as refused:
            entrust(world, caller, account)
        assert refused.value.code is FaultCode.FORBIDDEN


def test_every_error_of_a_grant_comes_at_once(world: World, boss: Caller) -> None:
    with pytest.raises(Fault) as refused:
        entrust(world, boss, uuid7(), places=["75012", "atlantis"], until="2020-01-01")
    assert {error.pointer for error in refused.value.errors} == {"/account_id", "/places/1", "/until"}


def test_the_last_administrator_stays(world: World, boss: Caller) -> None:
    (grant,) = roles.list_grants(world.office, boss, contract.ListGrants()).items
    with pytest.raises(Fault) as refused:
        roles.revoke_role(world.office, boss, contract.RevokeRole(grant_id=grant.grant_id, reason=WHY))
    assert reason_of(refused.value) == (FaultCode.WRONG_STATE, "last-administrator")
    leaving = contract.EraseAccount(password=PASSWORD, understood=True)
    with pytest.raises(Fault) as refused:
        own_account.erase_account(world.office, boss, leaving)
    assert refused.value.reason == "last-administrator"
    entrust(world, boss, world.registered(), role="administrator", places=["*"])
    own_account.erase_account(world.office, boss, leaving)


def test_roles_are_listed_page_by_page(world: World, boss: Caller) -> None:
    account = world.registered()
    given = []
    for _ in range(5):
        world.clock.forward(seconds=1)
        given.append(entrust(world, boss, account).grant_id)
    seen, after = [], None
    while True:
        request = contract.ListGrants(role=contract.Role.MODERATOR, limit=2, after=after)
        page = roles.list_grants(world.office, boss, request)
        seen += [grant.grant_id for grant in page.items]
        after = page.next
        if after is None:
            break
    assert seen == given[::-1]
    with pytest.raises(Fault) as refused:
        roles.list_grants(world.office, boss, contract.ListGrants(after="nonsense"))
    assert refused.value.errors[0].pointer == "/after"


def test_every_look_at_personal_data_is_on_the_record(world: World, boss: Caller) -> None:
    citizen = world.citizen()
    found = agents.find_account(world.office, boss, contract.FindAccount(login="Camille@example.org", reason=WHY))
    assert found.account_id == citizen.account
    with pytest.raises(Fault):
        agents.find_account(world.office, boss, contract.FindAccount(login="nobody@example.org", reason=WHY))
    log = agents.list_accesses(world.office, agent("auditor"), contract.ListAccesses(agent_id=boss.account)).items
    assert [(one.account_id, one.action, one.reason) for one in log] == [
        (None, "find_account", WHY),
        (citizen.account, "find_account", WHY),
    ]
    mine = own_account.my_accesses(world.office, citizen, contract.ReadAccesses()).items
    assert [one.agent_id for one in mine] == [boss.account]


def test_who_may_not_read_accounts(world: World) -> None:
    account = world.registered()
    request = contract.ReadAccount(account_id=account, reason=WHY)
    for caller in (agent("moderator"), agent("auditor"), Caller(account), Caller()):
        with pytest.raises(Fault) as refused:
            agents.read_account(world.office, caller, request)
        assert refused.value.code in {FaultCode.FORBIDDEN, FaultCode.UNAUTHENTICATED}
    assert world.table("accesses") == "[]"


def test_the_record_cannot_be_rewritten(world: World, boss: Caller) -> None:
    for statement in ("UPDATE accesses SET reason = ''", "DELETE FROM accesses", "TRUNCATE accesses"):
        with pytest.raises(sa.exc.DBAPIError, match="only ever added to"), world.office.uow() as tx:
            tx.connection.execute(sa.text(statement))
