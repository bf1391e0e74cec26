"""``python -m voting pabulib winners``: which rule gives the winners that a file publishes, or what is different."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from voting.domain.equal_shares import Market, group, share_adding_one
from voting.domain.reproduction import Account, Difference, Entry, account_for
from voting.pabulib.reading import NotPabulib, Reader, opened

_SHARES = "equalshares"
_NOT_SELECTED = frozenset({"", "0", "None", "null"})


@dataclass(slots=True)
class _Tally:
    """What the ballots say, in one pass: votes, points, or points by the place on a ranked ballot."""

    points: Counter[str] = field(default_factory=Counter)
    ballots: Counter[frozenset[str]] = field(default_factory=Counter)


def told(path: Path) -> str:
    """One line about a file. Raises :class:`NotPabulib` or ``OSError``."""
    with opened(path) as reader:
        official = frozenset(
            id_ for id_, one in reader.projects.items() if one.fields.get("selected", "") not in _NOT_SELECTED
        )
        if not official:
            raise NotPabulib("the file publishes no winners")
        tally = _tally(reader)
        if reader.meta.get("rule").startswith(_SHARES) and _by_shares(reader, tally) == official:
            return "equal shares, adding one"
        entries = [Entry(id_, one.cost, tally.points[id_]) for id_, one in reader.projects.items()]
        threshold = reader.meta.get("min_project_score_threshold")
        least = int(float(threshold)) if threshold else None
        return _words(account_for(entries, reader.meta.budget, official, threshold=least))


def _tally(reader: Reader) -> _Tally:
    tally = _Tally()
    kind, most = reader.meta.vote_type, reader.meta.max_length or len(reader.projects)
    for vote in reader.votes():
        if kind in {"approval", "choose-1"}:
            tally.points.update(vote.choices)
            tally.ballots[frozenset(vote.choices)] += 1
        elif kind == "ordinal":
            tally.points.update({one: most - place for place, one in enumerate(vote.choices)})
        elif vote.points is not None:
            tally.points.update(dict(zip(vote.choices, vote.points, strict=True)))
    return tally


def _by_shares(reader: Reader, tally: _Tally) -> frozenset[str]:
    names = list(reader.projects)
    market = Market([reader.projects[one].cost for one in names], reader.meta.budget, range(len(names)))
    return frozenset(names[one.project] for one in share_adding_one(market, group(tally.ballots, names)).bought)


def _words(account: Account) -> str:
    if account.difference is Difference.NONE:
        return ", ".join(account.rules)
    parts = [f"{account.difference.value}; nearest {account.nearest}"]
    parts += [f"missing {', '.join(account.missing)}"] if account.missing else []
    parts += [f"extra {', '.join(account.extra)}"] if account.extra else []
    return "; ".join(parts)
