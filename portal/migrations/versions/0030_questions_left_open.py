"""Question letters: why a question stays unanswered; the warnings that the writer of an answer has seen"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'


def upgrade() -> None:
    op.add_column('content_reply', sa.Column('unanswered', sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
    op.add_column('content_draft_answer', sa.Column('seen', sa.JSON(), server_default=sa.text("'[]'"), nullable=False))


def downgrade() -> None:
    op.drop_column('content_draft_answer', 'seen')
    op.drop_column('content_reply', 'unanswered')
