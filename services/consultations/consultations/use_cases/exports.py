"""Taking the answers out, confidential ones included: noted with its reason before the first row leaves."""

from chassis.auth import Caller
from contracts.consultations import BeginExport, ExportBegun, ExportPage, ReadExport
from contracts.consultations.desk import ExportedAnswer
from contracts.errors import Fault

from consultations.cursors import cursor, only_id
from consultations.repository import UnitOfWork
from consultations.repository.exports import Export
from consultations.rights import require_agent


def begin_export(uow: UnitOfWork, caller: Caller, request: BeginExport) -> ExportBegun:
    """Note who asks and why."""
    account = caller.citizen()
    with uow() as tx:
        require_agent(caller, tx.consultations.get(request.consultation_id))
        export = tx.exports.begin(Export(request.id, request.consultation_id, account, request.reason, tx.now))
        return ExportBegun(id=export.id, consultation_id=export.consultation_id, begun_at=export.begun_at)


def read_export(uow: UnitOfWork, caller: Caller, request: ReadExport) -> ExportPage:
    """One page of an export, for the agent who began it and is one still."""
    after = only_id(request.after)
    with uow() as tx:
        export = tx.exports.get(request.export_id)
        require_agent(caller, tx.consultations.get(export.consultation_id))
        if export.account != caller.citizen():
            raise Fault.not_found("There is no such export.", "no-export")
        found = tx.answers.page(export.consultation_id, after, request.limit + 1)
        kept = found[: request.limit]
        items = tuple(ExportedAnswer(receipt=one.receipt, version=one.version, values=dict(one.values)) for one in kept)
        return ExportPage(items=items, next=cursor(kept[-1].id) if len(found) > request.limit else None)
