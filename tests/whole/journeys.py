"""What people do, through the pages of the site without scripts and through the API: the same in every deployment."""

import time
from collections.abc import Callable
from typing import TypeVar

from tests.whole.city import City, fresh
from tests.whole.conftest import Suite

T = TypeVar("T")
TITLE = "Des bancs à l’ombre sur le chemin de l’école"
TEXT = "Le trajet se fait en plein soleil, sans un seul endroit où s’asseoir ni boire. " * 8


def until(found: Callable[[], T | None], what: str) -> T:
    """What is found, as soon as it is."""
    end = time.monotonic() + 60
    while (value := found()) is None:
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.1)
    return value


def deposit_and_support(suite: Suite, city: City) -> None:
    """One person deposits an idea on the site, an agent publishes it at the desk, another person supports it."""
    author, other = city.someone(), city.someone()
    with suite.browser() as mine, suite.browser() as desk, suite.browser() as theirs:
        mine.sign_in(author.person.login, author.password)
        mine.open("/idees/nouvelle")
        mine.send("/idees/nouvelle", title=TITLE, text=TEXT, theme="nature", act="go")
        assert TITLE in mine.page.text
        mine.send(mine.path)
        number = mine.path.split("/")[2]

        desk.sign_in("demonstration@example.org", suite.password)
        desk.open(f"/bureau/dossiers/{number}")
        desk.send("/publier")

        theirs.sign_in(other.person.login, other.password)
        theirs.open(f"/dossiers/{number}")
        theirs.send("/soutien")
        assert theirs.page.status_code == 200
        assert TITLE in theirs.page.text
    api = suite.api()
    idea = api.get(f"/ideas/{number}")
    assert (idea["state"], idea["supports"]) == ("open", 1)
    third = city.someone()
    assert api.send("PUT", f"/ideas/{idea['id']}/support", token=third.token, json={})["supports"] == 2
    assert [step["kind"] for step in api.get(f"/ideas/{number}/record")["steps"]] == ["deposited", "opened"]


def vote(suite: Suite, city: City) -> None:
    """A vote is opened; one person votes in the booth, another through the API; both find their ballot."""
    id_, candidates = city.election(opened=True)
    api = suite.api()
    slug = str(api.get(f"/elections/{id_}")["slug"])
    until(lambda: api.get(f"/elections/{id_}")["state"] == "open" or None, "the opening")
    someone, other = city.someone(), city.someone()
    with suite.browser() as mine:
        mine.sign_in(someone.person.login, someone.password)
        mine.open(f"/votes/{slug}/voter")
        mine.send("/relire", **{f"mention-{candidates[0]}": "coup-de-coeur"})
        mine.send("/voter")
        receipt = dict(mine.form("/recu.txt").values)["receipt"]
    with suite.browser() as anybody:
        anybody.open(f"/votes/{slug}/verifier")
        assert "Ce bulletin est dans l’urne" in anybody.send("/verifier", receipt=receipt)
        assert "Aucun bulletin" in anybody.send("/verifier", receipt=f"{receipt[:-4]}0000")
    ballot = {"kind": "majority_judgment", "grades": dict.fromkeys(candidates, "jaime-bien")}
    cast = api.post(f"/elections/{id_}/ballots", {"cast_id": fresh(), "ballot": ballot}, token=other.token)
    assert cast["outcome"] == "recorded"
    assert api.post(f"/elections/{id_}/receipts", {"receipt": cast["receipt"]})["found"]


def answer(suite: Suite, city: City) -> None:
    """A questionnaire is opened; one person answers page by page, another through the API; both are counted."""
    id_, _revision = city.consultation(opened=True)
    api = suite.api()
    slug = str(api.get(f"/consultations/{id_}")["slug"])
    someone, other = city.someone(), city.someone()
    with suite.browser() as mine:
        mine.sign_in(someone.person.login, someone.password)
        mine.open(f"/consultations/{slug}")
        mine.send("/commencer")
        mine.send("/repondre/1", **{"q-mot": "Merci", "q-choix": "oui", "act": "next"})
        mine.send("/relire")
        assert mine.path.endswith("/recu"), mine.page.text
        assert "Merci" in mine.open(f"/consultations/{slug}/ma-reponse")
    body = {"version": 1, "values": {"choix": "non"}}
    given = api.send("PUT", f"/consultations/{id_}/my-answer", token=other.token, json=body)
    assert given["receipt"]
    until(lambda: api.get(f"/consultations/{id_}")["answers"] == 2 or None, "the count of answers")


JOURNEYS = {"ideas": deposit_and_support, "voting": vote, "consultations": answer}
"""The journey that each service alone, with identity, must allow."""
