"""Agents hear of what their services owe: an interest in a service, with the day on which their role ends."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TOPICS = "'account', 'contributions', 'followed', 'discoveries', 'votes', 'consultations'"
INTERESTS = "'author', 'dossier', 'theme', 'district', 'consultation', 'vote'"


def upgrade() -> None:
    op.execute("ALTER TABLE follower ADD COLUMN until DATE")
    _check("follower", "interest_known", f"interest IN ({INTERESTS}, 'service')")
    _check("preference", "topic_can_be_chosen", f"topic IN ({TOPICS}, 'duties') AND topic <> 'account'")
    for table in ("notice", "delivery"):
        _check(table, f"{table}_topic_known", f"topic IN ({TOPICS}, 'duties')")


def downgrade() -> None:
    op.execute("DELETE FROM follower WHERE interest = 'service'")
    op.execute("DELETE FROM preference WHERE topic = 'duties'")
    op.execute("DELETE FROM notice WHERE topic = 'duties'")
    op.execute("DELETE FROM delivery WHERE topic = 'duties'")
    op.execute("ALTER TABLE follower DROP COLUMN until")
    _check("follower", "interest_known", f"interest IN ({INTERESTS})")
    _check("preference", "topic_can_be_chosen", f"topic IN ({TOPICS}) AND topic <> 'account'")
    for table in ("notice", "delivery"):
        _check(table, f"{table}_topic_known", f"topic IN ({TOPICS})")


def _check(table: str, name: str, rule: str) -> None:
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule})")
