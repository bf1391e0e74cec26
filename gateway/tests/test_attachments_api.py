"""Attachments through the API: a form with a file becomes parts and one call; the file comes back with safe headers."""

from typing import Any
from uuid import UUID, uuid4

import falcon.testing
import pytest
from contracts import ideas
from contracts.base import Empty
from contracts.errors import Fault, FieldError
from gateway.testing import file_samples, samples
from gateway.testing.stand_ins import FakeServices

PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 2000
IDEA = UUID("01927f3e-0000-7000-8000-0000000000d1")
Client = falcon.testing.TestClient


def form(fields: dict[str, str], content: bytes | None = PHOTO, name: str = "IMG_2041 Paul.jpg") -> dict[str, Any]:
    """A body as a browser makes it."""
    parts = [f'--XX\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()]
    if content is not None:
        head = f'--XX\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return {"body": b"".join(parts) + b"--XX--\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=XX"}}


def post(api: Client, sent: dict[str, Any], **more: str) -> falcon.testing.Result:
    headers = {"Authorization": f"Bearer {samples.token()}"} | sent["headers"] | more
    return api.simulate_post(f"/api/v1/ideas/{IDEA}/attachments", body=sent["body"], headers=headers)


@pytest.fixture
def received(services: FakeServices) -> list[Any]:
    """The parts that came, then the call."""
    came: list[Any] = []

    def take(reply: Any) -> Any:
        def answer(request: Any, _context: Any) -> Any:
            came.append(request)
            return reply

        return answer

    services.on(ideas.UPLOAD_PART, take(Empty()))
    services.on(ideas.ATTACH_FILE, take(file_samples.attachment()))
    return came


def test_a_file_goes_ahead_in_parts_that_are_small_enough_for_a_message(api: Client, received: list[Any]) -> None:
    answer = post(api, form({"description": "La rue un matin d’août"}), **{"Idempotency-Key": "once"})
    assert (answer.status_code, answer.headers["location"]) == (201, f"/api/v1/attachments/{file_samples.ATTACHMENT}")
    *parts, call = received
    assert b"".join(part.data for part in parts) == PHOTO
    assert [part.part for part in parts] == [1, 2, 3]
    assert max(len(part.data) for part in parts) <= ideas.PART_BYTES
    assert {part.attachment_id for part in parts} == {call.attachment_id}
    assert (call.idea_id, call.description) == (IDEA, "La rue un matin d’août")
    again = post(api, form({"description": "La rue un matin d’août"}), **{"Idempotency-Key": "once"})
    assert (again.status_code, received[-1].attachment_id) == (201, call.attachment_id)


def test_of_a_file_that_is_too_large_no_more_goes_on_than_the_service_needs_to_refuse_it(
    api: Client, received: list[Any]
) -> None:
    post(api, form({"description": "Un très grand plan"}, bytes(6 * 1024 * 1024)))
    assert sum(len(part.data) for part in received[:-1]) == 2 * 1024 * 1024 + 1


def test_what_the_service_refuses_comes_back_with_every_pointer(api: Client, services: FakeServices) -> None:
    wrong = [FieldError("/file", "file-missing", "Send it."), FieldError("/description", "string-too-short", "Say it.")]
    services.on(ideas.ATTACH_FILE, Fault.invalid(*wrong))
    answer = post(api, form({"description": ""}, None))
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json["errors"]] == ["/file", "/description"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"body": b"{}", "headers": {"Content-Type": "application/json"}}, 415),
        ({"body": b"nonsense", "headers": {"Content-Type": "multipart/form-data; boundary=XX"}}, 400),
        ({"body": b"nonsense", "headers": {"Content-Type": "multipart/form-data"}}, 400),
        (form({"description": "a", "surprise": "b"}), 422),
        (form({"description": "a"}, bytes(17_000_000)), 413),
        (form({"file": "a text", "description": "a"}, None), 201),
    ],
    ids=["json", "no form", "no boundary", "unknown field", "too long", "a text in the place of the file"],
)
def test_a_body_of_another_kind_is_refused_in_words(
    api: Client, received: list[Any], sent: dict[str, Any], status: int
) -> None:
    assert post(api, sent).status_code == status


def test_the_bytes_of_a_form_must_be_text(api: Client, received: list[Any]) -> None:
    sent = form({"description": "x"}, None)
    sent["body"] = sent["body"].replace(b"\r\n\r\nx", b"\r\n\r\n\xff\xfe")
    assert post(api, sent).status_code == 400


def part(request: ideas.ReadAttachment, media: ideas.MediaType, *, public: bool) -> ideas.AttachmentPart:
    content = PHOTO[(request.part - 1) * ideas.PART_BYTES : request.part * ideas.PART_BYTES]
    return ideas.AttachmentPart(
        number="PAR-2026-000007",
        position=2,
        media_type=media,
        size=len(PHOTO),
        digest="a" * 64,
        parts=3,
        public=public,
        data=ideas.encoded(content),
    )


@pytest.mark.parametrize("media", list(ideas.MediaType))
def test_the_file_comes_whole_and_a_browser_may_do_nothing_with_it_but_show_it(
    api: Client, services: FakeServices, media: ideas.MediaType
) -> None:
    services.on(ideas.READ_ATTACHMENT, lambda request, _context: part(request, media, public=True))
    answer = api.simulate_get(f"/api/v1/attachments/{uuid4()}", headers={"Accept": "image/*"})
    assert (answer.status_code, answer.content) == (200, PHOTO)
    headers = answer.headers
    assert headers["content-type"] == media
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    how, _, name = headers["content-disposition"].partition("; ")
    assert how == ("attachment" if media is ideas.MediaType.PDF else "inline")
    assert name.startswith('filename="PAR-2026-000007-2.')
    assert "public" in headers["cache-control"]
    again = api.simulate_get(f"/api/v1/attachments/{uuid4()}", headers={"If-None-Match": headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_not_everybody_may_see_is_kept_by_no_cache(api: Client, services: FakeServices) -> None:
    def mine(request: ideas.ReadAttachment, _context: Any) -> ideas.AttachmentPart:
        return part(request, ideas.MediaType.JPEG, public=False)

    services.on(ideas.READ_ATTACHMENT, mine)
    answer = api.simulate_get(f"/api/v1/attachments/{uuid4()}")
    assert answer.headers["cache-control"] == "private, no-store"


def test_a_part_is_not_asked_for_and_what_is_not_there_is_a_404(api: Client, services: FakeServices) -> None:
    services.on(ideas.READ_ATTACHMENT, Fault.not_found())
    assert api.simulate_get(f"/api/v1/attachments/{uuid4()}", query_string="part=2").status_code == 422
    assert api.simulate_get(f"/api/v1/attachments/{uuid4()}").status_code == 404
