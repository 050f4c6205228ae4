"""A difference between record and request that was put right in the record"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements

revision = '0021'
down_revision = '0020'

LEDGER = AppendOnly('disclosure_difference_resolved', ('id',))


def upgrade() -> None:
    op.create_table('disclosure_difference_resolved',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('why_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('resolved_by', sa.String(length=64), nullable=False),
    sa.Column('resolved_name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_difference_resolved_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_difference_resolved'))
    )
    op.create_index('ix_disclosure_difference_resolved_case', 'disclosure_difference_resolved', ['case_id', 'resolved_at'], unique=False)
    for statement in statements(op.get_bind().dialect.name, LEDGER):
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().execute(sa.text('SELECT 1 FROM disclosure_difference_resolved LIMIT 1')).first():
        raise RuntimeError('There are differences put right that the older tables cannot keep.')
    for statement in removals(op.get_bind().dialect.name, LEDGER):
        op.execute(statement)
    op.drop_table('disclosure_difference_resolved')
