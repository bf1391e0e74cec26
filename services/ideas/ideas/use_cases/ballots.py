"""Freezing what is put to the vote: one list for each envelope, handed over to voting project by project."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from chassis.auth import EVERYWHERE, Caller
from contracts import ideas as c
from contracts.errors import Fault

from ideas.domain import ballot
from ideas.domain.ballot import Listed
from ideas.domain.campaign import Campaign, PhaseCode
from ideas.domain.project import Dossiers, Project
from ideas.repository import Transaction, UnitOfWork
from ideas.translate.views import excerpt
from ideas.use_cases import access
from ideas.use_cases.campaigning import MANAGERS
from ideas.use_cases.grouping import record


def freeze_ballot(uow: UnitOfWork, caller: Caller, request: c.FreezeBallot) -> c.BallotFrozen:
    """Freeze the lists of a campaign and hand them over."""
    with uow() as tx:
        access.agent(caller, MANAGERS, (EVERYWHERE,))
        tx.campaigns.lock()
        campaign = tx.campaigns.find(request.year)
        if campaign is None:
            raise Fault.not_found("There is no such campaign.", "no-such-campaign")
        projects = tx.projects.of_campaign(request.year)
        dossiers = tx.dossiers.lock_all({idea for one in projects for idea in one.ideas})
        excluded = tx.projects.excluded(request.year)
        for on in ballot.lists(campaign, projects, dossiers, tx.today):
            for project in on.projects:
                _put(tx, project, on, dossiers)
                _hand_over(tx, campaign, project, on, dossiers, excluded)
        return _frozen(tx.projects.of_campaign(request.year), dossiers)


def _put(tx: Transaction, project: Project, on: Listed, dossiers: Dossiers) -> None:
    after, changes = ballot.put(project, on, dossiers)
    tx.projects.save(after)
    record(tx, changes, dossiers)


def _hand_over(  # noqa: PLR0913, PLR0917 -- the parts of one sentence
    tx: Transaction,
    campaign: Campaign,
    project: Project,
    on: Listed,
    dossiers: Dossiers,
    excluded: Mapping[UUID, frozenset[UUID]],
) -> None:
    leader, vote = dossiers[project.id], campaign.calendar.phase(PhaseCode.VOTE)
    if vote is None:
        raise LookupError(campaign.slug)
    others = excluded.get(project.id, frozenset()) & {one.id for one in on.projects}
    fact = c.ProjectOnBallot(
        idea_id=c.IdeaId(project.id),
        number=leader.number,
        campaign=campaign.slug,
        year=campaign.year,
        place=project.place or None,
        envelope=campaign.envelopes.get(project.place, 0),
        opens_at=tx.rules.start_of(vote.starts_on),
        closes_at=tx.rules.end_of(vote.ends_on),
        title=project.title,
        summary=excerpt(project.description),
        cost=leader.cost or 0,
        theme=leader.theme,
        district=leader.place.district,
        incompatible=tuple(sorted(dossiers[one].number for one in others)),
        together=len(on.projects),
        list_sha256=on.sha256,
    )
    tx.events.append(c.PROJECT_ON_BALLOT, fact, subject=leader.number)


def _frozen(projects: Sequence[Project], dossiers: Dossiers) -> c.BallotFrozen:
    lists = []
    for place in sorted({one.place for one in projects if one.voted is not None}):
        listed = [one for one in projects if one.place == place and one.voted is not None]
        listed.sort(key=lambda one: dossiers[one.id].number)
        sha256 = ballot.digest(listed, dossiers)
        lists.append(c.BallotList(place=place or None, projects=len(listed), sha256=sha256))
    return c.BallotFrozen(lists=tuple(lists))
