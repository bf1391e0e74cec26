"""Attaching files: parts come, the whole is looked at, what may be published is kept before it is said to be.

The order that loses nothing: bytes first, then the row that names them, in a transaction that holds the file's name so
that no sweep takes it away meanwhile.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from chassis.auth import Caller
from contracts import ideas as c
from contracts.base import Empty
from contracts.errors import Fault

from ideas.domain import attachments as rules_of_files
from ideas.domain.attachments import Attachment
from ideas.domain.dossier import add_note, edit
from ideas.domain.problems import Invalid, Problem
from ideas.domain.rules import FileRules
from ideas.files.inspecting import Inspect, problem
from ideas.files.looking import Clean, Refused
from ideas.files.store import Store, digest_of
from ideas.repository import Transaction, UnitOfWork
from ideas.translate.attachments import attachment_view
from ideas.use_cases import access
from ideas.use_cases.delivering import held

log = structlog.get_logger()
ON_THEIR_WAY = 3
"""How many files, in bytes of the longest, an account may have sent without attaching them."""
PARTS_KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Files:
    """Where bytes are kept, and who looks at them."""

    store: Store
    inspect: Inspect


def upload_part(uow: UnitOfWork, caller: Caller, request: c.UploadPart) -> Empty:
    """Keep a part until the file is attached; the first one begins anew."""
    with uow() as tx:
        account = access.citizen(caller, tx.rules, "deposit_idea")
        if request.part == 1:
            tx.attachments.forget_parts(request.attachment_id, account)
        if tx.attachments.on_their_way(account) + len(request.data) > ON_THEIR_WAY * tx.rules.files.longest:
            raise Fault.too_many(int(PARTS_KEPT.total_seconds()), "Attach what you sent first.", "too-much-sent")
        tx.attachments.take_part(request.attachment_id, account, request.part, request.data, tx.now)
    return Empty()


def attach_file(uow: UnitOfWork, files: Files, caller: Caller, request: c.AttachFile) -> c.AttachmentView:
    """Look at the file, keep it, and name it."""
    with uow() as tx:
        account = access.citizen(caller, tx.rules, "deposit_idea")
        done = _done(tx, account, request)
        if done is not None:
            return attachment_view(done)
        problems = _check(tx, caller, request)
        content = tx.attachments.sent(request.attachment_id, account)
        rules = tx.rules.files
    clean, wrong = _looked_at(files.inspect, content, rules)
    if clean is not None and clean.width is None and request.news_id is not None:
        wrong.append(Problem("/file", "picture-wanted", "Only pictures go with news of works."))
    with uow() as tx:
        if clean is None or wrong or problems:
            raise Invalid(*wrong, *problems)
        return _keep(tx, files.store, caller, request, clean)


def _done(tx: Transaction, account: UUID, request: c.AttachFile) -> Attachment | None:
    existing = tx.attachments.find(request.attachment_id)
    if existing is not None and (existing.account, existing.idea_id) != (account, request.idea_id):
        raise Fault.conflict("This id is taken.", "id-taken")
    return existing


def _check(tx: Transaction, caller: Caller, request: c.AttachFile) -> list[Problem]:
    """Whether the caller may attach anything there, and what is wrong beside the file."""
    if request.news_id is None:
        _may_attach(tx, caller.citizen(), request)
        already = [
            one
            for one in tx.attachments.of_all([request.idea_id]).get(request.idea_id, ())
            if one.account == caller.account
        ]
    else:
        held(tx, caller, request.idea_id)
        already = list(tx.attachments.of(request.idea_id, request.news_id))
        _not_told(tx, request.news_id)
    return rules_of_files.check(tx.rules.files, request.description, len(already))


def _not_told(tx: Transaction, entry: UUID) -> None:
    if tx.records.has_note(entry):
        raise Fault.wrong_state("This note is published: write another one.", "note-published")


def _may_attach(tx: Transaction, account: UUID, request: c.AttachFile) -> None:
    one = tx.dossiers.lock(request.idea_id)
    if one is None:
        if tx.drafts.find(request.idea_id, account) is None:
            raise Fault.not_found("You have no such draft.", "no-such-draft")
    elif request.addendum_id is None:
        edit(one, one, account, one.version)
    else:
        add_note(one, account, "")
        _not_told(tx, request.addendum_id)


def _looked_at(inspect: Inspect, content: bytes, rules: FileRules) -> tuple[Clean | None, list[Problem]]:
    if not content:
        return None, [Problem("/file", "file-missing", "Send the file first.")]
    if len(content) > rules.longest:
        limits = {"megabytes": rules.longest // (1024 * 1024)}
        return None, [Problem("/file", "file-too-large", "This file is too large.", limits)]
    try:
        return inspect(content, rules), []
    except Refused as refused:
        return None, [problem(refused)]


def _keep(tx: Transaction, store: Store, caller: Caller, request: c.AttachFile, clean: Clean) -> c.AttachmentView:
    tx.dossiers.claim(str(request.idea_id))
    account = caller.citizen()
    done = _done(tx, account, request)
    if done is not None:
        return attachment_view(done)
    problems = _check(tx, caller, request)
    if problems:
        raise Invalid(*problems)
    one = _attachment(tx, account, request, clean)
    for digest in sorted(one.digests):
        tx.dossiers.claim(digest)
    _put(store, clean)
    tx.attachments.add(one)
    tx.attachments.forget_parts(one.id, account)
    _on_record(tx, account, one, what="attached")
    return attachment_view(one)


def _put(store: Store, clean: Clean) -> None:
    try:
        store.put(clean.content)
        if clean.thumbnail:
            store.put(clean.thumbnail)
    except OSError as error:
        log.exception("file_not_kept", size=len(clean.content))
        raise Fault.unavailable("Files cannot be kept now.") from error


def _attachment(tx: Transaction, account: UUID, request: c.AttachFile, clean: Clean) -> Attachment:
    return Attachment(
        id=request.attachment_id,
        idea_id=request.idea_id,
        entry=request.news_id or request.addendum_id or request.idea_id,
        account=account,
        media_type=clean.media_type,
        size=len(clean.content),
        width=clean.width,
        height=clean.height,
        digest=digest_of(clean.content),
        thumbnail=digest_of(clean.thumbnail) if clean.thumbnail else None,
        thumbnail_size=len(clean.thumbnail) or None,
        description=request.description,
        added_at=tx.now,
    )


def _on_record(tx: Transaction, account: UUID, one: Attachment, *, what: str) -> None:
    """A deposited dossier that changes says so; a draft, and a note to come, have no record yet."""
    dossier = tx.dossiers.lock(one.idea_id) if one.entry == one.idea_id else None
    if dossier is not None:
        tx.save(rules_of_files.changed(dossier, account, one, what=what))


def remove_attachment(uow: UnitOfWork, caller: Caller, request: c.RemoveAttachment) -> Empty:
    """Take one's attachment back while that is possible."""
    account = caller.citizen()
    with uow() as tx:
        one = tx.attachments.find(request.attachment_id)
        if one is None:
            return Empty()
        tx.dossiers.claim(str(one.idea_id))
        if one.account != account:
            raise Fault.forbidden("Only its author may do this.", "not-the-author")
        if one.entry != one.idea_id and tx.records.has_note(one.entry):
            raise Fault.wrong_state("This note is published.", "note-published")
        _on_record(tx, account, one, what="detached")
        tx.attachments.remove(one.id)
    return Empty()
