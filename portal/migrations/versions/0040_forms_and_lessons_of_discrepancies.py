"""Codes of the other forms of discrepancies, and what the public learns of reports"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.in_place import change_checks

revision = '0040'
down_revision = '0039'

TABLES = 'ck_discrepancy_code_code_table_is_known'
BEFORE = "code_table IN ('affair', 'information', 'causer', 'system-cause', 'human-cause', 'layout-cause', 'other-cause', 'effect', 'counterpart', 'ministry')"  # noqa: E501
AFTER = "code_table IN ('affair', 'information', 'causer', 'system-cause', 'human-cause', 'layout-cause', 'other-cause', 'effect', 'counterpart', 'ministry', 'urgency', 'site-category', 'enquiry-kind', 'work-kind', 'occurrence-kind')"  # noqa: E501


def upgrade() -> None:
    op.create_table('discrepancy_lesson',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('draft_id', sa.String(length=36), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('cause_table', sa.String(length=16), nullable=False),
    sa.Column('cause', sa.String(length=60), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('reports', sa.Integer(), nullable=False),
    sa.Column('bodies', sa.Integer(), nullable=False),
    sa.Column('made_by', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('first_on <= last_on', name=op.f('ck_discrepancy_lesson_ends_after_beginning')),
    sa.CheckConstraint('reports > 0 AND bodies > 0', name=op.f('ck_discrepancy_lesson_counts_are_positive')),
    sa.ForeignKeyConstraint(['draft_id'], ['content_draft.id'], name=op.f('fk_discrepancy_lesson_draft_id_content_draft')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discrepancy_lesson')),
    sa.UniqueConstraint('draft_id', name=op.f('uq_discrepancy_lesson_draft_id'))
    )
    op.create_index(op.f('ix_discrepancy_lesson_incident_key'), 'discrepancy_lesson', ['incident_key'], unique=False)
    op.create_index('ix_discrepancy_lesson_cause', 'discrepancy_lesson', ['cause_table', 'cause'], unique=False)
    change_checks('discrepancy_code', {TABLES: AFTER})


def downgrade() -> None:
    change_checks('discrepancy_code', {TABLES: BEFORE})
    op.drop_table('discrepancy_lesson')
