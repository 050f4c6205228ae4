"""What published files say, for the search"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    op.create_table(
        "content_file_text",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('read', 'refused', 'unreadable')", name=op.f("ck_content_file_text_state_is_known")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["content_blob.sha256"], name=op.f("fk_content_file_text_sha256_content_blob")
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_content_file_text")),
    )


def downgrade() -> None:
    op.drop_table("content_file_text")
