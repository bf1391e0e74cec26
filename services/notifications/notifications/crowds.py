"""Asks ideas who supports something, while they are told. What it answers is told at once and kept nowhere else."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from chassis.client import Context, RpcClient
from contracts.base import AccountId
from contracts.errors import Fault
from contracts.ideas import LIST_MERGE_SUPPORTERS, ListMergeSupporters

DEADLINE_SECONDS = 10.0


class CrowdUnknown(Exception):
    """Ideas does not say now who they are."""


class Crowds(Protocol):
    """Who supports what."""

    def supporters(self, merge: UUID, after: UUID | None, limit: int) -> Sequence[UUID]:
        """The next supporters of what a merge joined, in the order of their ids. Raises :class:`CrowdUnknown`."""


class IdeasCrowds:
    """Supporters asked of the ideas service, with a deadline."""

    def __init__(self, client: RpcClient, service_token: str) -> None:
        self._client = client
        self._context = Context(token=service_token or None)

    def supporters(self, merge: UUID, after: UUID | None, limit: int) -> Sequence[UUID]:
        """The next supporters of what a merge joined, in the order of their ids. Raises :class:`CrowdUnknown`."""
        request = ListMergeSupporters(merge_id=merge, after=AccountId(after) if after else None, limit=limit)
        try:
            found = self._client.call(LIST_MERGE_SUPPORTERS, request, context=self._context, deadline=DEADLINE_SECONDS)
        except Fault as fault:
            raise CrowdUnknown(fault.code.value) from fault
        return found.items
