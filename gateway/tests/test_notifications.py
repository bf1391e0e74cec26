"""The pages and the API of notifications, on services that answer what a test tells them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import falcon.testing
import pytest
from contracts import identity
from contracts import notifications as calls
from contracts.errors import Fault
from gateway.testing import samples
from gateway.testing.stand_ins import Browser, FakeServices

TOKEN = "a" * 53
NUMBER = "PAR-2026-004200"


def notice(n: int, *, read: bool = False, path: str = f"/dossiers/{NUMBER}") -> calls.Notice:
    return calls.Notice(
        id=UUID(int=n),
        kind="answer-published",
        topic=calls.Topic.CONTRIBUTIONS,
        priority=calls.Priority.FOLLOW_UP,
        title=f"La Ville a répondu, {n}",
        text="« Planter une rue-jardin » est retenue.",
        path=path,
        occurred_at=samples.NOW - timedelta(hours=n),
        read_at=samples.NOW if read else None,
    )


def preferences(*, suspended: bool = False) -> calls.PreferencesView:
    return calls.PreferencesView(
        topics=tuple(
            calls.TopicPreference(
                topic=topic, inbox=True, email=calls.EmailMode.NOW, locked=topic is calls.Topic.ACCOUNT
            )
            for topic in calls.Topic
        ),
        quiet_from=21,
        quiet_until=8,
        weekly_cap=5,
        email_suspended=suspended,
    )


@pytest.fixture
def signed_in(browser: Browser, services: FakeServices) -> Browser:
    services.on(identity.SIGN_IN, samples.session())
    services.on(identity.MY_ACCOUNT, samples.account())
    sent = browser.send("/compte/connexion", "/compte/connexion", {"login": "nadia@exemple.fr", "password": "secret"})
    assert sent.status_code == 303
    services.asked.clear()
    return browser


def asked(services: FakeServices, call: Any) -> list[Any]:
    return [request for route, request, _ in services.asked if route == call.route]


def view(*, following: bool) -> calls.FollowView:
    return calls.FollowView(kind=calls.FollowKind.DOSSIER, key=NUMBER, following=following, followers=3)


def test_the_inbox_shows_messages_and_marks_them(signed_in: Browser, services: FakeServices) -> None:
    services.on(calls.LIST_INBOX, calls.InboxPage(items=(notice(1), notice(2, read=True)), next="more", unread=4))
    services.on(calls.MARK_READ, calls.UnreadView(unread=0))
    shown = signed_in.get("/moi/notifications")
    assert shown.status_code == 200
    assert "La Ville a répondu, 1" in shown.text
    assert "4 notifications non lues" in shown.text
    sent = signed_in.send("/moi/notifications", "/moi/notifications/lues", {"through": UUID(int=1)})
    assert (sent.status_code, sent.headers["location"]) == (303, "/moi/notifications")
    assert asked(services, calls.MARK_READ)[0].through == UUID(int=1)


def test_opening_a_message_marks_it_and_goes_to_its_page_and_nowhere_else(
    signed_in: Browser, services: FakeServices
) -> None:
    services.on(calls.MARK_READ, calls.UnreadView(unread=0))
    place = f"/moi/notifications/{UUID(int=1)}?vers="
    assert signed_in.get(f"{place}/dossiers/{NUMBER}").headers["location"] == f"/dossiers/{NUMBER}"
    for elsewhere in ("https://evil.example", "//evil.example", ""):
        assert signed_in.get(place + elsewhere).headers["location"] == "/moi/notifications"
    assert signed_in.get("/moi/notifications/nonsense").status_code == 404


def test_preferences_are_shown_and_saved_as_chosen(signed_in: Browser, services: FakeServices) -> None:
    services.on(calls.GET_PREFERENCES, preferences())
    services.on(calls.SAVE_PREFERENCES, preferences())
    shown = signed_in.get("/moi/preferences")
    assert shown.text.count("<legend") == 6
    fields = {f"email_{topic.value}": "daily" for topic in calls.Topic if topic is not calls.Topic.ACCOUNT}
    fields |= {"inbox_votes": "on", "quiet_from": "22", "quiet_until": "7", "weekly_cap": "3"}
    sent = signed_in.send("/moi/preferences", "/moi/preferences", fields)
    assert sent.headers["location"] == "/moi/preferences?fait=preferences"
    (saved,) = asked(services, calls.SAVE_PREFERENCES)
    assert {one.topic.value: (one.email.value, one.inbox) for one in saved.topics} == {
        "contributions": ("daily", False),
        "followed": ("daily", False),
        "discoveries": ("daily", False),
        "votes": ("daily", True),
        "consultations": ("daily", False),
    }
    assert (saved.quiet_from, saved.quiet_until, saved.weekly_cap) == (22, 7, 3)


def test_wrong_preferences_are_explained_and_kept(signed_in: Browser, services: FakeServices) -> None:
    services.on(calls.GET_PREFERENCES, preferences())
    sent = signed_in.send("/moi/preferences", "/moi/preferences", {"email_votes": "often", "weekly_cap": "9999"})
    assert sent.status_code == 422
    assert asked(services, calls.SAVE_PREFERENCES) == []


def test_a_dead_mailbox_is_said_and_can_be_tried_again(signed_in: Browser, services: FakeServices) -> None:
    services.on(calls.GET_PREFERENCES, preferences(suspended=True))
    services.on(calls.SAVE_PREFERENCES, preferences())
    assert "Nos e-mails nous reviennent" in signed_in.get("/moi/preferences").text
    signed_in.send("/moi/preferences", "/moi/preferences/adresse", {})
    assert asked(services, calls.SAVE_PREFERENCES)[0].retry_email is True


ACTS = [("/suivre", calls.FOLLOW, "suivi"), ("/ne-plus-suivre", calls.UNFOLLOW, "plus-suivi")]


@pytest.mark.parametrize(("path", "call", "done"), ACTS)
def test_following_goes_back_to_the_page(
    signed_in: Browser, services: FakeServices, path: str, call: Any, done: str
) -> None:
    services.on(calls.LIST_INBOX, calls.InboxPage(items=(notice(1),), unread=1))
    services.on(call, view(following=True))
    thing = {"kind": "dossier", "key": NUMBER, "suite": f"/dossiers/{NUMBER}?tri=recents#discussion"}
    sent = signed_in.send("/moi/notifications", path, thing)
    assert sent.headers["location"] == f"/dossiers/{NUMBER}?fait={done}"
    assert asked(services, call)[0].key == NUMBER
    away = signed_in.send("/moi/notifications", path, thing | {"suite": "//evil.example"})
    assert away.headers["location"].startswith("/moi/suivis")
    assert signed_in.send("/moi/notifications", path, {"kind": "dossier", "key": "é"}).status_code == 404


def test_what_one_follows_is_named_in_the_words_of_the_territory(signed_in: Browser, services: FakeServices) -> None:
    things = (("dossier", NUMBER, "Planter"), ("district", "*", ""), ("theme", "nature", ""), ("vote", "v", ""))
    items = tuple(
        calls.Followed(kind=calls.FollowKind(kind), key=key, title=title, path="/x", since=samples.NOW)
        for kind, key, title in things
    )
    services.on(calls.LIST_FOLLOWED, calls.FollowedPage(items=items))
    shown = signed_in.get("/moi/suivis").text
    for name in (">Planter</a>", ">Tout Paris</a>", ">Un vote</a>"):
        assert name in shown


def test_one_click_from_a_mail_program_needs_no_cookie_and_no_page(
    api: falcon.testing.TestClient, services: FakeServices
) -> None:
    stopped = calls.UnsubscribeView(topic=calls.Topic.FOLLOWED, subscribed=False)
    services.on(calls.UNSUBSCRIBE, stopped)
    for body, kind in (
        ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        ("--b\r\nContent-Disposition: form-data; name=x\r\n\r\ny\r\n--b--", "multipart/form-data; boundary=b"),
    ):
        headers = {"Content-Type": kind, "Sec-Fetch-Site": "cross-site", "Origin": "https://mail.example"}
        sent = api.simulate_post(f"/desinscription/{TOKEN}", body=body, headers=headers)
        assert sent.status_code == 200
        assert "location" not in sent.headers
    assert [one.everything for one in asked(services, calls.UNSUBSCRIBE)] == [False, False]


def test_opening_the_link_stops_nothing(browser: Browser, services: FakeServices) -> None:
    services.on(calls.READ_UNSUBSCRIBE, calls.UnsubscribeView(topic=calls.Topic.VOTES, subscribed=True))
    shown = browser.get(f"/desinscription/{TOKEN}")
    assert shown.status_code == 200
    assert asked(services, calls.UNSUBSCRIBE) == []
    assert shown.text.count('method="post"') == 2


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("token", ["x", "é" * 30, TOKEN])
def test_a_link_that_is_not_ours_is_not_found(
    browser: Browser, services: FakeServices, method: str, token: str
) -> None:
    unknown = Fault.not_found("", "link-unknown")
    services.on(calls.READ_UNSUBSCRIBE, unknown)
    services.on(calls.UNSUBSCRIBE, unknown)
    path = f"/desinscription/{token}"
    shown = browser.get(path) if method == "get" else browser.post(path, {})
    assert shown.status_code == 404


def test_pages_are_in_english_too(signed_in: Browser, services: FakeServices) -> None:
    services.on(calls.GET_PREFERENCES, preferences())
    services.on(calls.LIST_INBOX, calls.InboxPage(items=(), unread=0))
    services.on(calls.LIST_FOLLOWED, calls.FollowedPage(items=()))
    for path, words in (
        ("/moi/preferences", "What I receive"),
        ("/moi/notifications", "No notification yet"),
        ("/moi/suivis", "You follow nothing yet"),
    ):
        assert words in signed_in.get(path, **{"Accept-Language": "en"}).text


def test_ones_own_pages_ask_to_sign_in(browser: Browser) -> None:
    for path in ("/moi/notifications", "/moi/preferences", "/moi/suivis"):
        assert browser.get(path).headers["location"].startswith("/compte/connexion?suite=/moi/")


def test_without_the_service_there_is_no_trace_of_it(make_app: Callable[..., Any], services: FakeServices) -> None:
    client = falcon.testing.TestClient(make_app(services="identity,ideas"))
    for path in ("/moi/notifications", f"/desinscription/{TOKEN}", "/api/v1/me/notifications"):
        assert client.simulate_get(path).status_code == 404
    assert "notifications" not in client.simulate_get("/api/v1/openapi.json").text


def test_the_api_merges_address_and_body(api: falcon.testing.TestClient, services: FakeServices) -> None:
    services.on(calls.FOLLOW, view(following=True))
    services.on(calls.REPORT_BOUNCE, calls.BounceView(outcome=calls.BounceOutcome.IGNORED))
    headers = {"Authorization": "Bearer abc"}
    assert api.simulate_put(f"/api/v1/me/followed/dossier/{NUMBER}", headers=headers).json["following"] is True
    assert api.simulate_put("/api/v1/me/followed/planet/x", headers=headers).status_code == 422
    assert api.simulate_post("/api/v1/notifications/bounces", json={"report": "From: x"}).json == {"outcome": "ignored"}
    assert api.simulate_get("/api/v1/me/notifications").status_code == 401
