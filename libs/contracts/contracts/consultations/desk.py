"""What agents do: make a consultation, write and publish its form, close it, take the answers out."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from contracts.base import Instant, Line, ListRequest, Model, Page, Reply, Request, Slug, VersionNumber, length
from contracts.consultations.answers import Values
from contracts.consultations.consultation import ConsultationSummary, Details, State
from contracts.consultations.form import Form, Version


class CreateConsultation(Request):
    """Begin a consultation, as a draft that only agents see. The same ``id`` again answers with what was made."""

    id: UUID
    """Made by the client (UUIDv7)."""
    details: Details
    form: Form = Form()


class EditConsultation(Request):
    """Change what is said of a consultation. What has begun cannot be moved: ``opens_at`` of an open one, anything of a
    closed one."""

    consultation_id: UUID
    revision: VersionNumber
    """The revision that the agent has seen; another one in between: ``precondition-failed``."""
    details: Details


class SaveForm(Request):
    """Write the next version of the form. Nobody but agents sees it before it is published."""

    consultation_id: UUID
    revision: VersionNumber
    form: Form


class PublishConsultation(Request):
    """Publish the form that was last saved: the first time with the consultation, later as a correction.

    Refused, with a pointer to each place, if the form is not complete or if a change would make answers that were
    already given unreadable.
    """

    consultation_id: UUID
    revision: VersionNumber


class CloseConsultation(Request):
    """Close before the time."""

    consultation_id: UUID
    reason: Annotated[Line, length(10, 300)]
    """Public: why it ends early."""


class ReadDeskConsultation(Request):
    """Everything an agent needs to work on a consultation."""

    consultation_id: UUID


class FormProblem(Model):
    """What keeps a form from being published, and where."""

    pointer: str
    """A JSON Pointer into ``form``."""
    code: str
    detail: str


class DeskConsultation(Reply):
    """A consultation at the desk."""

    id: UUID
    slug: Slug
    state: State
    revision: int
    details: Details
    versions: tuple[Version, ...]
    """Everything published so far, the first one first."""
    form: Form
    """The form as last saved: the next version, or the newest one when nothing is being changed."""
    changed: bool
    """Whether ``form`` differs from what is published."""
    problems: tuple[FormProblem, ...]
    """What publishing would be refused for now."""
    answers: Annotated[int, Field(ge=0)]
    drafts: Annotated[int, Field(ge=0)]
    """How many people have begun and not sent."""
    closing_reason: str | None = None


class ListDeskConsultations(ListRequest):
    """Consultations of every state within the agent's perimeter, the latest made first."""

    state: State | None = None


class DeskPage(Page[ConsultationSummary], Reply):
    """One page of the desk's list."""


class BeginExport(Request):
    """Ask for the answers one by one, confidential ones included. Who asked, when and why is kept for the auditors."""

    id: UUID
    """Made by the client (UUIDv7): asking again with it is the same export."""
    consultation_id: UUID
    reason: Annotated[Line, length(10, 300)]


class ExportBegun(Reply):
    """The export is noted: read it page by page."""

    id: UUID
    consultation_id: UUID
    begun_at: Instant
    scope: Literal["all_fields"] = "all_fields"


class ReadExport(ListRequest):
    """One page of an export that the same agent has begun."""

    export_id: UUID
    limit: Annotated[int, Field(ge=1, le=500)] = 200


class ExportedAnswer(Model):
    """One answer without its author."""

    receipt: str
    version: int
    values: Values


class ExportPage(Page[ExportedAnswer], Reply):
    """One page of answers."""
