"""What pages read: lists, an election, its rules, its result, the files of ballots. Nothing here changes anything."""

import base64
import binascii
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.auth import EVERYWHERE, Caller
from chassis.database import Row
from contracts.errors import Fault, FieldError
from contracts.voting import (
    MANAGER_ROLE,
    BallotsFilePart,
    BallotsFormat,
    CheckReceipt,
    ElectionList,
    ElectionRef,
    ElectionSummary,
    ElectionView,
    GetBallotsFile,
    GetRules,
    ListElections,
    ListManagedElections,
    ReceiptView,
    ResultView,
    RulesDocument,
    State,
)

from voting import methods, translate
from voting.domain import box_file
from voting.domain.ballots import decode
from voting.domain.election import Election
from voting.domain.secrecy import receipt_hash
from voting.repository import Transaction
from voting.resources import Resources
from voting.tables import elections

PART = 2_000
"""Ballots in a part of a file."""


def election_view(tx: Transaction, election_id: UUID) -> ElectionView:
    """An election that exists, as it is shown."""
    election = tx.elections.get(election_id)
    if election is None:
        raise Fault.not_found("There is no such election.")
    return _view(tx, election)


def _view(tx: Transaction, election: Election) -> ElectionView:
    election_id = election.rules.election_id
    query = sa.select(elections.c.ballots, elections.c.ballots_counted_at).where(elections.c.id == election_id)
    row = tx.connection.execute(query).one()
    return translate.election_view(election, tx.elections.versions(election_id), (row[0], row[1]))


def _seen_by(tx: Transaction, caller: Caller, reference: str) -> Election:
    """The election, if the caller may know of it: a draft is its managers' only."""
    election = tx.elections.named(reference)
    if election is not None and election.version == 0:
        perimeter = election.rules.perimeter or EVERYWHERE
        election = election if caller.account and caller.has(MANAGER_ROLE, perimeter) else None
    if election is None:
        raise Fault.not_found("There is no such election.")
    return election


def get_election(resources: Resources, caller: Caller, request: ElectionRef) -> ElectionView:
    """An election by its identifier or slug."""
    with resources.uow() as tx:
        return _view(tx, _seen_by(tx, caller, request.election))


def get_rules(resources: Resources, caller: Caller, request: GetRules) -> RulesDocument:
    """The published rules, byte for byte."""
    with resources.uow() as tx:
        election = _seen_by(tx, caller, request.election)
        wanted = request.version or election.version
        for row in tx.elections.versions(election.rules.election_id):
            if row.version == wanted:
                return RulesDocument(version=wanted, sha256=row.sha256, canonical=row.canonical)
    raise Fault.not_found("There is no such version of these rules.")


def get_result(resources: Resources, caller: Caller, request: ElectionRef) -> ResultView:
    """The published result."""
    with resources.uow() as tx:
        return result_of(tx, _seen_by(tx, caller, request.election))


def result_of(tx: Transaction, election: Election) -> ResultView:
    """The published result, and beside it what was decided since. Raises *not-found* before the count."""
    decisions = tuple(map(translate.decision_view, tx.decisions.of(election.rules.election_id)))
    return _result(tx, election).model_copy(update={"decisions": decisions})


def _result(tx: Transaction, election: Election) -> ResultView:
    document = tx.results.of(election.rules.election_id)
    if document is None:
        raise Fault.not_found("The result is not published yet.", "no-result-yet")
    return ResultView.model_validate(document)


def get_ballots_file(resources: Resources, caller: Caller, request: GetBallotsFile) -> BallotsFilePart:
    """A part of the published file of ballots."""
    with resources.uow() as tx:
        election = _seen_by(tx, caller, request.election)
        result = _result(tx, election)
        if election.rules.sealed:
            raise Fault.not_found("The ballots of a sealed vote are in its archive.", "sealed")
        last = max(0, result.ballots - 1) // PART
        if request.part > last:
            raise Fault.not_found("The file has no such part.")
        start = request.part * PART
        published = tx.results.ballots(election.rules.election_id, after=start, until=start + PART)
        if request.format is BallotsFormat.CSV:
            text = _csv(published, request.part)
        else:
            rules = tx.elections.versions(election.rules.election_id)[-1].canonical
            text = _json(published, request.part, last, rules, result)
        return BallotsFilePart(text=text, next=request.part + 1 if request.part < last else None)


def _csv(published: Iterable[box_file.PublishedBallot], part: int) -> str:
    return (box_file.HEADING if part == 0 else "") + "".join(box_file.csv_lines(published))


def _json(published: Iterable[box_file.PublishedBallot], part: int, last: int, rules: str, result: ResultView) -> str:
    head = box_file.json_head(rules, result.model_dump(mode="json", exclude={"decisions"})) if part == 0 else ""
    tail = box_file.JSON_TAIL if part == last else ""
    return head + "".join(box_file.json_rows(published)) + tail


def check_receipt(resources: Resources, caller: Caller, request: CheckReceipt) -> ReceiptView:
    """Where the ballot of a receipt is."""
    digest = receipt_hash(request.receipt)
    with resources.uow() as tx:
        election = _seen_by(tx, caller, request.election)
        election_id = election.rules.election_id
        published = tx.results.ballot_of(election_id, digest)
        if published is None:
            found = tx.boxes.has_receipt(election_id, digest)
            return ReceiptView(found=found, receipt_sha256=digest.hex())
    ballot = methods.ballot_view(decode(election.rules, published.ballot))
    return ReceiptView(found=True, receipt_sha256=digest.hex(), number=published.number, ballot=ballot)


def list_elections(resources: Resources, _caller: Caller, request: ListElections) -> ElectionList:
    """The public elections, those that close last first."""
    conditions: list[sa.ColumnElement[bool]] = [elections.c.version > 0]
    if request.campaign is not None:
        conditions.append(elections.c.campaign == request.campaign)
    if request.state is not None:
        conditions.append(elections.c.state == request.state.value)
    return _list(resources, conditions, request)


def list_managed_elections(resources: Resources, caller: Caller, request: ListManagedElections) -> ElectionList:
    """Every election that the caller may manage, drafts included."""
    caller.require(MANAGER_ROLE)
    places = {
        place for grant in caller.grants if grant.covers(MANAGER_ROLE, None, caller.today) for place in grant.places
    }
    conditions: list[sa.ColumnElement[bool]] = (
        [] if EVERYWHERE in places else [elections.c.perimeter.in_(sorted(places))]
    )
    return _list(resources, conditions, request)


_SUMMARY = (
    *(
        elections.c[name]
        for name in ("id", "slug", "campaign", "secrecy", "state", "perimeter", "opens_at", "closes_at")
    ),
    elections.c.ballots,
    elections.c.ballots_counted_at,
    elections.c.rules["title"].label("title"),
    elections.c.rules["method"]["kind"].astext.label("method"),
    elections.c.rules["envelope"].label("envelope"),
    sa.func.jsonb_array_length(elections.c.rules["candidates"]).label("candidates"),
)


def _list(
    resources: Resources, conditions: Sequence[sa.ColumnElement[bool]], request: ListElections | ListManagedElections
) -> ElectionList:
    query = sa.select(*_SUMMARY).where(*conditions)
    if request.after is not None:
        query = query.where(sa.tuple_(elections.c.closes_at, elections.c.id) < _position(request.after))
    query = query.order_by(elections.c.closes_at.desc(), elections.c.id.desc()).limit(request.limit + 1)
    with resources.uow() as tx:
        rows = tx.connection.execute(query).all()
    shown = rows[: request.limit]
    following = _cursor(shown[-1]) if len(rows) > len(shown) else None
    return ElectionList(items=tuple(_summary(row) for row in shown), next=following)


def _summary(row: Row) -> ElectionSummary:
    fields: dict[str, Any] = dict(row._mapping)
    return ElectionSummary.model_validate(fields | {"state": State(row.state)})


def _cursor(row: Row) -> str:
    return base64.urlsafe_b64encode(f"{row.closes_at.isoformat()} {row.id}".encode()).decode()


def _position(cursor: str) -> sa.Tuple:
    try:
        moment, election_id = base64.urlsafe_b64decode(cursor).decode().split(" ")
        return sa.tuple_(datetime.fromisoformat(moment), UUID(election_id))
    except (ValueError, binascii.Error):
        raise Fault.invalid(FieldError("/after", "unknown-cursor", "This is not the end of a page.")) from None
