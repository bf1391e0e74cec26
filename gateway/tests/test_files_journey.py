"""Photos and documents through the pages, without scripts, before a running ideas service."""

import re
from typing import Any
from uuid import uuid4

import falcon.testing
import pytest
from gateway.testing.stand_ins import Browser

from gateway.tests.test_ideas_journey import Person, agent, amqp_url, app, author, suite
from services.ideas.tests.conftest import TEXT
from services.ideas.tests.integration.test_service import Suite
from services.ideas.tests.samples_of_files import PLACE, archive, document, photo

__all__ = ["agent", "amqp_url", "app", "author", "suite"]
pytestmark = pytest.mark.timeout(180)
PAGE = "/idees/nouvelle"
SHOWS = "La rue en plein soleil, sans un banc"
FILE = re.compile(r"/fichiers/([0-9a-f-]{36})")


class Sender(Person):
    """Somebody whose browser sends files."""

    def hidden_fields(self, page: str, action: str) -> dict[str, str]:
        """What the form of a page holds by itself."""
        text = self.get(page).text
        form = re.search(rf'<form[^>]*action="{action}".*?</form>', text, re.S)
        assert form is not None
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))

    def send_file(self, page: str, action: str, content: bytes | None, **fields: str) -> falcon.testing.Result:
        said = self.hidden_fields(page, action) | fields
        head = '--XX\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        parts = [head.format(name, value).encode() for name, value in said.items()]
        name = "" if content is None else "IMG_0001.JPG"
        parts.append(f'--XX\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode())
        body = b"".join(parts) + (content or b"") + b"\r\n--XX--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=XX"}
        return self._remember(self._client.simulate_post(action, body=body, headers=self._headers(kind)))


@pytest.fixture(scope="module")
def sender(app: Any, suite: Suite) -> Sender:
    return Sender(app, suite)


@pytest.fixture(scope="module")
def number(sender: Sender, agent: Person) -> str:
    """A dossier that was deposited with a photo, and published."""
    typed = {"scope": "district", "district": "75012", "theme": "nature", "title": "Un banc à l’ombre, en photo"}
    first = sender.send_file(PAGE, PAGE, photo(800, 600), **typed, text=TEXT, description=SHOWS, act="attach")
    assert first.status_code == 303, first.text
    draft = first.headers["location"].removesuffix("#fichiers")
    review = sender.send_file(draft, PAGE, None, **typed, text=TEXT, description="", act="go")
    assert review.status_code == 303, review.text
    seen = sender.get(review.headers["location"]).text
    assert SHOWS in seen
    made = sender.follow(review.headers["location"], review.headers["location"], {}).split("/")[2]
    agent.follow("/bureau/moderation", f"/bureau/dossiers/{made}/publier", {})
    return made


def anybody(app: Any) -> Browser:
    return Browser(falcon.testing.TestClient(app))


def shown(app: Any, number: str) -> str:
    """The public page as it is now: a page of its own for the memory of the gateway."""
    return anybody(app).get(f"/dossiers/{number}?vu={uuid4()}").text


def test_the_page_shows_the_photo_and_the_photo_does_not_say_where_it_was_taken(app: Any, number: str) -> None:
    page = shown(app, number)
    file = FILE.search(page)
    assert file is not None
    assert f'alt="{SHOWS}"' in page
    whole = anybody(app).get(f"/fichiers/{file[1]}")
    small = anybody(app).get(f"/fichiers/{file[1]}/vignette")
    assert whole.headers["content-type"] == small.headers["content-type"] == "image/jpeg"
    assert len(small.content) < len(whole.content)
    assert PLACE not in whole.content + small.content
    assert whole.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert anybody(app).get("/fichiers/nothing").status_code == 404


def test_everything_that_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(sender: Sender) -> None:
    answer = sender.send_file(
        PAGE, PAGE, document() + archive(), title="Trop court", text="Un mot", description="x", act="go"
    )
    assert answer.status_code == 422
    for words in (
        "Ce fichier est de plusieurs types à la fois.",
        "Que montre ce fichier",
        "Choisissez un thème de la liste.",
        "Un mot",
    ):
        assert words in answer.text
    assert answer.text.count('class="error"') >= 4


def test_a_description_without_a_file_asks_for_the_file(sender: Sender) -> None:
    answer = sender.send_file(PAGE, PAGE, None, title="Une idée avec une photo", description=SHOWS, act="draft")
    assert answer.status_code == 422
    assert "Choisissez un fichier." in answer.text


def test_a_note_comes_with_its_document(sender: Sender, app: Any, number: str) -> None:
    own = f"/dossiers/{number}/modifier"
    note = {"text": "Le relevé des températures est joint à cette note.", "description": "Le relevé de l’été"}
    answer = sender.send_file(own, f"/dossiers/{number}/note", document(), **note)
    assert answer.headers["location"].endswith("?fait=note"), answer.text
    page = shown(app, number)
    assert "Le relevé de l’été" in page
    found = [anybody(app).get(f"/fichiers/{file}") for file in dict.fromkeys(FILE.findall(page))]
    (sheet,) = [one for one in found if one.headers["content-type"] == "application/pdf"]
    assert sheet.headers["content-disposition"].startswith("attachment")
    assert sheet.content.startswith(b"%PDF-")


def test_the_author_adds_and_removes_a_file_before_anybody_supports_it(sender: Sender, app: Any, number: str) -> None:
    own, action = f"/dossiers/{number}/modifier", f"/dossiers/{number}/fichiers"
    added = sender.send_file(own, action, photo(300, 200), description="Une deuxième photo, prise le soir")
    assert added.status_code == 303, added.text
    page = sender.get(own).text
    assert "Une deuxième photo, prise le soir" in page
    second = re.search(r'name="remove" value="([^"]+)"[^>]*>[^<]*<span[^>]*> Une deuxième', page)
    assert second is not None
    assert sender.send_file(own, action, None, remove=second[1]).status_code == 303
    assert "Une deuxième photo" not in shown(app, number).split('id="registre"')[0]


def test_a_moderator_hides_one_photo_with_a_reason(agent: Person, app: Any, number: str) -> None:
    desk = f"/bureau/dossiers/{number}"
    file = FILE.search(agent.get(desk).text)
    assert file is not None
    act = f"{desk}/fichiers/{file[1]}"
    wrong = agent.send(desk, act, {"reason": "", "text": "Court"})
    assert wrong.status_code == 422
    assert wrong.text.count('class="error"') == 2
    agent.follow(desk, act, {"reason": "targets-a-person", "text": "On reconnaît un passant sur cette photo."})
    page = shown(app, number)
    assert f"/fichiers/{file[1]}/vignette" not in page
    assert "On reconnaît un passant sur cette photo." in page
    assert "Photo ou document masqué par la modération" in page
    assert anybody(app).get(f"/fichiers/{file[1]}").status_code == 404
    agent.follow(desk, act, {"text": "La personne a donné son accord par écrit."})
    assert anybody(app).get(f"/fichiers/{file[1]}").status_code == 200
