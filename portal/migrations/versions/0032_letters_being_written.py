"""Question letters that are being written, kept sealed for a time; codes that confirm addresses"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "content_letter_draft",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code_blind", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.String(length=64), nullable=True),
        sa.Column("created_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_letter_draft")),
        sa.UniqueConstraint("code_blind", name=op.f("uq_content_letter_draft_code_blind")),
    )
    op.create_index(op.f("ix_content_letter_draft_staff_id"), "content_letter_draft", ["staff_id"])
    op.create_index(op.f("ix_content_letter_draft_ends_at"), "content_letter_draft", ["ends_at"])
    op.create_table(
        "content_letter_draft_file",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("draft_id", sa.String(length=36), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["content_letter_draft.id"],
            name=op.f("fk_content_letter_draft_file_draft_id_content_letter_draft"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_letter_draft_file")),
    )
    op.create_index(op.f("ix_content_letter_draft_file_draft_id"), "content_letter_draft_file", ["draft_id"])
    op.create_table(
        "content_mail_code",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("address_blind", sa.String(length=64), nullable=False),
        sa.Column("key_wrap", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_mail_code")),
    )
    op.create_index(op.f("ix_content_mail_code_address_blind"), "content_mail_code", ["address_blind"])
    op.create_index(op.f("ix_content_mail_code_made_at"), "content_mail_code", ["made_at"])


def downgrade() -> None:
    for table in ("content_mail_code", "content_letter_draft_file", "content_letter_draft"):
        op.drop_table(table)
