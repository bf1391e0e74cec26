"""What a commission put to the vote becomes a draft election, once its list is whole: one for each envelope."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

import structlog
from contracts.ideas import ProjectOnBallot
from contracts.territory import Territory

from voting import listed
from voting.domain.election import Election
from voting.domain.rules import (
    Approval,
    Blanks,
    Candidate,
    Fill,
    Grade,
    MajorityJudgment,
    Method,
    Rules,
    TieBreak,
    Words,
)
from voting.repository import Transaction
from voting.resources import Resources

log = structlog.get_logger()
TITLES = {"fr": "Budget participatif {year} : {place}", "en": "Participatory budget {year}: {place}"}
List = Sequence[ProjectOnBallot]


def project_on_ballot(resources: Resources, tx: Transaction, fact: ProjectOnBallot) -> None:
    """Keep a project; the last of its list makes the draft, or fills the one that managers have prepared.

    Managers still check it, choose otherwise than the territory's usual rules if they want, and open it. A list whose
    vote is over when it comes (a campaign that was held elsewhere and is taken over) becomes nothing.
    """
    if fact.closes_at <= tx.now:
        log.info("list_of_a_past_vote", campaign=fact.campaign, place=fact.place)
        return
    found = listed.keep(tx, fact)
    if len(found) < fact.together:
        return
    draft = listed.draft_of(tx, fact.campaign, fact.place)
    if draft is not None:
        tx.elections.save(replace(draft, rules=_filled(draft.rules, found, resources.territory)))
    elif not tx.elections.add(Election(_rules(tx, found, resources.territory))):
        log.warning("list_already_voted", campaign=fact.campaign, place=fact.place)


def _filled(rules: Rules, found: List, territory: Territory) -> Rules:
    """The rules with the projects of the list, its envelope and what excludes what."""
    return replace(
        rules,
        candidates=tuple(_candidate(one, territory) for one in found),
        envelope=found[0].envelope,
        exclusions=_exclusions(found),
    )


def _rules(tx: Transaction, found: List, territory: Territory) -> Rules:
    first, usual = found[0], territory.budget_vote
    election_id = uuid5(NAMESPACE_URL, f"{first.campaign}/{first.place or ''}")
    rules = Rules(
        election_id=election_id,
        slug=_slug(tx, first, election_id),
        title={one: TITLES.get(one, TITLES["en"]).format(year=first.year, place=_place(first, territory, one))
               for one in territory.languages},
        method=_method(territory, len(found)),
        candidates=(),
        opens_at=first.opens_at,
        closes_at=first.closes_at,
        campaign=first.campaign,
        perimeter=first.place,
        eligibility_action=usual.eligibility,
        tie_break=TieBreak(usual.tie_break),
        fill=Fill(usual.fill),
    )  # fmt: skip
    return _filled(rules, found, territory)


def _slug(tx: Transaction, fact: ProjectOnBallot, election_id: UUID) -> str:
    """The address of the vote, with a word more where a manager has given it to another one."""
    slug = f"{fact.campaign}-{fact.place}" if fact.place else fact.campaign
    return f"{slug}-liste" if tx.elections.slug_taken(slug, by_other_than=election_id) else slug


def _place(fact: ProjectOnBallot, territory: Territory, language: str) -> str:
    named = {one.code: one.name for one in territory.districts} | {one.code: one.name for one in territory.groups}
    return named.get(fact.place or "", territory.whole).to(language)


def _method(territory: Territory, projects: int) -> Method:
    usual = territory.budget_vote
    if usual.method == "approval":
        return Approval(min(usual.max_choices, projects))
    grades = tuple(Grade(one.code, dict(one.name.root)) for one in territory.grades)
    return MajorityJudgment(grades, Blanks(usual.blanks))


def _candidate(fact: ProjectOnBallot, territory: Territory) -> Candidate:
    language = territory.languages[0]
    theme, district = territory.theme(fact.theme), territory.district(fact.district or "")
    return Candidate(
        id=fact.number,
        title=_said(fact.title, language),
        summary=_said(fact.summary, language) if fact.summary else {},
        cost=fact.cost,
        category=theme.name.to(language) if theme else "",
        district=(district.name if district else territory.whole).to(language),
        dossier=fact.number,
    )


def _said(text: str, language: str) -> Words:
    return {language: text}


def _exclusions(found: List) -> tuple[tuple[str, ...], ...]:
    """Each pair of projects that exclude one another, once."""
    numbers = {one.number for one in found}
    pairs = {tuple(sorted((one.number, other))) for one in found for other in one.incompatible if other in numbers}
    return tuple(sorted(pairs))
