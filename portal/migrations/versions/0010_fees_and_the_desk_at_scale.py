"""Fees and their waivers; absences, saved filters, the birth date's index; the public figures of a day"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements

revision = '0010'
down_revision = '0009'

GUARD = AppendOnly('disclosure_fee', ('id', 'payment_id', 'waiver_id', 'number'))


def upgrade() -> None:
    op.create_table('disclosure_absence',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('account_id', sa.String(length=64), nullable=False),
    sa.Column('account_name', sa.String(length=200), nullable=False),
    sa.Column('deputy_id', sa.String(length=64), nullable=False),
    sa.Column('deputy_name', sa.String(length=200), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_name', sa.String(length=200), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_by', sa.String(length=64), nullable=True),
    sa.CheckConstraint('deputy_id <> account_id', name=op.f('ck_disclosure_absence_nobody_stands_in_for_themselves')),
    sa.CheckConstraint('until_on >= from_on', name=op.f('ck_disclosure_absence_days_are_in_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_absence'))
    )
    op.create_index('ix_disclosure_absence_account', 'disclosure_absence', ['account_id', 'until_on'], unique=False)
    op.create_index('ix_disclosure_absence_deputy', 'disclosure_absence', ['deputy_id', 'until_on'], unique=False)
    op.create_table('disclosure_desk_filter',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('account_id', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('query', sa.String(length=300), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_desk_filter')),
    sa.UniqueConstraint('account_id', 'name', name=op.f('uq_disclosure_desk_filter_account_id_name'))
    )
    op.create_table('disclosure_published_figures',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('profile', sa.String(length=32), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('day', 'profile', name=op.f('pk_disclosure_published_figures'))
    )
    op.create_table('disclosure_fee',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('step', sa.String(length=32), nullable=False),
    sa.Column('what', sa.String(length=32), nullable=False),
    sa.Column('yen', sa.Integer(), nullable=False),
    sa.Column('charge_id', sa.String(length=36), nullable=True),
    sa.Column('payment_id', sa.String(length=36), nullable=True),
    sa.Column('waiver_id', sa.String(length=36), nullable=True),
    sa.Column('way', sa.String(length=32), nullable=True),
    sa.Column('number', sa.String(length=32), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(charge_id IS NULL) = (step = 'charged')", name=op.f('ck_disclosure_fee_belongs_to_charge')),
    sa.CheckConstraint("(number IS NOT NULL) = (step = 'paid')", name=op.f('ck_disclosure_fee_paid_has_number')),
    sa.CheckConstraint("(payment_id IS NOT NULL) = (step = 'refunded')", name=op.f('ck_disclosure_fee_refund_has_payment')),
    sa.CheckConstraint("(waiver_id IS NOT NULL) = (step = 'waived')", name=op.f('ck_disclosure_fee_waived_is_decided')),
    sa.CheckConstraint("(way IS NOT NULL) = (step = 'paid')", name=op.f('ck_disclosure_fee_paid_has_way')),
    sa.CheckConstraint("step IN ('charged', 'paid', 'refunded', 'struck', 'waived')", name=op.f('ck_disclosure_fee_step_is_known')),
    sa.CheckConstraint("way IS NULL OR way IN ('cash', 'online', 'stamp', 'transfer')", name=op.f('ck_disclosure_fee_way_is_known')),
    sa.CheckConstraint("what IN ('copies', 'postage', 'request')", name=op.f('ck_disclosure_fee_what_is_known')),
    sa.CheckConstraint('yen > 0', name=op.f('ck_disclosure_fee_yen_is_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_fee_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['charge_id'], ['disclosure_fee.id'], name=op.f('fk_disclosure_fee_charge_id_disclosure_fee')),
    sa.ForeignKeyConstraint(['payment_id'], ['disclosure_fee.id'], name=op.f('fk_disclosure_fee_payment_id_disclosure_fee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_fee')),
    sa.UniqueConstraint('number', name=op.f('uq_disclosure_fee_number')),
    sa.UniqueConstraint('payment_id', name=op.f('uq_disclosure_fee_payment_id')),
    sa.UniqueConstraint('waiver_id', name=op.f('uq_disclosure_fee_waiver_id'))
    )
    op.create_index('ix_disclosure_fee_case', 'disclosure_fee', ['case_id', 'entered_at'], unique=False)
    op.create_table('disclosure_fee_waiver',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('charge_id', sa.String(length=36), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by', sa.String(length=64), nullable=False),
    sa.Column('asked_name', sa.String(length=200), nullable=False),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(length=64), nullable=True),
    sa.Column('decided_name', sa.String(length=200), nullable=False),
    sa.Column('answer_sealed', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint("(state = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL) AND (decided_by IS NULL) = (answer_sealed IS NULL)", name=op.f('ck_disclosure_fee_waiver_decided_is_whole')),
    sa.CheckConstraint("state IN ('asked', 'granted', 'refused')", name=op.f('ck_disclosure_fee_waiver_state_is_known')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> asked_by', name=op.f('ck_disclosure_fee_waiver_four_eyes')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_fee_waiver_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['charge_id'], ['disclosure_fee.id'], name=op.f('fk_disclosure_fee_waiver_charge_id_disclosure_fee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_fee_waiver'))
    )
    op.create_index('ix_disclosure_fee_waiver_case', 'disclosure_fee_waiver', ['case_id', 'asked_at'], unique=False)
    op.add_column('disclosure_case', sa.Column('birth_index', sa.String(length=64), nullable=True))
    op.create_index('ix_disclosure_case_birth_index', 'disclosure_case', ['birth_index'], unique=False)
    for statement in statements(op.get_bind().dialect.name, GUARD):
        op.execute(statement)


def downgrade() -> None:
    bind = op.get_bind()
    if bind.execute(sa.text('SELECT 1 FROM disclosure_fee LIMIT 1')).first():
        raise RuntimeError('There are fees that the older tables cannot keep.')
    for statement in removals(bind.dialect.name, GUARD):
        op.execute(statement)
    op.drop_index('ix_disclosure_case_birth_index', table_name='disclosure_case')
    op.drop_column('disclosure_case', 'birth_index')
    op.drop_index('ix_disclosure_fee_waiver_case', table_name='disclosure_fee_waiver')
    op.drop_table('disclosure_fee_waiver')
    op.drop_index('ix_disclosure_fee_case', table_name='disclosure_fee')
    op.drop_table('disclosure_fee')
    op.drop_table('disclosure_published_figures')
    op.drop_table('disclosure_desk_filter')
    op.drop_index('ix_disclosure_absence_deputy', table_name='disclosure_absence')
    op.drop_index('ix_disclosure_absence_account', table_name='disclosure_absence')
    op.drop_table('disclosure_absence')
