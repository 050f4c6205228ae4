"""Documents of the index in PostgreSQL know of what thing they are a part; the index is built anew by itself"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    _anew(sa.Column("thing", sa.String(length=300), nullable=False))
    op.create_index("ix_search_document_generation_thing", "search_document", ["generation", "thing"])


def downgrade() -> None:
    _anew()
    op.create_index("ix_search_document_generation_key", "search_document", ["generation", "key"])


def _anew(*more: sa.Column[str]) -> None:
    """The table of documents, empty, with further columns: nothing is in it that is not made of other tables."""
    op.drop_table("search_document")
    for table in ("search_index", "search_card", "search_posting"):
        op.execute(f"DELETE FROM {table}")
    op.create_table(
        "search_document",
        sa.Column("generation", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        *more,
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("fingerprint", sa.String(length=24), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("generation", "number", name=op.f("pk_search_document")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_document ALTER COLUMN folded SET STORAGE EXTERNAL")
        op.execute("ALTER TABLE search_document SET (toast_tuple_target = 8128)")
