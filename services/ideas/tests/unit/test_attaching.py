"""Attaching files to drafts, dossiers and notes: who may, how many, what is on the record, what is never lost."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault, FaultCode
from ideas.files.inspecting import inspect
from ideas.files.store import Directory
from ideas.queries import mine, open_data
from ideas.repository import UnitOfWork
from ideas.use_cases import attaching, erasure, moderating, reading, showing_files, writing

from services.ideas.tests.conftest import ANYBODY, City, Clock, agent, citizen
from services.ideas.tests.samples_of_files import document, drawing, photo


class Cabinet:
    """Attaching as people do it."""

    def __init__(self, uow: UnitOfWork, store: Directory) -> None:
        self.uow, self.store = uow, store
        self.files = attaching.Files(store, inspect)

    def draft(self, author: Caller) -> UUID:
        request = c.SaveDraft(idea_id=c.IdeaId(uuid4()), title="Une rue-jardin")
        return writing.save_draft(self.uow, author, request).idea_id

    def send(self, author: Caller, content: bytes, attachment_id: UUID) -> None:
        size = c.PART_BYTES
        for part, start in enumerate(range(0, len(content), size), start=1):
            data = c.encoded(content[start : start + size])
            request = c.UploadPart(attachment_id=attachment_id, part=part, data=data)
            attaching.upload_part(self.uow, author, request)

    def attach(self, author: Caller, idea_id: UUID, content: bytes | None = None, **more: Any) -> c.AttachmentView:
        request: dict[str, Any] = {
            "attachment_id": uuid4(),
            "idea_id": idea_id,
            "description": "La rue un matin d’août",
        } | more
        self.send(author, photo(60, 40) if content is None else content, request["attachment_id"])
        return attaching.attach_file(self.uow, self.files, author, c.AttachFile.model_validate(request))

    def read(self, caller: Caller, one: c.AttachmentView, variant: c.Variant = c.Variant.WHOLE) -> bytes:
        def part(number: int) -> c.AttachmentPart:
            request = c.ReadAttachment(attachment_id=one.id, variant=variant, part=number)
            return showing_files.read_attachment(self.uow, self.store, caller, request)

        first = part(1)
        return b"".join([first.data, *(part(number).data for number in range(2, first.parts + 1))])


@pytest.fixture
def cabinet(uow: UnitOfWork, tmp_path: Path) -> Cabinet:
    return Cabinet(uow, Directory(tmp_path))


def dossier_with(cabinet: Cabinet, city: City, author: Caller) -> tuple[c.DossierView, c.AttachmentView]:
    """A published dossier with a photo."""
    idea_id = cabinet.draft(author)
    attached = cabinet.attach(author, idea_id)
    opened = city.opened(author, idea_id=idea_id)
    return opened, attached


def step(city: City, number: str, kind: str) -> c.StepView:
    record = reading.read_record(city.uow, city.moderator, c.ReadRecord(dossier=number))
    assert record.intact
    return next(one for one in reversed(record.steps) if one.kind == kind)


def test_a_file_of_a_draft_is_its_authors_alone_until_the_dossier_is_published(cabinet: Cabinet, city: City) -> None:
    author = citizen()
    idea_id = cabinet.draft(author)
    attached = cabinet.attach(author, idea_id)
    draft = writing.read_draft(city.uow, author, c.ReadDraft(idea_id=c.IdeaId(idea_id)))
    assert draft.attachments == (attached,)
    for stranger in (ANYBODY, citizen(), city.moderator):
        with pytest.raises(Fault) as unseen:
            cabinet.read(stranger, attached)
        assert unseen.value.code is FaultCode.NOT_FOUND
    submitted = city.submitted(author, idea_id=idea_id)
    assert submitted.attachments == (attached,)
    assert cabinet.read(city.moderator, attached), "who moderates it sees it"
    with pytest.raises(Fault):
        cabinet.read(ANYBODY, attached)
    moderating.approve_idea(city.uow, city.moderator, c.ApproveIdea(idea_id=submitted.id))
    shown = cabinet.read(ANYBODY, attached)
    assert shown.startswith(b"\xff\xd8\xff")
    assert cabinet.read(ANYBODY, attached, c.Variant.THUMBNAIL)
    assert step(city, submitted.number, "deposited").facts["attachment_1"] == attached.digest


def test_a_long_file_comes_and_goes_in_parts(cabinet: Cabinet, city: City) -> None:
    author = citizen()
    noise = document(lambda made: setattr(made.pages[0], "Contents", _noise(made)))
    assert len(noise) > 3 * c.PART_BYTES
    idea_id = cabinet.draft(author)
    attached = cabinet.attach(author, idea_id, noise)
    content = cabinet.read(author, attached)
    assert (len(content), content[:5]) == (attached.size, b"%PDF-")
    with pytest.raises(Fault) as none:
        cabinet.read(author, attached, c.Variant.THUMBNAIL)
    assert none.value.reason == "no-such-file"


def _noise(made: Any) -> Any:
    import pikepdf  # noqa: PLC0415

    return pikepdf.Stream(made, os.urandom(700_000))


def test_everything_that_is_wrong_is_said_at_once(cabinet: Cabinet) -> None:
    author = citizen()
    idea_id = cabinet.draft(author)
    for _ in range(5):
        cabinet.attach(author, idea_id)
    with pytest.raises(Fault) as wrong:
        cabinet.attach(author, idea_id, b"GIF89a", description="a")
    assert [(one.pointer, one.code) for one in wrong.value.errors] == [
        ("/file", "unknown-file-type"),
        ("/file", "too-many-files"),
        ("/description", "string-too-short"),
    ]


def test_a_file_that_is_too_large_or_did_not_come_is_refused(cabinet: Cabinet, city: City) -> None:
    author = citizen()
    idea_id = cabinet.draft(author)
    with pytest.raises(Fault) as large:
        cabinet.attach(author, idea_id, b"\xff\xd8\xff" + bytes(2 * 1024 * 1024))
    assert (large.value.errors[0].code, large.value.errors[0].limits) == ("file-too-large", {"megabytes": 2})
    with pytest.raises(Fault) as missing:
        cabinet.attach(author, idea_id, b"")
    assert missing.value.errors[0].code == "file-missing"
    for _ in range(2):
        cabinet.send(author, bytes(1024 * 1024), uuid4())
    with pytest.raises(Fault) as much:
        cabinet.send(author, bytes(2 * 1024 * 1024), uuid4())
    assert (much.value.code, much.value.reason) == (FaultCode.TOO_MANY, "too-much-sent")


def test_attaching_twice_is_attaching_once_and_an_id_is_ones_own(cabinet: Cabinet) -> None:
    author, other = citizen(), citizen()
    idea_id, attachment_id = cabinet.draft(author), uuid4()
    first = cabinet.attach(author, idea_id, attachment_id=attachment_id)
    assert cabinet.attach(author, idea_id, attachment_id=attachment_id) == first
    with pytest.raises(Fault) as taken:
        cabinet.attach(other, cabinet.draft(other), attachment_id=attachment_id)
    assert taken.value.reason == "id-taken"
    with pytest.raises(Fault) as not_mine:
        cabinet.attach(other, idea_id)
    assert not_mine.value.reason == "no-such-draft"


def test_files_change_until_somebody_supports_the_dossier_and_the_record_says_so(cabinet: Cabinet, city: City) -> None:
    author = citizen()
    opened, first = dossier_with(cabinet, city, author)
    second = cabinet.attach(author, opened.id, drawing())
    assert step(city, opened.number, "edited").facts == {"attached": second.digest}
    waiting = moderating.list_moderation(city.uow, city.moderator, c.ListModeration())
    assert waiting.total == 1, "what is new is read by a moderator"
    attaching.remove_attachment(city.uow, author, c.RemoveAttachment(attachment_id=first.id))
    assert step(city, opened.number, "edited").facts == {"detached": first.digest}
    with pytest.raises(Fault) as not_mine:
        attaching.remove_attachment(city.uow, citizen(), c.RemoveAttachment(attachment_id=second.id))
    assert not_mine.value.reason == "not-the-author"
    city.crowd(opened.id, 1)
    with pytest.raises(Fault) as late:
        cabinet.attach(author, opened.id)
    assert late.value.reason == "already-supported"
    with pytest.raises(Fault):
        attaching.remove_attachment(city.uow, author, c.RemoveAttachment(attachment_id=second.id))


def test_a_note_shows_its_file_once_it_is_added(cabinet: Cabinet, city: City) -> None:
    author, note = citizen(), uuid4()
    opened, first = dossier_with(cabinet, city, author)
    city.crowd(opened.id, 1)
    attached = cabinet.attach(author, opened.id, document(), addendum_id=note)
    with pytest.raises(Fault):
        cabinet.read(ANYBODY, attached)
    request = c.AddAddendum(idea_id=opened.id, addendum_id=note, text="Le plan des riverains est joint.")
    after = writing.add_addendum(city.uow, author, request)
    assert [one.attachments for one in after.addenda] == [(attached,)]
    assert after.attachments == (first,)
    assert cabinet.read(ANYBODY, attached)
    assert step(city, opened.number, "addendum").facts == {"attachment_1": attached.digest}
    with pytest.raises(Fault) as published:
        attaching.remove_attachment(city.uow, author, c.RemoveAttachment(attachment_id=attached.id))
    assert published.value.reason == "note-published"


def test_moderation_hides_one_file_with_a_reason_on_the_record(cabinet: Cabinet, city: City) -> None:
    author = citizen()
    opened, attached = dossier_with(cabinet, city, author)
    hide = {"attachment_id": attached.id, "reason": "targets-a-person", "text": "On reconnaît un passant."}
    with pytest.raises(Fault) as not_allowed:
        showing_files.hide_attachment(city.uow, citizen(), c.HideAttachment.model_validate(hide))
    assert not_allowed.value.reason == "role-needed"
    wrong = c.HideAttachment.model_validate(hide | {"reason": "because"})
    with pytest.raises(Fault) as unknown:
        showing_files.hide_attachment(city.uow, city.moderator, wrong)
    assert unknown.value.errors[0].pointer == "/reason"
    request = c.HideAttachment.model_validate(hide)
    hidden = showing_files.hide_attachment(city.uow, city.moderator, request)
    assert showing_files.hide_attachment(city.uow, city.moderator, request) == hidden
    seen = reading.read_idea(city.uow, ANYBODY, c.ReadIdea(dossier=opened.number))
    (shown,) = seen.attachments
    assert (seen.title, shown.hidden, shown.description) == (opened.title, "targets-a-person", "")
    with pytest.raises(Fault):
        cabinet.read(ANYBODY, attached)
    assert cabinet.read(author, attached)
    told = step(city, opened.number, "attachment_hidden")
    assert [payload["reason"] for topic, payload in city.told() if topic == "attachment_hidden.v1"] == [request.reason]
    assert (told.reason, told.text, told.facts) == (request.reason, request.text, {"attachment": attached.digest})
    back = c.RestoreAttachment(attachment_id=attached.id, text="La personne a donné son accord.")
    showing_files.restore_attachment(city.uow, city.moderator, back)
    assert cabinet.read(ANYBODY, attached)
    assert step(city, opened.number, "attachment_restored").text == back.text


def test_open_data_and_ones_own_data_name_the_files(cabinet: Cabinet, city: City) -> None:
    author = citizen()
    opened, attached = dossier_with(cabinet, city, author)
    with city.uow() as tx:
        (row,) = open_data.rows(tx.connection, c.open_data.ATTACHMENTS, tx.rules)
        held = [one for one in mine.everything(tx.connection, author.citizen()) if one.what == "attachment"]
    assert (row.number, row.attachment, row.digest) == (opened.number, str(attached.id), attached.digest)
    assert [(one.number, str(attached.id) in one.text) for one in held] == [(opened.number, True)]


def test_an_erased_account_keeps_no_draft_file_and_published_ones_are_nobodys(cabinet: Cabinet, city: City) -> None:
    author = citizen()
    _, published = dossier_with(cabinet, city, author)
    drafted = cabinet.attach(author, cabinet.draft(author), drawing())
    with city.uow() as tx:
        erasure.forget_citizen(tx, author.citizen())
        assert tx.attachments.find(drafted.id) is None
        left = tx.attachments.find(published.id)
        assert left is not None
        assert left.account is None
    assert cabinet.read(ANYBODY, published)


def test_the_sweep_takes_what_nothing_needs_and_nothing_else(cabinet: Cabinet, city: City, clock: Clock) -> None:
    author = citizen()
    _, published = dossier_with(cabinet, city, author)
    drafted = cabinet.draft(author)
    dropped = cabinet.attach(author, drafted, drawing())
    cabinet.send(author, photo(), uuid4())
    writing.discard_draft(city.uow, author, c.DiscardDraft(idea_id=c.IdeaId(drafted)))
    clock.forward(hours=2)
    assert showing_files.sweep(city.uow, cabinet.store) == 0, "not yet: it may have been put just now"
    before = {kept.digest for kept in cabinet.store.list()}
    assert dropped.digest in before
    _age(cabinet.store, clock, hours=25)
    assert showing_files.sweep(city.uow, cabinet.store) > 0
    after = {kept.digest for kept in cabinet.store.list()}
    assert published.digest in after
    assert dropped.digest not in after
    assert cabinet.read(ANYBODY, published)
    with city.uow() as tx:
        assert tx.attachments.on_their_way(author.citizen()) == 0


def _age(store: Directory, clock: Clock, **span: float) -> None:
    """Have the clock agree that the files were put long ago."""
    then = clock.now.timestamp()
    for path in store._root.glob("??/*"):
        os.utime(path, (then, then))
    clock.forward(**span)


def test_nothing_is_named_that_could_not_be_kept(cabinet: Cabinet, city: City, tmp_path: Path) -> None:
    author = citizen()
    idea_id = cabinet.draft(author)
    (tmp_path / "in-the-way").write_text("")
    cabinet.files = attaching.Files(Directory(tmp_path / "in-the-way"), inspect)
    with pytest.raises(Fault) as full:
        cabinet.attach(author, idea_id)
    assert full.value.code is FaultCode.UNAVAILABLE
    assert writing.read_draft(city.uow, author, c.ReadDraft(idea_id=c.IdeaId(idea_id))).attachments == ()


def test_an_agent_of_another_district_hides_nothing(cabinet: Cabinet, city: City) -> None:
    author = citizen()
    idea_id = cabinet.draft(author)
    attached = cabinet.attach(author, idea_id)
    city.opened(author, idea_id=idea_id)
    request = c.HideAttachment(attachment_id=attached.id, reason="unlawful", text="Contraire à la loi.")
    with pytest.raises(Fault) as elsewhere:
        showing_files.hide_attachment(city.uow, agent("moderator", "75020"), request)
    assert elsewhere.value.reason == "role-needed"
