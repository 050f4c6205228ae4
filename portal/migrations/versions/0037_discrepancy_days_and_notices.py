"""The day until which a case waits; notices to other inquirers"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'

REPORT = "('cause-inquirer', 'cause-provider', 'duplicate-fixed', 'requeried', 'remedied', 'report-due')"


def upgrade() -> None:
    op.add_column('discrepancy_case', sa.Column('due_on', sa.Date(), nullable=True))
    op.create_index('ix_discrepancy_case_due', 'discrepancy_case', ['due_on', 'number'], unique=False)
    op.execute(f"UPDATE discrepancy_case SET due_on = report_due_on WHERE state IN {REPORT}")
    op.create_table('discrepancy_notice',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_number', sa.String(length=20), nullable=False),
    sa.Column('from_code', sa.String(length=10), nullable=False),
    sa.Column('to_code', sa.String(length=10), nullable=False),
    sa.Column('said', sa.LargeBinary(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seen_by', sa.String(length=64), nullable=True),
    sa.Column('opened_case', sa.String(length=20), nullable=True),
    sa.CheckConstraint('from_code <> to_code', name=op.f('ck_discrepancy_notice_two_bodies')),
    sa.CheckConstraint('(seen_at IS NULL) = (seen_by IS NULL)', name=op.f('ck_discrepancy_notice_seen_by_somebody')),
    sa.ForeignKeyConstraint(['case_number'], ['discrepancy_case.number'], name=op.f('fk_discrepancy_notice_case_number_discrepancy_case')),
    sa.ForeignKeyConstraint(['from_code'], ['discrepancy_body.code'], name=op.f('fk_discrepancy_notice_from_code_discrepancy_body')),
    sa.ForeignKeyConstraint(['opened_case'], ['discrepancy_case.number'], name=op.f('fk_discrepancy_notice_opened_case_discrepancy_case')),
    sa.ForeignKeyConstraint(['to_code'], ['discrepancy_body.code'], name=op.f('fk_discrepancy_notice_to_code_discrepancy_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discrepancy_notice'))
    )
    op.create_index(op.f('ix_discrepancy_notice_case_number'), 'discrepancy_notice', ['case_number'], unique=False)
    op.create_index(op.f('ix_discrepancy_notice_to_code'), 'discrepancy_notice', ['to_code'], unique=False)


def downgrade() -> None:
    op.drop_table('discrepancy_notice')
    op.drop_index('ix_discrepancy_case_due', table_name='discrepancy_case')
    op.drop_column('discrepancy_case', 'due_on')
