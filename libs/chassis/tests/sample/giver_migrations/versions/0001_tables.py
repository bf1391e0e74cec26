"""The tables as they are: a sample has no history."""

from alembic import op

from libs.chassis.tests.sample.giver import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())


def downgrade() -> None:
    metadata.drop_all(op.get_bind())
