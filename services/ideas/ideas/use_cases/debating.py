"""Debates of the forum: open one, read it, list them, conclude it. Messages are written as in every discussion."""

from uuid import UUID

from chassis.auth import Caller
from contracts import ideas as c
from contracts.errors import Fault, FieldError
from contracts.territory import Territory

from ideas.domain import debates
from ideas.domain.debates import Debate, Synthesis
from ideas.domain.dossier import Dossier, State, check_lengths
from ideas.domain.problems import Invalid, Problem
from ideas.domain.rules import DEBATE, DebateRules, Rules
from ideas.queries import debates as lists
from ideas.queries import spelling
from ideas.queries.finding import plan_for_words
from ideas.repository import Transaction, UnitOfWork
from ideas.translate import debates as views
from ideas.translate import facts
from ideas.translate.places import place_of
from ideas.use_cases import access
from ideas.use_cases.reading import view as dossier_view
from ideas.use_cases.writing import locked


def open_debate(uow: UnitOfWork, territory: Territory, caller: Caller, request: c.OpenDebate) -> c.DebateView:
    """A debate of its own number comes to be."""
    with uow() as tx:
        rules = _rules(tx.rules)
        account = access.citizen(caller, tx.rules, "deposit_idea")
        _may_open(tx, caller, rules, request)
        tx.dossiers.claim(str(request.idea_id))
        existing = tx.dossiers.find(request.idea_id)
        if existing is None:
            _open(tx, territory, account, request)
        elif existing.author != account:
            raise Fault.conflict("This id is taken.", "id-taken")
        return _view(tx, caller, str(request.idea_id))


def _rules(rules: Rules) -> DebateRules:
    if rules.debate is None:
        raise Fault.not_found("This territory has no debates.", "no-debates")
    return rules.debate


def _may_open(tx: Transaction, caller: Caller, rules: DebateRules, request: c.OpenDebate) -> None:
    if request.service is not None:
        if request.service in tx.rules.services:
            access.examiner(caller, request.service, tx.rules)
    elif not rules.by_anyone:
        raise Fault.forbidden("Debates are opened by services of the administration.", "debates-by-agents")


def _open(tx: Transaction, territory: Territory, account: UUID, request: c.OpenDebate) -> None:
    _check(tx, request)
    if request.service is None:
        sent = tx.dossiers.deposited_since(account, access.longest_window(tx, "deposit_idea"))
        access.not_too_often(tx, "deposit_idea", sent)
    debate = Debate(request.opens_on, request.service)
    written = Dossier(
        id=request.idea_id,
        number=tx.dossiers.next_number(tx.rules.prefix, tx.today.year),
        kind=DEBATE,
        author=account,
        title=request.title,
        text=request.text,
        theme=request.theme,
        place=place_of(request.place, territory),
        campaign=None,
        state=State.SUBMITTED,
        state_since=tx.now,
        deposited_at=tx.now,
    )
    one = tx.add(debates.open_debate(written, debate, request.closes_on, tx.rules))
    tx.debates.save(one.id, debate)
    tx.events.append(c.IDEA_DEPOSITED, facts.deposited(one), subject=one.number)
    if one.state is State.OPEN:
        tx.events.append(c.IDEA_OPENED, facts.opened(one), subject=one.number)


def _check(tx: Transaction, request: c.OpenDebate) -> None:
    kind, rules = tx.rules.kinds[DEBATE], _rules(tx.rules)
    first = debates.earliest(kind, tx.rules, tx.now, by_agents=request.service is not None)
    problems = check_lengths(kind, request.title, request.text)
    if request.theme not in tx.rules.themes:
        problems.append(Problem("/theme", "unknown-theme", "There is no such theme."))
    if request.place.scope is c.Scope.POINT:
        problems.append(Problem("/place/scope", "not-a-perimeter", "A debate is about a district or all of them."))
    if request.service is not None and request.service not in tx.rules.services:
        problems.append(Problem("/service", "unknown-service", "There is no such service."))
    problems += debates.check_dates(request.opens_on, request.closes_on, rules, earliest=first)
    if problems:
        raise Invalid(*problems)


def _view(tx: Transaction, caller: Caller, key: str) -> c.DebateView:
    dossier = dossier_view(tx, caller, key)
    one = tx.debates.find(dossier.id)
    if one is None:
        raise Fault.not_found("There is no such debate.", "no-such-debate")
    return views.debate_view(dossier, one, tx.today)


def read_debate(uow: UnitOfWork, caller: Caller, request: c.ReadDebate) -> c.DebateView:
    """A debate, whole."""
    with uow() as tx:
        return _view(tx, caller, request.dossier)


def list_debates(uow: UnitOfWork, request: c.ListDebates) -> c.DebatePage:
    """A page of debates."""
    with uow() as tx:
        if request.search:
            plan_for_words(tx.connection)
        rows, after = lists.list_debates(tx.connection, request, tx.rules, tx.today)
        total = lists.total(tx.connection, request, tx.rules, tx.today) if request.after is None else None
        items = tuple(views.debate_card(row, tx.rules, tx.now) for row in rows)
        first = request.after is None
        instead = spelling.suggestion(tx.connection, request.search) if first and request.search else None
        return c.DebatePage(items=items, next=after, total=total, suggestion=instead)


def conclude_debate(uow: UnitOfWork, caller: Caller, request: c.ConcludeDebate) -> c.DebateView:
    """Close a debate with what a service heard: the one that opened it, or one above; any for a citizen's."""
    with uow() as tx:
        one = locked(tx, request.idea_id)
        debate = tx.debates.find(one.id)
        if debate is None:
            raise Fault.not_found("There is no such debate.", "no-such-debate")
        if request.service not in tx.rules.services:
            raise Fault.invalid(FieldError("/service", "unknown-service", "There is no such service."))
        access.examiner(caller, request.service, tx.rules)
        access.examiner(caller, debate.opened_by or request.service, tx.rules)
        said = Synthesis(request.service, request.text, tx.now)
        change, after = debates.conclude(one, debate, said, tx.rules)
        tx.save(change)
        if change.steps:
            tx.debates.save(one.id, after)
            tx.events.append(c.DEBATE_CONCLUDED, views.concluded(one, said.service), subject=one.number)
        return _view(tx, caller, str(one.id))
