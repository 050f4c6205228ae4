"""What the sender of a question letter says of an answer lies sealed until it was read for what must not be public"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.add_column("content_sender_word", sa.Column("sealed", sa.LargeBinary(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("content_sender_word", "sealed")
