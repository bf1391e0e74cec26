"""Photos in the news of works: sent with them from the desk, shown with them in the record of the dossier."""

import re

import falcon.testing
import pytest
from contracts import ideas
from contracts.base import Empty
from contracts.errors import Fault, FieldError
from gateway.testing import file_samples, samples
from gateway.testing.city import populate
from gateway.testing.examination_samples import PROMISED
from gateway.testing.project_samples import BUILT
from gateway.testing.stand_ins import Browser, FakeServices

HERE, ACT = f"/bureau/projets/{BUILT}", f"/bureau/projets/{BUILT}/travaux"
SHOWS = "Les arbres plantés, devant l’hôpital"


@pytest.fixture
def manager(browser: Browser, services: FakeServices) -> Browser:
    populate(services)
    services.on(ideas.UPLOAD_PART, Empty())
    services.on(ideas.ATTACH_FILE, file_samples.attachment())
    browser.cookies["access"] = samples.token("campaign_manager")
    return browser


def form_of(page: str) -> dict[str, str]:
    form = re.search(rf'<form[^>]*action="{ACT}"[^>]*multipart/form-data.*?</form>', page, re.DOTALL)
    assert form is not None
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))


def tell(manager: Browser, **fields: str) -> falcon.testing.Result:
    said = form_of(manager.get(HERE).text) | fields
    parts = [f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{one}\r\n' for name, one in said.items()]
    parts.append('--XX\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n(bytes)\r\n--XX--\r\n')
    return manager.post_body(ACT, "".join(parts).encode(), "multipart/form-data; boundary=XX")


def asked(services: FakeServices, route: str) -> list[ideas.AttachFile | ideas.RecordWorks]:
    return [request for name, request, _ in services.asked if name == route]


def test_a_photo_goes_with_the_news_of_its_form(manager: Browser, services: FakeServices) -> None:
    done = tell(manager, text="Les arbres sont plantés, les bancs posés.", description=SHOWS)

    assert done.headers["Location"] == f"{HERE}?fait=1"
    (attached,), (told,) = asked(services, ideas.ATTACH_FILE.route), asked(services, ideas.RECORD_WORKS.route)
    assert isinstance(attached, ideas.AttachFile)
    assert (attached.description, attached.news_id, attached.idea_id) == (SHOWS, told.news_id, told.idea_id)
    assert attached.news_id is not None


def test_what_is_wrong_is_beside_its_field_and_a_photo_that_was_sent_is_kept(
    manager: Browser, services: FakeServices
) -> None:
    short = tell(manager, text="", description=SHOWS)
    assert not asked(services, ideas.ATTACH_FILE.route), "nothing is sent while the words are missing"
    services.on(ideas.RECORD_WORKS, Fault.invalid(FieldError("/variance", "unknown-reason", "")))
    over = tell(manager, text="Tout a coûté plus cher.", description=SHOWS)
    services.on(ideas.ATTACH_FILE, Fault.invalid(FieldError("/file", "picture-wanted", "")))
    plan = tell(manager, text="Voici le plan du chantier.", description=SHOWS)

    assert (short.status_code, over.status_code, plan.status_code) == (422, 422, 422)
    assert "La photo envoyée est gardée." in over.text
    assert form_of(over.text)["news_id"] == str(asked(services, ideas.ATTACH_FILE.route)[0].news_id)
    assert "seulement" in re.sub(r"\s", " ", plan.text)
    assert 'href="#travaux-file"' in plan.text
    assert "La photo envoyée est gardée." not in plan.text


def test_photos_are_shown_with_their_words_in_the_record(browser: Browser, services: FakeServices) -> None:
    populate(services)
    page = browser.get(f"/dossiers/{PROMISED}").text
    step = re.search(r'<li[^>]*id="etape-4".*?class="hash', page, re.DOTALL)
    assert step is not None
    first, second = file_samples.attachments()[:2]
    for file in (first, second):
        assert f'src="/fichiers/{file.id}/vignette" alt="{file.description}"' in step[0]
