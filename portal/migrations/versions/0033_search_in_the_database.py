"""Words that mean the same, and the index inside PostgreSQL"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "search_synonym",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_synonym")),
    )
    op.create_table(
        "search_index",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("written", sa.BigInteger(), nullable=False),
        sa.Column("segments", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_search_index")),
    )
    op.create_table(
        "search_document",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("fingerprint", sa.String(length=24), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("generation", "number", name=op.f("pk_search_document")),
    )
    op.create_index("ix_search_document_generation_key", "search_document", ["generation", "key"])
    op.create_table(
        "search_card",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("generation", "number", name=op.f("pk_search_card")),
    )
    op.create_table(
        "search_posting",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("segment", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("documents", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("generation", "token", "segment", name=op.f("pk_search_posting")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Folded texts are looked through often: kept in the row and as they are, up to a page.
        op.execute("ALTER TABLE search_document ALTER COLUMN folded SET STORAGE EXTERNAL")
        op.execute("ALTER TABLE search_document SET (toast_tuple_target = 8128)")
        # Tokens are compared by their bytes, so that those with the same beginning lie together.
        op.execute('ALTER TABLE search_posting ALTER COLUMN token TYPE text COLLATE "C"')


def downgrade() -> None:
    for table in ("search_posting", "search_card", "search_document", "search_index", "search_synonym"):
        op.drop_table(table)
