"""Following things."""

from uuid import UUID

from contracts.errors import Fault
from contracts.notifications import MAX_FOLLOWED, Follow, FollowView, GetFollow, Subject, Unfollow

from notifications.domain.words import Interest
from notifications.repository import Transaction, UnitOfWork


def follow(uow: UnitOfWork, citizen: UUID, request: Follow) -> FollowView:
    """Follow a thing. Raises *wrong-state* beyond what one person may follow."""
    interest = Interest(request.kind.value)
    with uow() as tx:
        tx.people.know([citizen])
        if not tx.followers.follows(citizen, interest, request.key):
            if tx.followers.count_followed(citizen) >= MAX_FOLLOWED:
                raise Fault.wrong_state(f"Nobody may follow more than {MAX_FOLLOWED} things.", "follows-too-much")
            tx.followers.add(citizen, interest, request.key)
        return _view(tx, citizen, request)


def unfollow(uow: UnitOfWork, citizen: UUID, request: Unfollow) -> FollowView:
    """Follow a thing no more."""
    with uow() as tx:
        tx.followers.remove(citizen, Interest(request.kind.value), request.key)
        return _view(tx, citizen, request)


def get_follow(uow: UnitOfWork, citizen: UUID | None, request: GetFollow) -> FollowView:
    """Whether somebody follows a thing, and how many do."""
    with uow() as tx:
        return _view(tx, citizen, request)


def _view(tx: Transaction, citizen: UUID | None, thing: Subject) -> FollowView:
    interest = Interest(thing.kind.value)
    following = citizen is not None and tx.followers.follows(citizen, interest, thing.key)
    followers = tx.followers.count(interest, thing.key)
    return FollowView(kind=thing.kind, key=thing.key, following=following, followers=followers)
