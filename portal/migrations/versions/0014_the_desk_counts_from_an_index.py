"""Indexes of the open cases, from which the desk counts, and of the ended ones in their order"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'

OPEN, OVER = sa.text('ended_on IS NULL'), sa.text('ended_on IS NOT NULL')


def upgrade() -> None:
    op.create_index('ix_disclosure_case_open', 'disclosure_case', ['state', 'decision_type', 'assignee_id', 'next_due_on', 'ended_on'], unique=False, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index('ix_disclosure_case_ended', 'disclosure_case', ['ended_on', 'number'], unique=False, sqlite_where=OVER, postgresql_where=OVER)


def downgrade() -> None:
    op.drop_index('ix_disclosure_case_ended', table_name='disclosure_case')
    op.drop_index('ix_disclosure_case_open', table_name='disclosure_case')
