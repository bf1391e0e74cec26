"""Reading: dossiers, records, lists, counts, what is alike, and one's own."""

from collections.abc import Iterator
from contextlib import contextmanager

from chassis.auth import Caller
from chassis.database import Row
from contracts import ideas as c
from contracts.errors import Fault
from contracts.territory import Territory

from ideas.domain.dossier import UNPUBLISHED, Dossier, Place
from ideas.domain.record import broken_links
from ideas.queries import dossier as pages
from ideas.queries import finding, mine, spelling
from ideas.repository import Transaction, UnitOfWork
from ideas.repository.dossiers import dossier_of
from ideas.translate import views
from ideas.translate.places import place_of
from ideas.use_cases import access
from ideas.use_cases import discussing as threads


def view(tx: Transaction, caller: Caller, key: str) -> c.DossierView:
    """The dossier as the caller may see it. Raises *not found*."""
    return _view(tx, caller, *_readable(tx, caller, pages.find_with_all(tx.connection, key)))


def _readable(tx: Transaction, caller: Caller, row: Row | None) -> tuple[Row, Dossier]:
    one = dossier_of(row) if row else None
    if row is None or one is None or not _visible(tx, caller, one):
        raise Fault.not_found("There is no such dossier.", "no-such-dossier")
    return row, one


def _view(tx: Transaction, caller: Caller, row: Row, one: Dossier) -> c.DossierView:
    mine, may_read = _mine(tx, caller, one), access.may_read(caller, one, tx.rules)
    return views.dossier_view(row, one, tx.rules, tx.now, mine=mine, may_read=may_read)


def _visible(tx: Transaction, caller: Caller, one: Dossier) -> bool:
    return one.state not in UNPUBLISHED or access.may_read(caller, one, tx.rules)


def _mine(tx: Transaction, caller: Caller, one: Dossier) -> c.Mine | None:
    if caller.account is None:
        return None
    supported = pages.supported_by(tx.connection, one.id, caller.account)
    return views.mine_view(one, caller.account, supported=supported)


def read_idea(uow: UnitOfWork, caller: Caller, request: c.ReadIdea) -> c.DossierView:
    """A dossier, whole."""
    with uow() as tx:
        return view(tx, caller, request.dossier)


def read_record(uow: UnitOfWork, caller: Caller, request: c.ReadRecord) -> c.RecordView:
    """A dossier's record, recomputed."""
    with uow() as tx:
        _, one = _readable(tx, caller, pages.find(tx.connection, request.dossier))
        return _record(tx, caller, one)


def _record(tx: Transaction, caller: Caller, one: Dossier) -> c.RecordView:
    links = tx.records.read(one.id)
    hidden = one.content_hidden and not access.may_read(caller, one, tx.rules)
    return c.RecordView(
        number=one.number,
        idea_id=c.IdeaId(one.id),
        steps=tuple(views.step_view(link, hidden=hidden) for link in links),
        intact=not broken_links(one.number, links) and links[-1].hash == one.head,
        clock=views.clock_of(one, tx.rules, tx.now),
    )


def read_whole(uow: UnitOfWork, caller: Caller, request: c.ReadWhole) -> c.WholeDossier:
    """A dossier with its record and a page of its threads: three statements, and one more for somebody signed in."""
    with uow() as tx:
        row, one = _readable(tx, caller, pages.find_with_all(tx.connection, request.dossier))
        return c.WholeDossier(
            dossier=_view(tx, caller, row, one),
            record=_record(tx, caller, one),
            threads=threads.page_of(tx, caller, row, request),
        )


def list_ideas(uow: UnitOfWork, request: c.ListIdeas) -> c.DossierPage:
    """A page of dossiers."""
    with _searching(uow, request) as tx:
        return _listed(tx, request, _total(tx, request))


def count_ideas(uow: UnitOfWork, request: c.CountIdeas) -> c.IdeaCounts:
    """Counts beside the filters."""
    with _searching(uow, request) as tx:
        return _counted(tx, request)


def browse_ideas(uow: UnitOfWork, request: c.BrowseIdeas) -> c.IdeasFound:
    """A page of dossiers and the counts beside the filters: two statements where the order leaves nothing out."""
    with _searching(uow, request) as tx:
        counts = _counted(tx, request)
        total = counts.total if finding.lists_all(request) else _total(tx, request)
        return c.IdeasFound(page=_listed(tx, request, total), counts=counts)


@contextmanager
def _searching(uow: UnitOfWork, filters: c.Filters) -> Iterator[Transaction]:
    with uow() as tx:
        if filters.search:
            finding.plan_for_words(tx.connection)
        yield tx


def _total(tx: Transaction, request: c.ListIdeas) -> int | None:
    return finding.total(tx.connection, request, tx.rules) if request.after is None else None


def _listed(tx: Transaction, request: c.ListIdeas, total: int | None) -> c.DossierPage:
    rows, after = finding.list_ideas(tx.connection, request, tx.rules)
    first = request.after is None
    instead = spelling.suggestion(tx.connection, request.search) if first and request.search else None
    items = views.cards(rows, tx.rules, tx.now)
    return c.DossierPage(items=items, next=after, total=total if first else None, suggestion=instead)


def _counted(tx: Transaction, filters: c.Filters) -> c.IdeaCounts:
    found = finding.count_ideas(tx.connection, filters, tx.rules)
    listed = {
        f"{name}s": tuple(
            c.Count(value=value, count=number)
            for value, number in sorted(found[name].items(), key=lambda one: (-one[1], one[0]))
        )
        for name in ("state", "kind", "theme", "district")
    }
    return c.IdeaCounts(total=found["total"][""], counted_at=tx.now, **listed)


def find_similar(uow: UnitOfWork, territory: Territory, request: c.FindSimilar) -> c.SimilarIdeas:
    """Live dossiers like the one that is being written."""
    place = place_of(request.place, territory) if request.place else Place("city")
    with uow() as tx:
        rows = finding.find_similar(tx.connection, request, place, tx.rules)
        return c.SimilarIdeas(items=views.cards(rows, tx.rules, tx.now))


def list_my_ideas(uow: UnitOfWork, caller: Caller, request: c.ListMyIdeas) -> c.DossierPage:
    """The caller's dossiers."""
    account = caller.citizen()
    with uow() as tx:
        rows, after = finding.list_of_author(tx.connection, account, request.after, request.limit)
        return c.DossierPage(items=views.cards(rows, tx.rules, tx.now), next=after)


def list_my_supports(uow: UnitOfWork, caller: Caller, request: c.ListMySupports) -> c.DossierPage:
    """The dossiers that the caller supports."""
    account = caller.citizen()
    with uow() as tx:
        rows, after = finding.list_supported(tx.connection, account, request.after, request.limit)
        return c.DossierPage(items=views.cards(rows, tx.rules, tx.now), next=after)


def export_mine(uow: UnitOfWork, caller: Caller) -> c.MineExport:
    """Everything that is held about the caller."""
    account = caller.citizen()
    with uow() as tx:
        rows = mine.everything(tx.connection, account)
        return c.MineExport(
            items=tuple(c.MyContribution(what=r.what, number=r.number, text=r.text, at=r.at) for r in rows)
        )
