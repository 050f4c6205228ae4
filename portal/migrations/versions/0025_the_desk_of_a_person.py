"""The index of who is in charge holds open cases alone: the desk never walks past ended ones"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'

OPEN = sa.text('ended_on IS NULL')
COLUMNS = ['assignee_id', 'next_due_on', 'number']


def upgrade() -> None:
    op.drop_index('ix_disclosure_case_assignee_due', table_name='disclosure_case')
    op.create_index('ix_disclosure_case_assignee_due', 'disclosure_case', COLUMNS, unique=False, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_index('ix_disclosure_case_assignee_due', table_name='disclosure_case')
    op.create_index('ix_disclosure_case_assignee_due', 'disclosure_case', COLUMNS, unique=False)
