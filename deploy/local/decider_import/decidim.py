"""A Decidim export as imports: proposals and debates with their messages, and every row that does not fit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from decider_demo.republique import markdown
from decider_demo.source import Import, Published, Refusal, Row

from decider_import import rows
from decider_import.plan import Plan
from decider_import.rows import Debate, Proposal
from decider_import.threads import Owner, Threads, arrange

M = TypeVar("M", bound=Published)
LONGEST_TITLE = 300
ANSWERS = {"accepted": "accepted", "rejected": "declined"}
"""State there → state here."""
ENDED = "La participation est close sur la plateforme d’origine."
NOT_ANSWERED = "Sur la plateforme d’origine, la proposition était en cours d’évaluation à la clôture."


@dataclass(slots=True)
class Export:
    """What an export holds, ready to be sent."""

    imports: list[Import] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    """Rows, or parts of rows, that are not taken."""
    changed: list[Refusal] = field(default_factory=list)
    """Rows that are taken otherwise than they stood."""

    @property
    def supports(self) -> int:
        """How many supports all of it brings."""
        return sum(one.body["supports"] for one in self.imports)

    @property
    def messages(self) -> int:
        """How many messages all of it brings."""
        return sum(len(one.messages) for one in self.imports)


def read(folder: Path, plan: Plan) -> Export:
    """Everything in the export's folder, as the plan has it."""
    export = Export()
    proposals = _rows(folder, plan.files.proposals, rows.proposals, export)
    debates = _rows(folder, plan.files.debates, rows.debates, export)
    dossiers = [*_proposals(plan, proposals, export), *_debates(plan, debates, export)]
    owners = frozenset(owner for owner, _, _ in dossiers)
    threads = arrange(_rows(folder, plan.files.comments, rows.comments, export), owners)
    export.refused += threads.refused
    export.changed += threads.changed
    for owner, announced, one in dossiers:
        export.imports.append(_with_messages(one, owner, announced, threads, export))
    return export


def _rows(
    folder: Path, names: Sequence[str], reader: Callable[[Path], Iterator[Row[M] | Refusal]], export: Export
) -> list[Row[M]]:
    found: list[Row[M]] = []
    for name in names:
        for row in reader(folder / name):
            if isinstance(row, Refusal):
                export.refused.append(row)
            else:
                found.append(row)
    return found


Found = tuple[Owner, int, Import]


def _proposals(plan: Plan, found: Iterable[Row[Proposal]], export: Export) -> Iterator[Found]:
    for row in found:
        one = row.values
        if one.state == "withdrawn":
            export.refused.append(Refusal(row.spot, f"proposal {one.id}: its author had withdrawn it"))
            continue
        body = _body(plan, row, f"proposal-{one.id}", export)
        body |= {"place": _place(plan, row, export), "supports": one.votes, "steps": _steps(plan, one)}
        yield ("proposal", one.id), one.comments, Import(row.spot, body)


def _debates(plan: Plan, found: Iterable[Row[Debate]], export: Export) -> Iterator[Found]:
    for row in found:
        body = _body(plan, row, f"debate-{row.values.id}", export)
        body |= {"place": _district(plan, row.values.scope), "supports": 0, "steps": [_end(plan)]}
        yield ("debate", row.values.id), row.values.comments, Import(row.spot, body)


def _body(plan: Plan, row: Row[Proposal] | Row[Debate], reference: str, export: Export) -> dict[str, Any]:
    one = row.values
    title, text = " ".join(one.title.split()), markdown(one.body) if "<" in one.body else one.body
    if len(title) > LONGEST_TITLE:
        export.changed.append(Refusal(row.spot, f"{reference}: its title is long; all of it is in the text"))
        title, text = f"{title[: LONGEST_TITLE - 1]}…", f"{title}\n\n{text}"
    if one.category and one.category not in plan.themes:
        export.changed.append(
            Refusal(row.spot, f"{reference}: the plan has no theme for {one.category!r}: {plan.theme}")
        )
    return {
        "source": plan.source,
        "reference": reference,
        "kind": plan.kind,
        "title": title,
        "text": text,
        "theme": plan.themes.get(one.category, plan.theme),
        "deposited_on": one.created_at.date().isoformat(),
    }


def _place(plan: Plan, row: Row[Proposal], export: Export) -> dict[str, Any]:
    one = row.values
    where = {"address": one.address} if one.address else {}
    if one.latitude and one.longitude:
        try:
            point = {"latitude": float(one.latitude), "longitude": float(one.longitude)}
        except ValueError:
            export.changed.append(Refusal(row.spot, f"proposal {one.id}: its place cannot be read"))
        else:
            return {"scope": "point", "point": point} | where
    return _district(plan, one.scope) | where


def _district(plan: Plan, scope: str) -> dict[str, Any]:
    district = plan.districts.get(scope)
    return {"scope": "district", "district": district} if district else {"scope": "city"}


def _steps(plan: Plan, one: Proposal) -> list[dict[str, Any]]:
    if one.state in ANSWERS:
        text = markdown(one.answer) if "<" in one.answer else one.answer
        return [{"on": plan.closed_on.isoformat(), "state": ANSWERS[one.state], "text": text[:5000]}]
    waiting = [{"on": plan.closed_on.isoformat(), "state": None, "text": NOT_ANSWERED}]
    return [*(waiting if one.state == "evaluating" else []), _end(plan)]


def _end(plan: Plan) -> dict[str, Any]:
    return {"on": plan.closed_on.isoformat(), "state": "expired", "text": ENDED}


def _with_messages(one: Import, owner: Owner, announced: int, threads: Threads, export: Export) -> Import:
    messages = tuple(threads.of.get(owner, ()))
    if announced > len(messages):
        missing = f"{' '.join(owner)}: announces {announced} messages; the export holds {len(messages)}"
        export.refused.append(Refusal(one.spot, missing))
    return Import(one.spot, one.body, (), messages)
