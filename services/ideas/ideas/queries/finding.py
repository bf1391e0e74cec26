"""Lists of dossiers: filters, search in French with forgiven typing errors, orders, counts, what is alike."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from chassis.database import Row
from contracts import ideas as c
from sqlalchemy.dialects.postgresql import TSQUERY

from ideas.domain.dossier import Place, State
from ideas.domain.rules import DEBATE, Rules
from ideas.queries import keyset
from ideas.queries.keyset import Key
from ideas.repository.dossiers import COLUMNS, FRENCH
from ideas.tables import dossiers, search, supports

d = dossiers.c
CARD = (*COLUMNS, d.threshold, d.comments)
NOT_LISTED = (State.SUBMITTED, State.REFUSED, State.HIDDEN, State.WITHDRAWN, State.MERGED)
"""What a list shows only to who asks for it, and the first never."""
ALIVE = (State.OPEN, State.UNDER_EXAMINATION, State.ACCEPTED, State.PLANNED, State.UNDER_WAY)
EARTH_RADIUS = 6_371_008.8
ALIKE_ENOUGH = 0.30
FEW_LETTERS = 3


def metres(latitude: float, longitude: float) -> sa.ColumnElement[int]:
    """How far a dossier's point is, in whole metres; ``NULL`` without a point."""
    north = sa.func.radians(d.latitude - latitude)
    east = sa.func.radians(d.longitude - longitude) * sa.func.cos(sa.func.radians((d.latitude + latitude) / 2))
    return sa.cast(EARTH_RADIUS * sa.func.sqrt(north * north + east * east), sa.BigInteger)


def plan_for_words(connection: sa.Connection) -> None:
    """Have the statements of this transaction planned for the words that are searched.

    A plan for whatever words may come reads every text: a tenth of a second instead of a few milliseconds.
    """
    connection.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")


class Words:
    """What somebody searches for, as conditions and a rank."""

    def __init__(self, words: str) -> None:
        self._query = sa.func.websearch_to_tsquery(FRENCH, words)
        self._plain = sa.func.plain(words)

    @property
    def written(self) -> sa.ColumnElement[bool]:
        """Whether anything has these words: asked once for a statement, not for each row.

        Counted, for the planner would look for the first one in every text rather than in the index.
        """
        texts = search.alias("texts")
        number = sa.select(sa.func.count(texts.c.idea_id)).where(texts.c.document.bool_op("@@")(self._query))
        return number.scalar_subquery() > 0

    @property
    def found(self) -> sa.ColumnElement[bool]:
        """The words are there; where nobody wrote them: the title has words much like them."""
        alike = self._plain.bool_op("<%")(search.c.plain_title)
        return search.c.document.bool_op("@@")(self._query) | (~self.written & alike)

    @property
    def rank(self) -> sa.ColumnElement[int]:
        """How well it fits: where words are found, how often and where; else, how much alike."""
        likeness = sa.func.word_similarity(self._plain, search.c.plain_title)
        fits = sa.case((self.written, sa.func.ts_rank(search.c.document, self._query)), else_=likeness)
        return sa.cast(fits * 1_000_000, sa.BigInteger)


def _base(filters: c.Filters, rules: Rules) -> tuple[sa.FromClause, list[sa.ColumnElement[bool]]]:
    """Where to look, and every condition but those on state, kind, theme and district."""
    wanted: list[sa.ColumnElement[bool]] = [d.state != State.SUBMITTED]
    source: sa.FromClause = dossiers
    if not filters.kinds:
        wanted.append(d.kind != DEBATE)
    if filters.search:
        source = dossiers.join(search, search.c.idea_id == d.id)
        wanted += [Words(filters.search).found, ~d.content_hidden]
    if filters.whole_city is not None:
        wanted.append((d.scope == "city") == filters.whole_city)
    if filters.campaign is not None:
        wanted.append(d.campaign == filters.campaign)
    if filters.deposited_from is not None:
        wanted.append(d.deposited_at >= rules.start_of(filters.deposited_from))
    if filters.deposited_until is not None:
        wanted.append(d.deposited_at < rules.end_of(filters.deposited_until))
    return source, wanted


def _facets(filters: c.Filters, rules: Rules) -> dict[str, frozenset[str]]:
    """The values that each of the four is limited to; empty: not limited."""
    return {
        "state": frozenset(map(str, filters.states)) or frozenset(set(map(str, State)) - set(map(str, NOT_LISTED))),
        "kind": frozenset(filters.kinds),
        "theme": frozenset(filters.themes),
        "district": rules.within(filters.districts) or frozenset(filters.districts),
    }


def _one_of(column: sa.ColumnElement[str], values: frozenset[str]) -> sa.ColumnElement[bool]:
    """As ``IN``, with one parameter however many the values: nothing of the statement is written anew."""
    return column == sa.any_(sa.cast(sorted(values), sa.ARRAY(sa.Text)))


def _where(filters: c.Filters, rules: Rules) -> tuple[sa.FromClause, list[sa.ColumnElement[bool]]]:
    source, wanted = _base(filters, rules)
    limits = _facets(filters, rules).items()
    return source, wanted + [_one_of(d[name], values) for name, values in limits if values]


_KEYS = {
    c.Sort.RECENT: Key("recent", d.deposited_at, d.id, datetime),
    c.Sort.SUPPORTED: Key("supported", d.all_supports, d.id),
    c.Sort.CHANGED: Key("changed", d.state_since, d.id, datetime),
    c.Sort.CLOSING: Key("closing", d.closes_at, d.id, datetime, descending=False),
    c.Sort.PROGRESS: Key("progress", d.progress, d.id),
}
_LEFT_OUT = {
    c.Sort.CLOSING: (d.state == State.OPEN, d.closes_at.isnot(None)),
    c.Sort.PROGRESS: (d.state == State.OPEN, d.progress.isnot(None)),
    c.Sort.NEAR: (d.latitude.isnot(None),),
}


def _sort(request: c.ListIdeas) -> tuple[Key, tuple[sa.ColumnElement[bool], ...]]:
    """The order, and the conditions that go with it."""
    sort = request.sort or (c.Sort.RELEVANT if request.search else c.Sort.RECENT)
    if sort is c.Sort.NEAR:
        away = metres(request.latitude or 0, request.longitude or 0)
        return Key("near", away, d.id, descending=False), _LEFT_OUT[sort]
    if sort is c.Sort.RELEVANT:
        return Key("relevant", Words(request.search).rank, d.id), ()
    return _KEYS[sort], _LEFT_OUT.get(sort, ())


def lists_all(request: c.ListIdeas) -> bool:
    """Whether the order has a place for every dossier that satisfies the filters."""
    return not _sort(request)[1]


def list_ideas(connection: sa.Connection, request: c.ListIdeas, rules: Rules) -> tuple[Sequence[Row], str | None]:
    """One page of dossiers in the order asked for."""
    source, wanted = _where(request, rules)
    key, more = _sort(request)
    query = sa.select(*CARD).select_from(source).where(*wanted, *more)
    if request.latitude is not None and request.longitude is not None:
        query = query.add_columns(metres(request.latitude, request.longitude).label("metres"))
    rows = connection.execute(keyset.page(query, key, request.after, request.limit)).all()
    return keyset.split(rows, key, request.limit)


def total(connection: sa.Connection, request: c.ListIdeas, rules: Rules) -> int:
    """How many dossiers all the pages hold."""
    source, wanted = _where(request, rules)
    _, more = _sort(request)
    return connection.scalar(sa.select(sa.func.count()).select_from(source).where(*wanted, *more)) or 0


def count_ideas(connection: sa.Connection, filters: c.Filters, rules: Rules) -> dict[str, Counter[str]]:
    """How many dossiers each value of a filter would show, the other filters staying as they are; and ``total``.

    One statement: the groups are few, and are added up here.
    """
    source, wanted = _base(filters, rules)
    names = ("state", "kind", "theme", "district")
    columns = [d[name] for name in names]
    groups = connection.execute(
        sa.select(*columns, sa.func.count().label("number")).select_from(source).where(*wanted).group_by(*columns)
    )
    limits = [_facets(filters, rules)[name] for name in names]
    found: dict[str, Counter[str]] = {name: Counter() for name in (*names, "total")}
    for *values, number in groups:
        mine = list(zip(names, limits, values, strict=True))
        missed = [name for name, limit, value in mine if limit and value not in limit]
        for name, _, value in mine:
            if not missed or missed == [name]:
                found[name][value or ""] += number
        if not missed:
            found["total"][""] += number
    return found


def find_similar(connection: sa.Connection, request: c.FindSimilar, place: Place, rules: Rules) -> Sequence[Row]:
    """Live dossiers alike in words: within the territory's distance of the place, or about the whole city."""
    words = f"{request.title} {request.text[:300]}".strip()
    if len(words) < FEW_LETTERS:
        return []
    each = sa.cast(sa.func.replace(sa.cast(sa.func.plainto_tsquery(FRENCH, words), sa.Text), "&", "|"), TSQUERY)
    plain = sa.func.plain(request.title)
    score = sa.func.ts_rank(search.c.document, each) + 2 * sa.func.similarity(search.c.plain_title, plain)
    wanted: list[sa.ColumnElement[bool]] = [
        d.state.in_(ALIVE),
        d.kind != DEBATE,
        search.c.document.bool_op("@@")(each) | plain.bool_op("<%")(search.c.plain_title),
    ]
    query = sa.select(*CARD).join_from(dossiers, search, search.c.idea_id == d.id)
    if request.except_id is not None:
        wanted.append(d.id != request.except_id)
    if place.latitude is not None and place.longitude is not None:
        away = metres(place.latitude, place.longitude)
        query = query.add_columns(away.label("metres"))
        elsewhere = d.latitude.is_(None) & (d.district.is_(None) | (d.district == place.district))
        wanted.append((away <= rules.similar_within_metres) | elsewhere)
        score = score + sa.case((away <= rules.similar_within_metres, 0.2), else_=0.0)
    elif place.district is not None:
        wanted.append(d.district.is_(None) | (d.district == place.district))
    query = query.where(*wanted, score >= ALIKE_ENOUGH).order_by(score.desc(), d.id).limit(request.limit)
    return connection.execute(query).all()


def list_of_author(
    connection: sa.Connection, account: UUID, after: str | None, limit: int
) -> tuple[Sequence[Row], str | None]:
    """The account's dossiers, whatever their state."""
    key = Key("mine", d.deposited_at, d.id, datetime)
    return _list(connection, sa.select(*CARD).where(d.author == account), key, after, limit)


def list_supported(
    connection: sa.Connection, account: UUID, after: str | None, limit: int
) -> tuple[Sequence[Row], str | None]:
    """The dossiers that the account supports."""
    key = Key("supported-by-me", supports.c.supported_at, supports.c.idea_id, datetime)
    query = sa.select(*CARD).join_from(supports, dossiers, supports.c.idea_id == d.id)
    return _list(connection, query.where(supports.c.account == account), key, after, limit)


def _list(
    connection: sa.Connection, query: sa.Select[Any], key: Key, after: str | None, limit: int
) -> tuple[Sequence[Row], str | None]:
    rows = connection.execute(keyset.page(query, key, after, limit)).all()
    return keyset.split(rows, key, limit)
