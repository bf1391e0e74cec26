"""What campaign managers do: draft, revise, announce, close, cancel."""

import secrets
from collections.abc import Callable
from uuid import UUID

from chassis.auth import Caller
from contracts.errors import Fault, FieldError
from contracts.voting import (
    ELECTION_ANNOUNCED,
    ELECTION_CANCELLED,
    ELECTION_CLOSED,
    ELECTION_RULES_CHANGED,
    CancelElection,
    CloseElection,
    DraftElection,
    ElectionAnnounced,
    ElectionCancelled,
    ElectionClosed,
    ElectionRulesChanged,
    ElectionView,
    OpenElection,
    ReviseElection,
    Secrecy,
)

from voting import queries, translate
from voting.domain import election as domain
from voting.domain.election import Election, State
from voting.domain.rules import Rules
from voting.domain.secrecy import box_key
from voting.repository import Transaction
from voting.resources import Resources
from voting.sealed.freezing import freeze_election
from voting.sealed.questions import uuid_of
from voting.use_cases.managing import managed, manager_of

SALT_BYTES = 32
LOT_BYTES = 16


@translate.speaks_faults
def draft_election(resources: Resources, caller: Caller, request: DraftElection) -> ElectionView:
    """Prepare an election. The same request again changes nothing; another under the same identifier is a conflict."""
    manager_of(caller, request.perimeter)
    rules = _checked(resources, request)
    with resources.uow() as tx:
        _require_free_slug(tx, rules)
        if not tx.elections.add(Election(rules)):
            _require_same(tx, rules)
        elif rules.sealed:
            tx.sealed.prepare(rules.election_id, uuid_of(rules.election_id), rules.sealed)
        return queries.election_view(tx, rules.election_id)


@translate.speaks_faults
def revise_election(resources: Resources, caller: Caller, request: ReviseElection) -> ElectionView:
    """Change an election; once its rules are public, by a new version with its notice."""
    by = manager_of(caller, request.perimeter)
    with resources.uow() as tx:
        old = managed(tx, caller, request.id)
        rules = _checked(resources, request, old.rules.lot_seed)
        _require_free_slug(tx, rules)
        if rules != old.rules:
            new = domain.revise(old, rules, notice=request.notice or "")
            tx.elections.save(new)
            _seat_trustees(tx, old, new)
            if new.version > old.version:
                _publish_new_version(tx, new, notice=request.notice or "", by=by)
        return queries.election_view(tx, request.id)


@translate.speaks_faults
def open_election(resources: Resources, caller: Caller, request: OpenElection) -> ElectionView:
    """Freeze, hash and publish the rules, and set up the box; the calendar opens it."""
    if _is_sealed(resources, caller, request.id):
        return freeze_election(resources, caller, request.id)
    with resources.uow() as tx:
        election = managed(tx, caller, request.id)
        if election.state not in domain.FROZEN:
            announced = domain.announce(election, now=tx.now, lot_seed=secrets.token_hex(LOT_BYTES))
            tx.elections.save(announced)
            _set_up_box(resources, tx, request.id)
            digest = tx.elections.publish_rules(announced, notice="", by=caller.citizen(), at=tx.now)
            _tell_announced(tx, announced, digest)
        return queries.election_view(tx, request.id)


@translate.speaks_faults
def close_election(resources: Resources, caller: Caller, request: CloseElection) -> ElectionView:
    """End the vote before its time, for a reason that everybody reads; the count follows."""
    return _end(resources, caller, request.id, State.CLOSED, lambda tx, one: _close(tx, one, request.reason))


@translate.speaks_faults
def cancel_election(resources: Resources, caller: Caller, request: CancelElection) -> ElectionView:
    """Call the election off, for a reason that everybody reads. Its ballots are destroyed uncounted."""
    return _end(resources, caller, request.id, State.CANCELLED, lambda tx, one: _cancel(tx, one, request.reason))


def _checked(resources: Resources, request: DraftElection | ReviseElection, lot_seed: str = "") -> Rules:
    if request.secrecy is Secrecy.SEALED and request.sealed is None:
        raise Fault.invalid(FieldError("/sealed", "missing", "Name the trustees of a sealed vote."))
    if request.secrecy is Secrecy.OPEN and request.sealed is not None:
        raise Fault.invalid(FieldError("/sealed", "not-sealed", "An open vote has no trustees."))
    rules = translate.rules_of(request, resources.territory, lot_seed)
    domain.check(rules, languages=resources.territory.languages, places=resources.places)
    return rules


def _require_free_slug(tx: Transaction, rules: Rules) -> None:
    if tx.elections.slug_taken(rules.slug, by_other_than=rules.election_id):
        raise Fault.invalid(FieldError("/slug", "slug-taken", "Another vote has this address."))


def _require_same(tx: Transaction, rules: Rules) -> None:
    present = tx.elections.get(rules.election_id)
    if present is None or present.rules != rules:
        raise Fault.conflict("Another election has this identifier.", "identifier-taken")


def _is_sealed(resources: Resources, caller: Caller, election_id: UUID) -> bool:
    with resources.uow() as tx:
        return managed(tx, caller, election_id).rules.sealed is not None


def _seat_trustees(tx: Transaction, old: Election, new: Election) -> None:
    """Other trustees, or another threshold or group: what was sent for the former rests on nothing."""
    election_id, sealed = new.rules.election_id, new.rules.sealed
    if old.rules.sealed == sealed:
        return
    if sealed is None:
        tx.sealed.drop(election_id)
    else:
        tx.sealed.prepare(election_id, uuid_of(election_id), sealed)


def _set_up_box(resources: Resources, tx: Transaction, election_id: UUID) -> None:
    salt = secrets.token_bytes(SALT_BYTES)
    tx.boxes.make(election_id, salt, box_key(resources.box_secret, salt, election_id))


def _tell_announced(tx: Transaction, election: Election, digest: str) -> None:
    payload = ElectionAnnounced(
        **translate.event_fields(election),
        rules_sha256=digest,
        opens_at=election.rules.opens_at,
        closes_at=election.rules.closes_at,
    )
    tx.events.append(ELECTION_ANNOUNCED, payload, subject=election.rules.slug)


def _publish_new_version(tx: Transaction, election: Election, *, notice: str, by: UUID) -> None:
    digest = tx.elections.publish_rules(election, notice=notice, by=by, at=tx.now)
    payload = ElectionRulesChanged(
        **translate.event_fields(election),
        version=election.version,
        rules_sha256=digest,
        opens_at=election.rules.opens_at,
        closes_at=election.rules.closes_at,
    )
    tx.events.append(ELECTION_RULES_CHANGED, payload, subject=election.rules.slug)


def _end(
    resources: Resources,
    caller: Caller,
    election_id: UUID,
    state: State,
    end: Callable[[Transaction, Election], None],
) -> ElectionView:
    with resources.uow() as tx:
        election = managed(tx, caller, election_id)
        if election.state is not state:
            end(tx, election)
        return queries.election_view(tx, election_id)


def _close(tx: Transaction, election: Election, reason: str) -> None:
    closed = domain.close(election, reason=reason)
    tx.elections.save(closed)
    tx.events.append(ELECTION_CLOSED, ElectionClosed(**translate.event_fields(closed)), subject=closed.rules.slug)


def _cancel(tx: Transaction, election: Election, reason: str) -> None:
    cancelled = domain.cancel(election, reason=reason)
    tx.elections.save(cancelled)
    tx.boxes.destroy(cancelled.rules.election_id)
    tx.sealed.destroy_keys([cancelled.rules.election_id])
    tx.box.drop_waiting(cancelled.rules.election_id)
    if election.state is not State.DRAFT:
        payload = ElectionCancelled(**translate.event_fields(cancelled))
        tx.events.append(ELECTION_CANCELLED, payload, subject=cancelled.rules.slug)
