"""The index of origins holds claims only, so that a database's planner takes it"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'

CLAIM = sa.text('origin_id IS NOT NULL')


def upgrade() -> None:
    op.drop_index('ix_disclosure_case_origin_id', table_name='disclosure_case')
    op.create_index('ix_disclosure_case_origin_id', 'disclosure_case', ['origin_id'], unique=False, sqlite_where=CLAIM, postgresql_where=CLAIM)


def downgrade() -> None:
    op.drop_index('ix_disclosure_case_origin_id', table_name='disclosure_case')
    op.create_index('ix_disclosure_case_origin_id', 'disclosure_case', ['origin_id'], unique=False)
