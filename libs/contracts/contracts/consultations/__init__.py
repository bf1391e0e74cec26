"""Consultations: questionnaires in versions; answers drafted, given, changed and withdrawn; and their results."""

from uuid import UUID

from pydantic import Field

from contracts.base import Code, Language, Payload
from contracts.consultations.answers import (
    AnswerView,
    Choices,
    DraftView,
    ListMyAnswers,
    MyAnswer,
    MyAnswerPage,
    MyAnswerSummary,
    Problem,
    ReadMyAnswer,
    SaveDraft,
    SubmitAnswer,
    Value,
    Values,
    WithdrawAnswer,
    Withdrawn,
)
from contracts.consultations.consultation import (
    Audience,
    ConsultationPage,
    ConsultationSummary,
    ConsultationView,
    Details,
    ListConsultations,
    Places,
    ReadConsultation,
    ResultsPolicy,
    State,
)
from contracts.consultations.desk import (
    BeginExport,
    CloseConsultation,
    CreateConsultation,
    DeskConsultation,
    DeskPage,
    EditConsultation,
    ExportBegun,
    ExportedAnswer,
    ExportPage,
    FormProblem,
    ListDeskConsultations,
    PublishConsultation,
    ReadDeskConsultation,
    ReadExport,
    SaveForm,
)
from contracts.consultations.form import (
    Condition,
    Description,
    Form,
    FormPage,
    LongText,
    Multiple,
    Option,
    Question,
    Ranking,
    Scale,
    Sentence,
    ShortText,
    Single,
    Title,
    Version,
)
from contracts.consultations.results import (
    Bar,
    ChoiceTally,
    Count,
    CrossQuestions,
    CrossTable,
    ListTexts,
    OptionCount,
    QuestionTally,
    Ranked,
    RankingTally,
    ReadResults,
    ResultsView,
    ScaleTally,
    TextItem,
    TextPage,
    TextTally,
)
from contracts.registry import Call, Contract, Event

SMALLEST_CELL = 5
"""No crossing shows a group of fewer people than this."""
MANAGER_ROLES = ("campaign_manager", "territorial_actor", "administrator")
"""The roles that make and run consultations, each within its perimeter."""

LIST_CONSULTATIONS = Call("consultations", "list_consultations", ListConsultations, ConsultationPage, idempotent=True)
READ_CONSULTATION = Call("consultations", "read_consultation", ReadConsultation, ConsultationView, idempotent=True)

SAVE_DRAFT = Call("consultations", "save_draft", SaveDraft, DraftView, idempotent=True)
SUBMIT_ANSWER = Call("consultations", "submit_answer", SubmitAnswer, AnswerView, idempotent=True)
READ_MY_ANSWER = Call("consultations", "read_my_answer", ReadMyAnswer, MyAnswer, idempotent=True)
WITHDRAW_ANSWER = Call("consultations", "withdraw_answer", WithdrawAnswer, Withdrawn, idempotent=True)
LIST_MY_ANSWERS = Call("consultations", "list_my_answers", ListMyAnswers, MyAnswerPage, idempotent=True)

READ_RESULTS = Call("consultations", "read_results", ReadResults, ResultsView, idempotent=True)
LIST_TEXTS = Call("consultations", "list_texts", ListTexts, TextPage, idempotent=True)
CROSS_QUESTIONS = Call("consultations", "cross_questions", CrossQuestions, CrossTable, idempotent=True)

CREATE_CONSULTATION = Call(
    "consultations", "create_consultation", CreateConsultation, DeskConsultation, idempotent=True
)
EDIT_CONSULTATION = Call("consultations", "edit_consultation", EditConsultation, DeskConsultation, idempotent=False)
SAVE_FORM = Call("consultations", "save_form", SaveForm, DeskConsultation, idempotent=False)
PUBLISH_CONSULTATION = Call(
    "consultations", "publish_consultation", PublishConsultation, DeskConsultation, idempotent=False
)
CLOSE_CONSULTATION = Call("consultations", "close_consultation", CloseConsultation, DeskConsultation, idempotent=True)
READ_DESK_CONSULTATION = Call(
    "consultations", "read_desk_consultation", ReadDeskConsultation, DeskConsultation, idempotent=True
)
LIST_DESK_CONSULTATIONS = Call(
    "consultations", "list_desk_consultations", ListDeskConsultations, DeskPage, idempotent=True
)
BEGIN_EXPORT = Call("consultations", "begin_export", BeginExport, ExportBegun, idempotent=True)
READ_EXPORT = Call("consultations", "read_export", ReadExport, ExportPage, idempotent=True)


class ConsultationOpened(Payload):
    """People can answer from now on."""

    consultation_id: UUID
    places: tuple[Code, ...]
    """The districts it is about; none: the whole city."""
    slug: str = ""
    title: dict[Language, str] = Field(default_factory=dict)
    """Its title in each language, so that it can be named to people."""


class ConsultationClosed(Payload):
    """Nobody can answer any more."""

    consultation_id: UUID
    answers: int


class AnswerReceived(Payload):
    """A person has answered, or answered anew. Which answer is theirs is not said: nothing can be tied back later."""

    consultation_id: UUID
    account_id: UUID
    revised: bool


CONSULTATION_OPENED = Event("consultations", "consultation_opened", 1, ConsultationOpened)
CONSULTATION_CLOSED = Event("consultations", "consultation_closed", 1, ConsultationClosed)
ANSWER_RECEIVED = Event("consultations", "answer_received", 1, AnswerReceived)

CONTRACT = Contract(
    "consultations",
    calls=(
        LIST_CONSULTATIONS,
        READ_CONSULTATION,
        SAVE_DRAFT,
        SUBMIT_ANSWER,
        READ_MY_ANSWER,
        WITHDRAW_ANSWER,
        LIST_MY_ANSWERS,
        READ_RESULTS,
        LIST_TEXTS,
        CROSS_QUESTIONS,
        CREATE_CONSULTATION,
        EDIT_CONSULTATION,
        SAVE_FORM,
        PUBLISH_CONSULTATION,
        CLOSE_CONSULTATION,
        READ_DESK_CONSULTATION,
        LIST_DESK_CONSULTATIONS,
        BEGIN_EXPORT,
        READ_EXPORT,
    ),
    events=(CONSULTATION_OPENED, CONSULTATION_CLOSED, ANSWER_RECEIVED),
)

__all__ = [
    "ANSWER_RECEIVED",
    "BEGIN_EXPORT",
    "CLOSE_CONSULTATION",
    "CONSULTATION_CLOSED",
    "CONSULTATION_OPENED",
    "CONTRACT",
    "CREATE_CONSULTATION",
    "CROSS_QUESTIONS",
    "EDIT_CONSULTATION",
    "LIST_CONSULTATIONS",
    "LIST_DESK_CONSULTATIONS",
    "LIST_MY_ANSWERS",
    "LIST_TEXTS",
    "MANAGER_ROLES",
    "PUBLISH_CONSULTATION",
    "READ_CONSULTATION",
    "READ_DESK_CONSULTATION",
    "READ_EXPORT",
    "READ_MY_ANSWER",
    "READ_RESULTS",
    "SAVE_DRAFT",
    "SAVE_FORM",
    "SMALLEST_CELL",
    "SUBMIT_ANSWER",
    "WITHDRAW_ANSWER",
    "AnswerReceived",
    "AnswerView",
    "Audience",
    "Bar",
    "BeginExport",
    "ChoiceTally",
    "Choices",
    "CloseConsultation",
    "Condition",
    "ConsultationClosed",
    "ConsultationOpened",
    "ConsultationPage",
    "ConsultationSummary",
    "ConsultationView",
    "Count",
    "CreateConsultation",
    "CrossQuestions",
    "CrossTable",
    "Description",
    "DeskConsultation",
    "DeskPage",
    "Details",
    "DraftView",
    "EditConsultation",
    "ExportBegun",
    "ExportPage",
    "ExportedAnswer",
    "Form",
    "FormPage",
    "FormProblem",
    "ListConsultations",
    "ListDeskConsultations",
    "ListMyAnswers",
    "ListTexts",
    "LongText",
    "Multiple",
    "MyAnswer",
    "MyAnswerPage",
    "MyAnswerSummary",
    "Option",
    "OptionCount",
    "Places",
    "Problem",
    "PublishConsultation",
    "Question",
    "QuestionTally",
    "Ranked",
    "Ranking",
    "RankingTally",
    "ReadConsultation",
    "ReadDeskConsultation",
    "ReadExport",
    "ReadMyAnswer",
    "ReadResults",
    "ResultsPolicy",
    "ResultsView",
    "SaveDraft",
    "SaveForm",
    "Scale",
    "ScaleTally",
    "Sentence",
    "ShortText",
    "Single",
    "State",
    "SubmitAnswer",
    "TextItem",
    "TextPage",
    "TextTally",
    "Title",
    "Value",
    "Values",
    "Version",
    "WithdrawAnswer",
    "Withdrawn",
]
