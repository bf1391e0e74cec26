"""The tables of examination, beside the dossiers: opinions, commitments, notes between agents, alerts."""

import sqlalchemy as sa

MOMENT = sa.DateTime(timezone=True)


def examination_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table, sa.Table, sa.Table]:
    """Opinions, commitments, internal notes, alerts and what is in hand; ``metadata`` has the dossiers."""
    beside = _opinions(metadata), _commitments(metadata), _internal_notes(metadata)
    return *beside, _alerts(metadata), _taken(metadata)


def _opinions(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "opinions",
        metadata,
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), primary_key=True),
        sa.Column("service", sa.Text, primary_key=True),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("given_on", sa.Date),
        sa.Column("verdict", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.CheckConstraint("due_on >= asked_on", name="opinions_due"),
        sa.CheckConstraint("(given_on IS NULL) = (verdict IS NULL)", name="opinions_given"),
        sa.CheckConstraint("verdict IN ('favourable', 'with_reservations', 'unfavourable')", name="opinions_verdict"),
        sa.Index("opinions_awaited", "due_on", "idea_id", postgresql_where=sa.text("given_on IS NULL")),
    )


def _commitments(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "commitments",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.CheckConstraint("state IN ('open', 'done', 'dropped')", name="commitments_state"),
        sa.CheckConstraint("(state = 'open') = (closed_on IS NULL)", name="commitments_closed"),
        sa.CheckConstraint("due_on >= made_on", name="commitments_due"),
        sa.Index("commitments_of_dossier", "idea_id", "due_on", "id"),
        sa.Index("commitments_open", "due_on", "id", postgresql_where=sa.text("state = 'open'")),
    )


def _internal_notes(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "internal_notes",
        metadata,
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("author", sa.Uuid),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Index("internal_notes_of_dossier", "idea_id", "written_at", "id"),
        sa.Index("internal_notes_of_author", "author"),
    )


def _alerts(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "alerts",
        metadata,
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("due_on", sa.Date, primary_key=True),
        sa.Column("told_at", MOMENT, nullable=False),
    )


def _taken(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "taken",
        metadata,
        sa.Column("queue", sa.Text, primary_key=True),
        sa.Column("item", sa.Uuid, primary_key=True),
        sa.Column("account", sa.Uuid, nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.CheckConstraint("queue IN ('moderation', 'examination')", name="taken_queue"),
        sa.Index("taken_by_account", "account"),
    )
