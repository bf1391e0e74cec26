"""A whole city of samples behind the gateway: what every page needs, for the tests that look at pages."""

from typing import Any

from chassis.client import Context
from contracts import ideas, identity
from contracts.base import Empty

from gateway.testing import (
    campaign_samples,
    community_samples,
    debate_samples,
    desk_samples,
    examination_samples,
    file_samples,
    fraud_samples,
    merge_samples,
    paper_samples,
    project_samples,
    published_samples,
    samples,
)
from gateway.testing.stand_ins import FakeServices


def populate(services: FakeServices) -> None:
    """Every call answers something believable."""
    _identity(services)
    _ideas(services)


def _identity(services: FakeServices) -> None:
    services.on(identity.SIGN_IN, samples.session())
    services.on(identity.REFRESH, samples.session())
    services.on(identity.MY_ACCOUNT, samples.account(identity.Role.MODERATOR))
    services.on(identity.MY_SESSIONS, samples.sessions())
    services.on(identity.DISPLAY_NAMES, lambda request, _context: samples.names(request))
    services.on(identity.MY_ACCESSES, identity.AccessPage(items=()))
    services.on(identity.JWKS, identity.Keys(keys=({"kid": "one", "kty": "OKP"},)))
    services.on(identity.REGISTER, identity.Accepted())


def _list(request: Any, _context: Any) -> ideas.DossierPage:
    if request.states == (ideas.State.OPEN,):
        return samples.page_of(*(samples.card(n) for n in range(1, 4)))
    ended = (ideas.State.DELIVERED, ideas.State.UNDER_WAY, ideas.State.DECLINED, ideas.State.ACCEPTED)
    if request.states:
        return samples.page_of(*(samples.card(n + 10, state) for n, state in enumerate(ended)))
    return samples.page_of(
        *(samples.card(n) for n in range(1, 6)), samples.card(9, ideas.State.DELIVERED), following="x"
    )


def _ideas(services: FakeServices) -> None:
    services.on(ideas.LIST_IDEAS, _list)
    services.on(ideas.COUNT_IDEAS, samples.counts())
    services.on(ideas.BROWSE_IDEAS, lambda request, context: _found(services, request, context))
    services.on(
        ideas.READ_IDEA, lambda request, context: examination_samples.of(request.dossier, mine=bool(context.token))
    )
    services.on(ideas.READ_INTERNAL_NOTES, examination_samples.notes())
    services.on(ideas.READ_RECORD, samples.record())
    services.on(ideas.LIST_COMMENTS, samples.threads())
    services.on(ideas.READ_WHOLE, lambda request, context: whole(services, request, context))
    services.on(ideas.READ_COMMENT, samples.comment())
    services.on(ideas.LIST_REPLIES, ideas.ReplyPage(items=(samples.comment(id=samples.REPLY),)))
    services.on(ideas.LIST_MY_IDEAS, samples.page_of(samples.card(1)))
    services.on(ideas.LIST_MY_SUPPORTS, samples.page_of())
    _writing(services)
    _at_the_desk(services)
    _published(services)
    _campaigns(services)
    _projects(services)
    _community(services)
    _debates(services)
    _merges(services)
    _paper(services)
    _fraud(services)


def _found(services: FakeServices, request: ideas.BrowseIdeas, context: Context) -> ideas.IdeasFound:
    """What the two questions that it stands for are answered."""
    page = services.answer(ideas.LIST_IDEAS, request, context)
    return ideas.IdeasFound(page=page, counts=services.answer(ideas.COUNT_IDEAS, request, context))


def whole(services: FakeServices, request: ideas.ReadWhole, context: Context) -> ideas.WholeDossier:
    """What the three questions that it stands for are answered."""
    dossier = services.answer(ideas.READ_IDEA, ideas.ReadIdea(dossier=request.dossier), context)
    record = services.answer(ideas.READ_RECORD, ideas.ReadRecord(dossier=request.dossier), context)
    threads = services.answer(ideas.LIST_COMMENTS, request, context)
    return ideas.WholeDossier(dossier=dossier, record=record, threads=threads)


def _fraud(services: FakeServices) -> None:
    found = tuple(fraud_samples.group(n) for n in range(2))
    services.on(ideas.LIST_FRAUD, ideas.FraudPage(items=found))
    services.on(ideas.READ_FRAUD_REPORT, fraud_samples.report())
    services.on(ideas.LIST_FRAUD_LOG, fraud_samples.log())
    acts = (ideas.PROPOSE_INVALIDATION, ideas.CONFIRM_INVALIDATION, ideas.DISMISS_FRAUD, ideas.UNDO_INVALIDATION)
    for call in (ideas.READ_FRAUD_GROUP, *acts):
        services.on(call, fraud_samples.view())


def _paper(services: FakeServices) -> None:
    services.on(ideas.LIST_PAPER, paper_samples.listed)
    for call in (ideas.ENTER_PAPER, ideas.CONFIRM_PAPER, ideas.WITHDRAW_PAPER):
        services.on(call, paper_samples.batch(1))


def _merges(services: FakeServices) -> None:
    services.on(ideas.LIST_MY_MERGES, ideas.MyMerges(items=(merge_samples.mine(),)))
    services.on(ideas.CHOOSE_MERGE, ideas.MyMerges(items=(merge_samples.mine(),)))
    services.on(ideas.LIST_MERGES, ideas.MergeList(items=(merge_samples.pending(), merge_samples.undone())))
    for call in (ideas.PREVIEW_MERGE, ideas.MERGE_IDEAS, ideas.UNDO_MERGE):
        services.on(call, merge_samples.preview())


def _campaigns(services: FakeServices) -> None:
    services.on(ideas.LIST_CAMPAIGNS, campaign_samples.campaigns())
    services.on(
        ideas.DECIDE_ADMISSIBILITY,
        lambda request, _context: ideas.AdmissibilityDecided(decided=request.idea_ids, left=()),
    )
    for call in (ideas.READ_CAMPAIGN, ideas.SAVE_CAMPAIGN, ideas.PUBLISH_CAMPAIGN):
        services.on(call, campaign_samples.campaign())


def _projects(services: FakeServices) -> None:
    services.on(ideas.LIST_PROJECTS, lambda request, _context: project_samples.listed(request))
    services.on(ideas.MAP_PROJECTS, project_samples.pins())
    services.on(ideas.LIST_UNGROUPED, project_samples.ungrouped())
    services.on(ideas.READ_PROJECT, lambda request, _context: project_samples.of(request.project))
    for call in (ideas.SAVE_PROJECT, ideas.SETTLE_PROJECT, ideas.DECLARE_INCOMPATIBLE):
        services.on(call, project_samples.project())
    services.on(ideas.ENTER_RESULT, project_samples.project())
    services.on(ideas.RECORD_WORKS, project_samples.built())
    services.on(ideas.READ_WORKS, project_samples.works())
    services.on(ideas.FREEZE_BALLOT, project_samples.frozen())
    services.on(ideas.DISSOLVE_PROJECT, Empty())


def _published(services: FakeServices) -> None:
    services.on(ideas.LIST_HEADS, published_samples.heads)
    services.on(ideas.LIST_DATA_FILES, published_samples.files())
    services.on(ideas.READ_DATA_PART, published_samples.part)


def _writing(services: FakeServices) -> None:
    services.on(ideas.SUPPORT_IDEA, samples.supported())
    services.on(ideas.READ_DRAFT, file_samples.draft())
    services.on(ideas.READ_ATTACHMENT, file_samples.part())
    services.on(ideas.SAVE_DRAFT, samples.draft())
    services.on(ideas.LIST_DRAFTS, ideas.DraftPage(items=(samples.draft(),)))
    services.on(
        ideas.FIND_SIMILAR, ideas.SimilarIdeas(items=(samples.card(1, metres=120), samples.card(2, metres=640)))
    )
    services.on(ideas.DEPOSIT_IDEA, samples.dossier(ideas.State.SUBMITTED, mine=True))


def _moderation(request: Any, _context: Any) -> ideas.ModerationPage:
    subject = request.subject or ideas.Subject.DOSSIER
    items = tuple(desk_samples.to_moderate(n, subject) for n in range(1, 6))
    return ideas.ModerationPage(items=items, oldest_at=samples.NOW)


def _community(services: FakeServices) -> None:
    services.on(ideas.READ_APPEAL, community_samples.standing())
    waiting = tuple(community_samples.to_decide(n) for n in range(3))
    services.on(ideas.LIST_APPEALS, ideas.AppealPage(items=waiting, total=3))


def _debates(services: FakeServices) -> None:
    services.on(ideas.LIST_DEBATES, debate_samples.debates())
    services.on(ideas.READ_DEBATE, lambda request, context: debate_samples.of(request, mine=bool(context.token)))
    services.on(ideas.OPEN_DEBATE, debate_samples.debate(debate_samples.COMING))
    services.on(ideas.CONCLUDE_DEBATE, debate_samples.debate(debate_samples.CONCLUDED))


def _at_the_desk(services: FakeServices) -> None:
    services.on(ideas.READ_DESK_COUNTS, desk_samples.desk_counts())
    services.on(ideas.LIST_MODERATION, _moderation)
    examined = tuple(desk_samples.to_examine(n) for n in range(1, 4))
    services.on(ideas.LIST_EXAMINATION, ideas.ExaminationPage(items=examined))
    services.on(ideas.READ_TRANSPARENCY, desk_samples.transparency())
    services.on(ideas.APPROVE_IDEA, samples.dossier())
