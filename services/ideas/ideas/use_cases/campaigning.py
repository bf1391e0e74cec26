"""Campaigns: prepared by their managers, published, changed in public, asked by everything that has to do with them."""

from dataclasses import replace

from chassis.auth import EVERYWHERE, Caller
from contracts import ideas as c
from contracts.errors import Fault
from contracts.identity import Role

from ideas.domain import campaign as rules_of_campaigns
from ideas.domain.campaign import ORDER, Calendar, Campaign, PhaseCode
from ideas.domain.problems import Invalid, Problem
from ideas.domain.rules import Rules
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import campaigns as translate
from ideas.use_cases import access

MANAGERS = (Role.CAMPAIGN_MANAGER, Role.ADMINISTRATOR)


def _manages(caller: Caller) -> bool:
    return any(caller.has(role, EVERYWHERE) for role in MANAGERS)


def _view(tx: Transaction, one: Campaign) -> c.CampaignView:
    return translate.view(one, tx.campaigns.changes(one.year), tx.rules, tx.today)


def _wanted(request: c.SaveCampaign, rules: Rules) -> Campaign:
    typed, places = translate.phases_of(request), translate.places_of(request)
    amounts = [one.amount for one in request.envelopes]
    ordered = tuple(sorted(typed, key=lambda one: ORDER.index(one.code)))
    wanted = Campaign(request.year, Calendar(ordered), dict(zip(places, amounts, strict=True)))
    rules_of_campaigns.check(wanted, typed, places, frozenset(rules.place_order))
    return wanted


def save_campaign(uow: UnitOfWork, caller: Caller, request: c.SaveCampaign) -> c.CampaignView:
    """Prepare a campaign, or change it; what is public is changed with a public reason."""
    with uow() as tx:
        access.agent(caller, MANAGERS, (EVERYWHERE,))
        tx.campaigns.lock()
        wanted = _wanted(request, tx.rules)
        before = tx.campaigns.find(request.year)
        if before is None and request.version is not None:
            raise Fault.not_found("There is no such campaign.", "no-such-campaign")
        _alone(tx, wanted, request)
        return _view(tx, _kept(tx, before, wanted, request))


def _kept(tx: Transaction, before: Campaign | None, wanted: Campaign, request: c.SaveCampaign) -> Campaign:
    if before is None:
        first = replace(wanted, version=1)
        tx.campaigns.save(first)
        return first
    if request.version is None:
        raise Invalid(Problem("/year", "year-taken", "This year has a campaign already."))
    rules = {"today": tx.today, "version": request.version}
    trace = rules_of_campaigns.change(before, wanted, reason=request.reason, **rules)  # type: ignore[arg-type]
    after = replace(wanted, version=before.version + 1, published_at=before.published_at)
    tx.campaigns.save(after)
    if trace is not None:
        tx.campaigns.note(after, trace, tx.now)
        tx.events.append(c.CAMPAIGN_CHANGED, translate.fact(after), subject=after.slug)
    return after


def _alone(tx: Transaction, wanted: Campaign, request: c.SaveCampaign) -> None:
    """Raises *invalid* if another campaign takes deposits on one of the days of this one's deposit phase."""
    mine = wanted.calendar.phase(PhaseCode.DEPOSIT)
    others = [one.calendar.phase(PhaseCode.DEPOSIT) for one in tx.campaigns.all() if one.year != wanted.year]
    taken = any(mine and one and mine.starts_on <= one.ends_on and one.starts_on <= mine.ends_on for one in others)
    if taken:
        place = next(n for n, one in enumerate(request.phases) if one.code is c.PhaseCode.DEPOSIT)
        raise Invalid(
            Problem(f"/phases/{place}/starts_on", "deposits-overlap", "Another campaign takes deposits then.")
        )


def publish_campaign(uow: UnitOfWork, caller: Caller, request: c.PublishCampaign) -> c.CampaignView:
    """Make it public. Repeating it changes nothing."""
    with uow() as tx:
        access.agent(caller, MANAGERS, (EVERYWHERE,))
        tx.campaigns.lock()
        one = _found(tx, request.year)
        if one.published_at is None:
            one = rules_of_campaigns.publish(one, tx.now)
            tx.campaigns.save(one)
            tx.events.append(c.CAMPAIGN_PUBLISHED, translate.fact(one), subject=one.slug)
        return _view(tx, one)


def _found(tx: Transaction, year: int) -> Campaign:
    one = tx.campaigns.find(year)
    if one is None:
        raise Fault.not_found("There is no such campaign.", "no-such-campaign")
    return one


def read_campaign(uow: UnitOfWork, caller: Caller, request: c.ReadCampaign) -> c.CampaignView:
    """A campaign, if it is public or the caller manages campaigns."""
    with uow() as tx:
        one = _found(tx, request.year)
        if one.published_at is None and not _manages(caller):
            raise Fault.not_found("There is no such campaign.", "no-such-campaign")
        return _view(tx, one)


def list_campaigns(uow: UnitOfWork, caller: Caller) -> c.CampaignList:
    """Every campaign that the caller may see, the newest first."""
    with uow() as tx:
        return c.CampaignList(items=tuple(translate.card(one, tx.today) for one in seen_by(caller, tx)))


def seen_by(caller: Caller, tx: Transaction) -> list[Campaign]:
    """The campaigns that are public or the caller's to prepare, the newest first."""
    return [one for one in tx.campaigns.all() if one.published_at is not None or _manages(caller)]


def taking_deposits(tx: Transaction) -> Campaign:
    """The public campaign that takes deposits today. Raises *wrong state* if none does."""
    for one in tx.campaigns.all():
        if one.published_at is not None and one.calendar.during(PhaseCode.DEPOSIT, tx.today):
            return one
    raise Fault.wrong_state("No campaign takes deposits now.", "no-campaign-open")
