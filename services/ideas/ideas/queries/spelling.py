"""« Vouliez-vous dire … ? »: words of published dossiers that are much like those somebody typed and nobody wrote."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from chassis.database import Row

from ideas.domain.spelling import nearest

_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
SHORTEST, LONGEST, MOST = 4, 30, 12
"""Letters of a word that may be corrected, and how many words of a search are looked at."""
CANDIDATES = 20
KEPT_IN = 2
"""A word that only one dossier writes may be a mistake itself: it is proposed only if a title has it."""

_CANDIDATES = sa.text(
    """
    SELECT given.word, public.plain(given.word) AS plain, alike.words, alike.plains
    FROM unnest(CAST(:typed AS TEXT[])) WITH ORDINALITY AS given (word, place)
    LEFT JOIN LATERAL (
        SELECT array_agg(near.word) AS words, array_agg(near.plain) AS plains
        FROM (
            SELECT known.word, known.plain
            FROM search_words AS known
            WHERE known.plain % public.plain(given.word)
              AND length(given.word) >= :shortest
              AND (SELECT count(*) FROM search WHERE document @@ plainto_tsquery('public.decider_fr', given.word)) = 0
            ORDER BY similarity(known.plain, public.plain(given.word)) DESC, known.dossiers DESC, known.word
            LIMIT :most
        ) AS near
    ) AS alike ON true
    WHERE (SELECT count(*) FROM search WHERE document @@ websearch_to_tsquery('public.decider_fr', :words)) = 0
    ORDER BY given.place
    """
)
_FITS = sa.text("SELECT count(*) FROM search WHERE document @@ plainto_tsquery('public.decider_fr', :words)")
"""Counted, as in ``finding``: for a first match, every text would be looked through."""
_LEARN = sa.text(
    r"""
    WITH now AS (
        SELECT told.word, public.plain(told.word) AS plain, told.ndoc AS dossiers
        FROM ts_stat(:texts) AS told
        LEFT JOIN ts_stat(:titles) AS titles USING (word)
        WHERE told.word ~ '^[[:alpha:]]+$' AND length(told.word) BETWEEN :shortest AND :longest
          AND (told.ndoc >= :kept_in OR titles.word IS NOT NULL)
    ), gone AS (
        DELETE FROM search_words WHERE word NOT IN (SELECT word FROM now)
    )
    INSERT INTO search_words (word, plain, dossiers)
    SELECT word, plain, dossiers FROM now
    ON CONFLICT (word) DO UPDATE SET dossiers = excluded.dossiers WHERE search_words.dossiers <> excluded.dossiers
    """
)
_TITLES = """
    SELECT to_tsvector('simple', title) FROM dossiers
    WHERE state NOT IN ('submitted', 'refused', 'withdrawn', 'hidden') AND NOT content_hidden
"""
_TEXTS = _TITLES.replace("title", "title || ' ' || text", 1)


def suggestion(connection: sa.Connection, words: str) -> str | None:
    """The search with its unknown words corrected, if that finds something and the search itself does not."""
    typed = _WORD.findall(words)[:MOST]
    if not any(len(one) >= SHORTEST for one in typed):
        return None
    given = {"typed": typed, "words": words, "most": CANDIDATES, "shortest": SHORTEST}
    said = _corrected(connection.execute(_CANDIDATES, given).all())
    return said if said is not None and connection.scalar(_FITS, {"words": said}) else None


def _corrected(rows: Sequence[Row]) -> str | None:
    meant = [_meant(row) for row in rows]
    if not any(meant):
        return None
    return " ".join(word or row.word for word, row in zip(meant, rows, strict=True))


def _meant(row: Row) -> str | None:
    if row.words is None:
        return None
    plain = nearest(row.plain, row.plains)
    return None if plain is None else row.words[row.plains.index(plain)]


def learn(connection: sa.Connection) -> None:
    """Know the words of everything that may be read now, and no others: what did not change is not written."""
    limits = {"shortest": SHORTEST, "longest": LONGEST, "kept_in": KEPT_IN}
    connection.execute(_LEARN, {"texts": _TEXTS, "titles": _TITLES} | limits)
