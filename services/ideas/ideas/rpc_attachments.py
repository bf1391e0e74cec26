"""The part of the door of calls about attachments."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import ideas as c
from contracts.base import Empty

from ideas.resources import Resources
from ideas.use_cases import attaching, showing_files


class AttachmentsRpc:
    """Answers the calls of attachments."""

    resources: Resources = Provided()

    @serves(c.UPLOAD_PART)
    def upload_part(self, caller: Caller, request: c.UploadPart) -> Empty:
        """See :func:`attaching.upload_part`."""
        return attaching.upload_part(self.resources.uow, caller, request)

    @serves(c.ATTACH_FILE)
    def attach_file(self, caller: Caller, request: c.AttachFile) -> c.AttachmentView:
        """See :func:`attaching.attach_file`."""
        files = attaching.Files(self.resources.store, self.resources.inspect)
        return attaching.attach_file(self.resources.uow, files, caller, request)

    @serves(c.REMOVE_ATTACHMENT)
    def remove_attachment(self, caller: Caller, request: c.RemoveAttachment) -> Empty:
        """See :func:`attaching.remove_attachment`."""
        return attaching.remove_attachment(self.resources.uow, caller, request)

    @serves(c.READ_ATTACHMENT)
    def read_attachment(self, caller: Caller, request: c.ReadAttachment) -> c.AttachmentPart:
        """See :func:`showing_files.read_attachment`."""
        return showing_files.read_attachment(self.resources.uow, self.resources.store, caller, request)

    @serves(c.HIDE_ATTACHMENT)
    def hide_attachment(self, caller: Caller, request: c.HideAttachment) -> c.DossierView:
        """See :func:`showing_files.hide_attachment`."""
        return showing_files.hide_attachment(self.resources.uow, caller, request)

    @serves(c.RESTORE_ATTACHMENT)
    def restore_attachment(self, caller: Caller, request: c.RestoreAttachment) -> c.DossierView:
        """See :func:`showing_files.restore_attachment`."""
        return showing_files.restore_attachment(self.resources.uow, caller, request)
