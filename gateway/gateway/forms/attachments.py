"""A photo or a document in a form: its field, its description, and sending both."""

from contracts.errors import Fault, FaultCode
from contracts.ideas import ATTACH_FILE

from gateway.attachments import LOOKING, send_parts
from gateway.forms import messages
from gateway.forms.desk import SAID, DeskForm
from gateway.forms.kit import Field, Form
from gateway.i18n import N_
from gateway.site.ids import as_id, new_id

messages.add(
    {
        "file-missing": N_("Choose a file."),
        "file-too-large": N_("This file is too large: %(megabytes)s MB at most."),
        "too-many-files": N_("%(max_items)s files at most: take one back first."),
        "unknown-file-type": N_("Only JPEG and PNG pictures and PDF documents are possible."),
        "mixed-file": N_("This file is of several types at once. Export it again from where it was made."),
        "picture-wanted": N_("Only JPEG and PNG pictures are possible here."),
        "unreadable-picture": N_("This picture cannot be read. Open it and save it again, then choose it here."),
        "too-many-pixels": N_("This picture is too large. Make it smaller, then choose it again."),
        "unreadable-document": N_("This document cannot be read. Save it again as PDF, then choose it here."),
        "locked-document": N_("This document is protected by a password. Save it without one."),
        "acting-document": N_("This document holds programs or other files. Print it to a new PDF, then choose that."),
        "too-much-sent": N_("You have sent many files. Wait an hour, then try again."),
        "no-such-draft": N_("This draft is no longer there: it was deposited or thrown away."),
        "note-published": N_("This note is published: write another one."),
    }
)
FILE = Field(N_("Photo or document"), kind="file", optional=True)
PHOTO = Field(N_("Photo (JPEG or PNG)"), kind="file", optional=True)
PHOTO_SHOWS = Field(
    N_("What does the photo show?"),
    hint=N_("Needed with a photo, for people who cannot see it: one sentence. Show nobody who can be recognised."),
    max=300,
    optional=True,
)
DESCRIPTION = Field(
    N_("What does it show?"),
    hint=N_("For people who cannot see it: say in a sentence what the photo shows or what the document is."),
    max=300,
    optional=True,
)


class HideFileForm(DeskForm):
    """Hide one file."""

    purpose = "hide"
    reason = Field(N_("Reason"), kind="select")
    text = Field(SAID, kind="prose", rows=3)


class ShowFileForm(DeskForm):
    """Show it again."""

    text = Field(SAID, kind="prose", rows=3)


def chosen(form: Form) -> bool:
    """Whether something of an attachment was filled in."""
    return "file" in form.visit.files or bool(form.value("description").strip())


def attach(form: Form, idea_id: object, **entry: object) -> bool:
    """Attach what the form holds. Whatever is wrong is said beside its field, and the file must be chosen again.

    ``entry``: the id of the note or news that it goes with. What is attached leaves the form, which then asks for the
    next one.
    """
    visit, attachment_id = form.visit, as_id(form.value("attachment_id"))
    try:
        send_parts(visit.call, attachment_id, visit.files.get("file", b""))
    except Fault as fault:
        if fault.code is not FaultCode.TOO_MANY:
            raise
        form.refuse(fault)
        return False
    document = {"attachment_id": attachment_id, "idea_id": idea_id, "description": form.value("description")} | entry
    if form.submit_as(ATTACH_FILE, document, deadline=LOOKING) is None:
        return False
    form.values |= {"attachment_id": [new_id()], "description": []}
    return True
