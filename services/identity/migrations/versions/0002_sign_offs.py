"""Sign-off lists: the elections whose voting tokens are signed here, and who was given one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_off_lists",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("election_id", name=op.f("sign_off_lists_pkey")),
        comment="The elections whose voting tokens are signed here, each with its key.",
    )
    op.create_table(
        "sign_offs",
        sa.Column("election_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("local", sa.Boolean(), nullable=False),
        sa.Column("blinded_digest", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["sign_off_lists.election_id"], name=op.f("sign_offs_election_id_fkey")
        ),
        sa.PrimaryKeyConstraint("election_id", "account_id", name=op.f("sign_offs_pkey")),
        comment="Who was given a token. Stays when the account is erased, so that tokens can be counted for ever.",
    )
    op.create_index(op.f("sign_offs_account_id_idx"), "sign_offs", ["account_id"], unique=False)
    op.create_index(
        "sign_offs_one_district_key",
        "sign_offs",
        ["campaign_id", "account_id"],
        unique=True,
        postgresql_where=sa.text("local"),
    )


def downgrade() -> None:
    op.drop_table("sign_offs")
    op.drop_table("sign_off_lists")
