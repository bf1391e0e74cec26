"""The tables of projects. An idea is part of one project at most, and a project always holds the idea that leads it."""

import sqlalchemy as sa

from ideas.domain.project import Standing


def project_tables(metadata: sa.MetaData) -> tuple[sa.Table, sa.Table, sa.Table, sa.Table]:
    """Projects, what they are made of, what they exclude, their works; ``metadata`` has dossiers and campaigns."""
    return _projects(metadata), _project_ideas(metadata), _incompatible(metadata), _works(metadata)


def _projects(metadata: sa.MetaData) -> sa.Table:
    known = ", ".join(f"'{one}'" for one in Standing)
    return sa.Table(
        "projects",
        metadata,
        sa.Column("id", sa.Uuid, sa.ForeignKey("dossiers.id"), primary_key=True),
        sa.Column("year", sa.Integer, sa.ForeignKey("campaigns.year"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("equity", sa.Text),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("voted", sa.BigInteger),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint(f"standing IN ({known})", name="projects_standing"),
        sa.CheckConstraint("version >= 1", name="projects_version"),
        sa.CheckConstraint(
            "(voted IS NULL) = (standing IN ('studied', 'retained', 'set_aside'))", name="projects_voted"
        ),
        sa.Index("projects_of_campaign", "year", "place", "id"),
    )


def _project_ideas(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "project_ideas",
        metadata,
        sa.Column("idea_id", sa.Uuid, sa.ForeignKey("dossiers.id"), primary_key=True),
        sa.Column("project_id", sa.Uuid, sa.ForeignKey("projects.id"), nullable=False),
        sa.Index("project_ideas_of_project", "project_id", "idea_id"),
    )


def _incompatible(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "incompatible_projects",
        metadata,
        sa.Column("one_id", sa.Uuid, sa.ForeignKey("projects.id"), primary_key=True),
        sa.Column("other_id", sa.Uuid, sa.ForeignKey("projects.id"), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.CheckConstraint("one_id < other_id", name="incompatible_projects_once"),
        sa.Index("incompatible_projects_other", "other_id"),
    )


def _works(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "works",
        metadata,
        sa.Column("project_id", sa.Uuid, sa.ForeignKey("projects.id"), primary_key=True),
        sa.Column("first_due_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("started_on", sa.Date),
        sa.Column("delivered_on", sa.Date),
        sa.Column("progress", sa.SmallInteger, nullable=False),
        sa.Column("estimated", sa.BigInteger),
        sa.Column("committed", sa.BigInteger),
        sa.Column("spent", sa.BigInteger),
        sa.Column("version", sa.Integer, nullable=False),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name="works_progress"),
        sa.CheckConstraint("estimated >= 0 AND committed >= 0 AND spent >= 0", name="works_money"),
        sa.CheckConstraint("(due_on IS NULL) = (first_due_on IS NULL)", name="works_first"),
        sa.CheckConstraint("version >= 1", name="works_version"),
    )
