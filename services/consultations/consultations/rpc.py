"""The door of calls: decode, ask one use case, encode."""

from chassis.auth import Caller
from chassis.doors import Provided
from chassis.rpc import serves
from contracts import consultations as c

from consultations.resources import Resources
from consultations.use_cases import answering, desk, exports, reading, results


class ConsultationsRpc:
    """Answers every call of the contract."""

    name = "consultations"
    resources: Resources = Provided()

    @serves(c.LIST_CONSULTATIONS)
    def list_consultations(self, _caller: Caller, request: c.ListConsultations) -> c.ConsultationPage:
        """See :func:`reading.list_consultations`."""
        return reading.list_consultations(self.resources.uow, request)

    @serves(c.READ_CONSULTATION)
    def read_consultation(self, _caller: Caller, request: c.ReadConsultation) -> c.ConsultationView:
        """See :func:`reading.read_consultation`."""
        return reading.read_consultation(self.resources.uow, request)

    @serves(c.SAVE_DRAFT)
    def save_draft(self, caller: Caller, request: c.SaveDraft) -> c.DraftView:
        """See :func:`answering.save_draft`."""
        return answering.save_draft(self.resources.uow, self.resources.people, caller, request)

    @serves(c.SUBMIT_ANSWER)
    def submit_answer(self, caller: Caller, request: c.SubmitAnswer) -> c.AnswerView:
        """See :func:`answering.submit_answer`."""
        return answering.submit_answer(self.resources.uow, self.resources.people, caller, request)

    @serves(c.READ_MY_ANSWER)
    def read_my_answer(self, caller: Caller, request: c.ReadMyAnswer) -> c.MyAnswer:
        """See :func:`answering.read_my_answer`."""
        return answering.read_my_answer(self.resources.uow, caller, request)

    @serves(c.WITHDRAW_ANSWER)
    def withdraw_answer(self, caller: Caller, request: c.WithdrawAnswer) -> c.Withdrawn:
        """See :func:`answering.withdraw_answer`."""
        return answering.withdraw_answer(self.resources.uow, caller, request)

    @serves(c.LIST_MY_ANSWERS)
    def list_my_answers(self, caller: Caller, request: c.ListMyAnswers) -> c.MyAnswerPage:
        """See :func:`reading.list_my_answers`."""
        return reading.list_my_answers(self.resources.uow, caller, request)

    @serves(c.READ_RESULTS)
    def read_results(self, caller: Caller, request: c.ReadResults) -> c.ResultsView:
        """See :func:`results.read_results`."""
        return results.read_results(self.resources.uow, caller, request)

    @serves(c.LIST_TEXTS)
    def list_texts(self, caller: Caller, request: c.ListTexts) -> c.TextPage:
        """See :func:`results.list_texts`."""
        return results.list_texts(self.resources.uow, caller, request)

    @serves(c.CROSS_QUESTIONS)
    def cross_questions(self, caller: Caller, request: c.CrossQuestions) -> c.CrossTable:
        """See :func:`results.cross_questions`."""
        return results.cross_questions(self.resources.uow, caller, request)

    @serves(c.CREATE_CONSULTATION)
    def create_consultation(self, caller: Caller, request: c.CreateConsultation) -> c.DeskConsultation:
        """See :func:`desk.create_consultation`."""
        return desk.create_consultation(self.resources.uow, caller, request)

    @serves(c.EDIT_CONSULTATION)
    def edit_consultation(self, caller: Caller, request: c.EditConsultation) -> c.DeskConsultation:
        """See :func:`desk.edit_consultation`."""
        return desk.edit_consultation(self.resources.uow, caller, request)

    @serves(c.SAVE_FORM)
    def save_form(self, caller: Caller, request: c.SaveForm) -> c.DeskConsultation:
        """See :func:`desk.save_form`."""
        return desk.save_form(self.resources.uow, caller, request)

    @serves(c.PUBLISH_CONSULTATION)
    def publish_consultation(self, caller: Caller, request: c.PublishConsultation) -> c.DeskConsultation:
        """See :func:`desk.publish_consultation`."""
        return desk.publish_consultation(self.resources.uow, caller, request)

    @serves(c.CLOSE_CONSULTATION)
    def close_consultation(self, caller: Caller, request: c.CloseConsultation) -> c.DeskConsultation:
        """See :func:`desk.close_consultation`."""
        return desk.close_consultation(self.resources.uow, caller, request)

    @serves(c.READ_DESK_CONSULTATION)
    def read_desk_consultation(self, caller: Caller, request: c.ReadDeskConsultation) -> c.DeskConsultation:
        """See :func:`desk.read_desk_consultation`."""
        return desk.read_desk_consultation(self.resources.uow, caller, request)

    @serves(c.LIST_DESK_CONSULTATIONS)
    def list_desk_consultations(self, caller: Caller, request: c.ListDeskConsultations) -> c.DeskPage:
        """See :func:`reading.list_desk_consultations`."""
        return reading.list_desk_consultations(self.resources.uow, caller, request)

    @serves(c.BEGIN_EXPORT)
    def begin_export(self, caller: Caller, request: c.BeginExport) -> c.ExportBegun:
        """See :func:`exports.begin_export`."""
        return exports.begin_export(self.resources.uow, caller, request)

    @serves(c.READ_EXPORT)
    def read_export(self, caller: Caller, request: c.ReadExport) -> c.ExportPage:
        """See :func:`exports.read_export`."""
        return exports.read_export(self.resources.uow, caller, request)
