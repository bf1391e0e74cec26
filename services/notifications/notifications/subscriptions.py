"""What this service listens to. A handler writes rows in the transaction it is given, and nothing else."""

from chassis.doors import Provided
from chassis.event_log import Meta
from chassis.events import subscribe
from contracts import consultations, ideas, identity, voting

from notifications.bootstrap import Resources
from notifications.repository import Transaction
from notifications.stories import budget as of_budget
from notifications.stories import consultations as of_consultations
from notifications.stories import ideas as of_ideas
from notifications.stories import identity as of_identity
from notifications.stories import voting as of_voting
from notifications.stories.reporter import Reporter
from notifications.use_cases.forget import forget_person


class NotificationsEvents:
    """The events of the services that are deployed (``SERVICES``)."""

    name = "notifications_events"
    resources: Resources = Provided()

    @subscribe(identity.CONFIRMATION_REQUESTED, name="notifications.confirmation_requested")
    def confirmation_requested(self, tx: Transaction, fact: identity.LinkRequested, meta: Meta) -> None:
        """A link must be mailed. Its secret is asked of identity when the mail leaves."""
        of_identity.link_requested(self._report(tx, meta), fact, of_identity.CONFIRM)

    @subscribe(identity.PASSWORD_RESET_REQUESTED, name="notifications.password_reset_requested")
    def password_reset_requested(self, tx: Transaction, fact: identity.LinkRequested, meta: Meta) -> None:
        """A link must be mailed. Its secret is asked of identity when the mail leaves."""
        of_identity.link_requested(self._report(tx, meta), fact, of_identity.RESET)

    @subscribe(identity.REGISTRATION_REPEATED, name="notifications.registration_repeated")
    def registration_repeated(self, tx: Transaction, fact: identity.RegistrationRepeated, meta: Meta) -> None:
        """Somebody tried to register with an address that has an account."""
        of_identity.registration_repeated(self._report(tx, meta), fact)

    @subscribe(identity.SECURITY_NOTICE, name="notifications.security_notice")
    def security_notice(self, tx: Transaction, fact: identity.SecurityNotice, meta: Meta) -> None:
        """Something happened to the account; with another address, what the old one refused does not count any more."""
        of_identity.security_notice(self._report(tx, meta), fact)

    @subscribe(identity.CITIZEN_ERASED, name="notifications.citizen_erased")
    def citizen_erased(self, tx: Transaction, fact: identity.CitizenErased, _meta: Meta) -> None:
        """The account is no more: everything about it is erased."""
        forget_person(tx, fact.account_id)

    @subscribe(identity.ROLE_CHANGED, name="notifications.role_changed")
    def role_changed(self, tx: Transaction, fact: identity.RoleChanged, meta: Meta) -> None:
        """An agent works for services from now on, or no more."""
        of_identity.role_changed(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_DEPOSITED, name="notifications.idea_deposited")
    def idea_deposited(self, tx: Transaction, fact: ideas.IdeaDeposited, meta: Meta) -> None:
        """The author will want to hear what becomes of it."""
        of_ideas.deposited(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_OPENED, name="notifications.idea_opened")
    def idea_opened(self, tx: Transaction, fact: ideas.IdeaOpened, meta: Meta) -> None:
        """It is public: its title can be said, and those who follow its theme or district discover it."""
        of_ideas.opened(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_REFUSED, name="notifications.idea_refused")
    def idea_refused(self, tx: Transaction, fact: ideas.IdeaRefused, meta: Meta) -> None:
        """Its author hears why."""
        of_ideas.refused(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_HIDDEN, name="notifications.idea_hidden")
    def idea_hidden(self, tx: Transaction, fact: ideas.IdeaHidden, meta: Meta) -> None:
        """Its title is not said any more; its author hears why."""
        of_ideas.hidden(self._report(tx, meta), fact)

    @subscribe(ideas.ATTACHMENT_HIDDEN, name="notifications.attachment_hidden")
    def attachment_hidden(self, tx: Transaction, fact: ideas.AttachmentHidden, meta: Meta) -> None:
        """Whoever attached it hears why; the dossier stays."""
        of_ideas.attachment_hidden(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_RESTORED, name="notifications.idea_restored")
    def idea_restored(self, tx: Transaction, fact: ideas.IdeaRestored, meta: Meta) -> None:
        """It is public again."""
        of_ideas.restored(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_EXPIRED, name="notifications.idea_expired")
    def idea_expired(self, tx: Transaction, fact: ideas.IdeaEnded, meta: Meta) -> None:
        """Its time is over."""
        of_ideas.expired(self._report(tx, meta), fact)

    @subscribe(ideas.DEBATE_CONCLUDED, name="notifications.debate_concluded")
    def debate_concluded(self, tx: Transaction, fact: ideas.DebateConcluded, meta: Meta) -> None:
        """A service said what it heard in a debate."""
        of_ideas.debate_concluded(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_WITHDRAWN, name="notifications.idea_withdrawn")
    def idea_withdrawn(self, tx: Transaction, fact: ideas.IdeaEnded, meta: Meta) -> None:
        """Its author took it back: those who follow it hear of it."""
        of_ideas.withdrawn(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_SUPPORTED, name="notifications.idea_supported")
    def idea_supported(self, tx: Transaction, fact: ideas.IdeaSupported, meta: Meta) -> None:
        """The author hears of a third, two thirds, and all of the threshold."""
        of_ideas.supported(self._report(tx, meta), fact)

    @subscribe(ideas.STAGE_REACHED, name="notifications.stage_reached")
    def stage_reached(self, tx: Transaction, fact: ideas.StageFact, meta: Meta) -> None:
        """The administration owes something now."""
        of_ideas.stage_reached(self._report(tx, meta), fact)

    @subscribe(ideas.STAGE_LOST, name="notifications.stage_lost")
    def stage_lost(self, tx: Transaction, fact: ideas.StageFact, meta: Meta) -> None:
        """Supports were found invalid and the count is below the stage again."""
        of_ideas.stage_lost(self._report(tx, meta), fact)

    @subscribe(ideas.STAGE_ANSWERED, name="notifications.stage_answered")
    def stage_answered(self, tx: Transaction, fact: ideas.StageAnswered, meta: Meta) -> None:
        """What was owed at a stage was said."""
        of_ideas.stage_answered(self._report(tx, meta), fact)

    @subscribe(ideas.EXAMINATION_ASSIGNED, name="notifications.examination_assigned")
    def examination_assigned(self, tx: Transaction, fact: ideas.ExaminationAssigned, meta: Meta) -> None:
        """A service examines it."""
        of_ideas.examination_assigned(self._report(tx, meta), fact)

    @subscribe(ideas.CAMPAIGN_PUBLISHED, name="notifications.campaign_published")
    def campaign_published(self, tx: Transaction, fact: ideas.CampaignFact, meta: Meta) -> None:
        """A participatory budget begins."""
        of_budget.campaign_published(self._report(tx, meta), fact)

    @subscribe(ideas.CAMPAIGN_CHANGED, name="notifications.campaign_changed")
    def campaign_changed(self, tx: Transaction, fact: ideas.CampaignFact, meta: Meta) -> None:
        """Its calendar or its money changed."""
        of_budget.campaign_changed(self._report(tx, meta), fact)

    @subscribe(ideas.PROJECT_DELIVERED, name="notifications.project_delivered")
    def project_delivered(self, tx: Transaction, fact: ideas.ProjectDelivered, meta: Meta) -> None:
        """A project of a participatory budget is delivered."""
        of_budget.project_delivered(self._report(tx, meta), fact)

    @subscribe(ideas.OPINION_ASKED, name="notifications.opinion_asked")
    def opinion_asked(self, tx: Transaction, fact: ideas.OpinionAsked, meta: Meta) -> None:
        """The agents of a service have an opinion to give."""
        of_ideas.opinion_asked(self._report(tx, meta), fact)

    @subscribe(ideas.OPINION_GIVEN, name="notifications.opinion_given")
    def opinion_given(self, tx: Transaction, fact: ideas.OpinionGiven, meta: Meta) -> None:
        """The agents of the service that asked can read it."""
        of_ideas.opinion_given(self._report(tx, meta), fact)

    @subscribe(ideas.EXAMINATION_OVERDUE, name="notifications.examination_overdue")
    def examination_overdue(self, tx: Transaction, fact: ideas.ExaminationOverdue, meta: Meta) -> None:
        """The agents who owe something that is late are reminded."""
        of_ideas.examination_overdue(self._report(tx, meta), fact)

    @subscribe(ideas.COMMITMENT_CHANGED, name="notifications.commitment_changed")
    def commitment_changed(self, tx: Transaction, fact: ideas.CommitmentChanged, meta: Meta) -> None:
        """Something was promised, done, put off or given up."""
        of_ideas.commitment_changed(self._report(tx, meta), fact)

    @subscribe(ideas.ANSWER_PUBLISHED, name="notifications.answer_published")
    def answer_published(self, tx: Transaction, fact: ideas.AnswerPublished, meta: Meta) -> None:
        """The administration answered."""
        of_ideas.answer_published(self._report(tx, meta), fact)

    @subscribe(ideas.STEP_RECORDED, name="notifications.step_recorded")
    def step_recorded(self, tx: Transaction, fact: ideas.StepRecorded, meta: Meta) -> None:
        """What became of it."""
        of_ideas.step_recorded(self._report(tx, meta), fact)

    @subscribe(ideas.DOSSIER_IMPORTED, name="notifications.dossier_imported")
    def dossier_imported(self, tx: Transaction, fact: ideas.DossierTakenOver, meta: Meta) -> None:
        """It came from another platform: only its title is news to us."""
        of_ideas.taken_over(self._report(tx, meta), fact)

    @subscribe(ideas.COMMENT_PUBLISHED, name="notifications.comment_published")
    def comment_published(self, tx: Transaction, fact: ideas.CommentPublished, meta: Meta) -> None:
        """Those who are answered hear of it; those who follow the dossier only if the administration speaks."""
        of_ideas.comment_published(self._report(tx, meta), fact)

    @subscribe(ideas.COMMENT_HIDDEN, name="notifications.comment_hidden")
    def comment_hidden(self, tx: Transaction, fact: ideas.CommentHidden, meta: Meta) -> None:
        """Who wrote it hears why."""
        of_ideas.comment_hidden(self._report(tx, meta), fact)

    @subscribe(ideas.COMMENT_RESTORED, name="notifications.comment_restored")
    def comment_restored(self, tx: Transaction, fact: ideas.CommentRestored, meta: Meta) -> None:
        """Who wrote it hears that it is shown again."""
        of_ideas.comment_restored(self._report(tx, meta), fact)

    @subscribe(ideas.APPEAL_DECIDED, name="notifications.appeal_decided")
    def appeal_decided(self, tx: Transaction, fact: ideas.AppealDecided, meta: Meta) -> None:
        """Whoever appealed hears what another moderator decided."""
        of_ideas.appeal_decided(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_MERGED, name="notifications.idea_merged")
    def idea_merged(self, tx: Transaction, fact: ideas.IdeaMerged, meta: Meta) -> None:
        """It was joined to another: its supporters have until a day to step out."""
        of_ideas.merged(self._report(tx, meta), fact)

    @subscribe(ideas.IDEA_UNMERGED, name="notifications.idea_unmerged")
    def idea_unmerged(self, tx: Transaction, fact: ideas.IdeaUnmerged, meta: Meta) -> None:
        """It stands alone again."""
        of_ideas.unmerged(self._report(tx, meta), fact)

    @subscribe(ideas.SUPPORTS_CARRIED, name="notifications.supports_carried")
    def supports_carried(self, tx: Transaction, fact: ideas.SupportsCarried, meta: Meta) -> None:
        """The supporters of what was joined to it count for it."""
        of_ideas.supports_carried(self._report(tx, meta), fact)

    @subscribe(voting.ELECTION_ANNOUNCED, name="notifications.election_announced")
    def election_announced(self, tx: Transaction, fact: voting.ElectionAnnounced, meta: Meta) -> None:
        """Its rules are public."""
        of_voting.announced(self._report(tx, meta), fact)

    @subscribe(voting.ELECTION_RULES_CHANGED, name="notifications.election_rules_changed")
    def election_rules_changed(self, tx: Transaction, fact: voting.ElectionRulesChanged, meta: Meta) -> None:
        """Its rules are not what they were."""
        of_voting.rules_changed(self._report(tx, meta), fact)

    @subscribe(voting.ELECTION_OPENED, name="notifications.election_opened")
    def election_opened(self, tx: Transaction, fact: voting.ElectionOpened, meta: Meta) -> None:
        """One can vote."""
        of_voting.opened(self._report(tx, meta), fact)

    @subscribe(voting.ELECTION_CANCELLED, name="notifications.election_cancelled")
    def election_cancelled(self, tx: Transaction, fact: voting.ElectionCancelled, meta: Meta) -> None:
        """Nothing will be counted."""
        of_voting.cancelled(self._report(tx, meta), fact)

    @subscribe(voting.RESULT_PUBLISHED, name="notifications.result_published")
    def result_published(self, tx: Transaction, fact: voting.ResultPublished, meta: Meta) -> None:
        """Everybody can read and recount the result."""
        of_voting.result_published(self._report(tx, meta), fact)

    @subscribe(consultations.CONSULTATION_OPENED, name="notifications.consultation_opened")
    def consultation_opened(self, tx: Transaction, fact: consultations.ConsultationOpened, meta: Meta) -> None:
        """One can answer."""
        of_consultations.opened(self._report(tx, meta), fact)

    @subscribe(consultations.CONSULTATION_CLOSED, name="notifications.consultation_closed")
    def consultation_closed(self, tx: Transaction, fact: consultations.ConsultationClosed, meta: Meta) -> None:
        """Its results can be read."""
        of_consultations.closed(self._report(tx, meta), fact)

    @subscribe(consultations.ANSWER_RECEIVED, name="notifications.answer_received")
    def answer_received(self, tx: Transaction, fact: consultations.AnswerReceived, meta: Meta) -> None:
        """Whoever answers follows the consultation, until they say otherwise."""
        of_consultations.answered(self._report(tx, meta), fact)

    def _report(self, tx: Transaction, meta: Meta) -> Reporter:
        return Reporter(tx, meta, self.resources.settings.stale_after)
