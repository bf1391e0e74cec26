"""Participatory budgets are followed, and people ask to be told when a project is delivered."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INTERESTS = "'author', 'dossier', 'theme', 'district', 'consultation', 'vote'"
KINDS = "'dossier', 'consultation', 'vote'"


def upgrade() -> None:
    _check("follower", "interest_known", f"interest IN ({INTERESTS}, 'campaign', 'delivery', 'service')")
    _check("subject", "kind_known", f"kind IN ({KINDS}, 'campaign', 'delivery')")


def downgrade() -> None:
    op.execute("DELETE FROM follower WHERE interest IN ('campaign', 'delivery')")
    op.execute("DELETE FROM subject WHERE kind IN ('campaign', 'delivery')")
    _check("follower", "interest_known", f"interest IN ({INTERESTS}, 'service')")
    _check("subject", "kind_known", f"kind IN ({KINDS})")


def _check(table: str, name: str, rule: str) -> None:
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({rule})")
