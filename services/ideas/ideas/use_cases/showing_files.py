"""Attachments that are there: their bytes for who may see them, moderation of a single one, and the sweep."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import structlog
from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain import attachments as rules_of_files
from ideas.domain.attachments import Attachment
from ideas.domain.dossier import UNPUBLISHED, Change, Dossier
from ideas.files.store import Store
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import facts
from ideas.use_cases import access
from ideas.use_cases.attaching import PARTS_KEPT
from ideas.use_cases.reading import view
from ideas.use_cases.writing import locked

log = structlog.get_logger()
UNUSED_KEPT = timedelta(days=7)
ORPHANS_KEPT = timedelta(hours=24)


def read_attachment(uow: UnitOfWork, store: Store, caller: Caller, request: c.ReadAttachment) -> c.AttachmentPart:
    """A part of the bytes, for who may see them."""
    with uow() as tx:
        one = _found(tx, request.attachment_id)
        dossier = tx.dossiers.find(one.idea_id)
        public = _public(tx, one, dossier)
        if not public and not _may_see(tx, caller, one, dossier):
            raise _no_such_file()
        same = [other.id for other in tx.attachments.of_all([one.idea_id])[one.idea_id]]
        said = {
            "number": dossier.number if dossier else None,
            "position": same.index(one.id) + 1,
            "media_type": one.media_type,
            "public": public,
        }
    return c.AttachmentPart.model_validate(said | _bytes(store, one, request))


def _found(tx: Transaction, attachment_id: UUID) -> Attachment:
    one = tx.attachments.find(attachment_id)
    if one is None:
        raise _no_such_file()
    return one


def _no_such_file() -> Fault:
    return Fault.not_found("There is no such file.", "no-such-file")


def _public(tx: Transaction, one: Attachment, dossier: Dossier | None) -> bool:
    if dossier is None or dossier.state in UNPUBLISHED or dossier.content_hidden or one.hidden is not None:
        return False
    return one.entry == one.idea_id or tx.records.has_note(one.entry)


def _may_see(tx: Transaction, caller: Caller, one: Attachment, dossier: Dossier | None) -> bool:
    own = caller.account is not None and one.account == caller.account
    return own or (dossier is not None and access.may_read(caller, dossier, tx.rules))


def _bytes(store: Store, one: Attachment, request: c.ReadAttachment) -> dict[str, object]:
    small = request.variant is c.Variant.THUMBNAIL
    digest, size = (one.thumbnail, one.thumbnail_size) if small else (one.digest, one.size)
    parts = -(-(size or 0) // c.PART_BYTES)
    if digest is None or request.part > parts:
        raise _no_such_file()
    try:
        data = store.read(digest, (request.part - 1) * c.PART_BYTES, c.PART_BYTES)
    except OSError as error:
        log.exception("file_not_read", digest=digest)
        raise Fault.unavailable("Files cannot be reached now.") from error
    return {"digest": digest, "size": size, "parts": parts, "data": c.encoded(data)}


def hide_attachment(uow: UnitOfWork, caller: Caller, request: c.HideAttachment) -> c.DossierView:
    """Hide one file of a published dossier, and tell its author why."""

    def hide(tx: Transaction, dossier: Dossier, one: Attachment) -> Change:
        change = rules_of_files.hide(dossier, one, tx.rules, reason=request.reason, text=request.text)
        if change.steps and one.account == dossier.author:
            told = facts.of_dossier(dossier) | {"attachment_id": one.id, "reason": request.reason}
            tx.events.append(c.ATTACHMENT_HIDDEN, c.AttachmentHidden.model_validate(told), subject=dossier.number)
        return change

    return _decide(uow, caller, request.attachment_id, request.reason, hide)


def restore_attachment(uow: UnitOfWork, caller: Caller, request: c.RestoreAttachment) -> c.DossierView:
    """Show a hidden file again."""
    return _decide(
        uow,
        caller,
        request.attachment_id,
        None,
        lambda _tx, dossier, one: rules_of_files.restore(dossier, one, text=request.text),
    )


def _decide(
    uow: UnitOfWork,
    caller: Caller,
    attachment_id: UUID,
    hidden: str | None,
    decision: Callable[[Transaction, Dossier, Attachment], Change],
) -> c.DossierView:
    with uow() as tx:
        dossier = locked(tx, _found(tx, attachment_id).idea_id)
        access.moderator(caller, dossier, tx.rules)
        tx.save(decision(tx, dossier, _found(tx, attachment_id)))
        tx.attachments.hide(attachment_id, hidden)
        return view(tx, caller, str(dossier.id))


def sweep(uow: UnitOfWork, store: Store) -> int:
    """Forget what came to nothing: parts, attachments of nothing, files that nothing needs. How many of the last."""
    with uow() as tx:
        tx.attachments.forget_old_parts(tx.now - PARTS_KEPT)
        tx.attachments.forget_unused(tx.now - UNUSED_KEPT)
        before = tx.now - ORPHANS_KEPT
    old = [kept.digest for kept in store.list() if kept.kept_at < before]
    return sum(_swept(uow, store, digest) for digest in old)


def _swept(uow: UnitOfWork, store: Store, digest: str) -> bool:
    """Whoever attaches the same file meanwhile waits, and puts it again."""
    with uow() as tx:
        tx.dossiers.claim(digest)
        if tx.attachments.uses(digest):
            return False
        store.delete(digest)
        return True
