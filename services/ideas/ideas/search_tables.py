"""The words that search proposes instead of mistyped ones: those of what everybody may read."""

import sqlalchemy as sa


def search_word_table(metadata: sa.MetaData) -> sa.Table:
    """Words as they are written (``word``), without accents (``plain``), and in how many dossiers."""
    return sa.Table(
        "search_words",
        metadata,
        sa.Column("word", sa.Text, primary_key=True),
        sa.Column("plain", sa.Text, nullable=False),
        sa.Column("dossiers", sa.Integer, nullable=False),
        sa.CheckConstraint("dossiers >= 1", name="search_words_dossiers"),
        sa.Index(
            "search_words_alike",
            "plain",
            postgresql_using="gin",
            postgresql_ops={"plain": "gin_trgm_ops"},
            postgresql_with={"fastupdate": "off"},
        ),
    )
