"""Choosing a method, appointments, hand-outs, comparisons and leaks"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements

revision = '0008'
down_revision = '0007'

LEDGERS = (
    AppendOnly('disclosure_comparison', ('id',)),
    AppendOnly('disclosure_handover', ('id', 'corrects_id')),
    AppendOnly('disclosure_wish', ('id',)),
)


def upgrade() -> None:
    op.create_table('disclosure_slot',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=64), nullable=False),
    sa.Column('made_name', sa.String(length=200), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.String(length=64), nullable=True),
    sa.Column('closed_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by IS NULL)', name=op.f('ck_disclosure_slot_closed_is_whole')),
    sa.CheckConstraint('capacity >= 1', name=op.f('ck_disclosure_slot_has_room')),
    sa.CheckConstraint('starts < ends', name=op.f('ck_disclosure_slot_ends_after_it_starts')),
    sa.CheckConstraint('taken >= 0 AND taken <= capacity', name=op.f('ck_disclosure_slot_is_not_overbooked')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_slot')),
    sa.UniqueConstraint('day', 'starts', 'place', name=op.f('uq_disclosure_slot_day_starts_place'))
    )
    op.create_table('disclosure_appointment',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('slot_id', sa.String(length=36), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('booked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('booked_kind', sa.String(length=16), nullable=False),
    sa.Column('booked_by', sa.String(length=64), nullable=False),
    sa.Column('booked_name', sa.String(length=200), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.String(length=64), nullable=True),
    sa.Column('settled_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(state = 'booked') = (settled_at IS NULL)", name=op.f('ck_disclosure_appointment_settled_has_time')),
    sa.CheckConstraint("state IN ('booked', 'cancelled', 'kept', 'missed')", name=op.f('ck_disclosure_appointment_state_is_known')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_appointment_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['slot_id'], ['disclosure_slot.id'], name=op.f('fk_disclosure_appointment_slot_id_disclosure_slot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_appointment'))
    )
    op.create_index('ix_disclosure_appointment_case', 'disclosure_appointment', ['case_id', 'booked_at'], unique=False)
    op.create_index('ix_disclosure_appointment_slot', 'disclosure_appointment', ['slot_id'], unique=False)
    op.create_index('uq_disclosure_appointment_booked', 'disclosure_appointment', ['case_id'], unique=True, sqlite_where=sa.text("state = 'booked'"), postgresql_where=sa.text("state = 'booked'"))
    op.create_table('disclosure_comparison',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('records_sha256', sa.String(length=64), nullable=False),
    sa.Column('name_agrees', sa.Boolean(), nullable=False),
    sa.Column('birth_agrees', sa.Boolean(), nullable=False),
    sa.Column('differs_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('compared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('compared_by', sa.String(length=64), nullable=False),
    sa.Column('compared_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint('(name_agrees AND birth_agrees) = (differs_sealed IS NULL)', name=op.f('ck_disclosure_comparison_difference_is_told')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_comparison_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_comparison'))
    )
    op.create_index('ix_disclosure_comparison_case', 'disclosure_comparison', ['case_id', 'compared_at'], unique=False)
    op.create_table('disclosure_handout',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('most', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('confirms', sa.Boolean(), nullable=False),
    sa.Column('code_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('code_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('code_tries', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=64), nullable=False),
    sa.Column('made_name', sa.String(length=200), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_by', sa.String(length=64), nullable=True),
    sa.Column('stop_why', sa.String(length=32), nullable=True),
    sa.CheckConstraint("stop_why IS NULL OR stop_why IN ('leak', 'renewed')", name=op.f('ck_disclosure_handout_stop_is_known')),
    sa.CheckConstraint('(code_sealed IS NULL) = (code_until IS NULL)', name=op.f('ck_disclosure_handout_code_is_whole')),
    sa.CheckConstraint('(stopped_at IS NULL) = (stop_why IS NULL)', name=op.f('ck_disclosure_handout_stopped_is_whole')),
    sa.CheckConstraint('code_tries >= 0', name=op.f('ck_disclosure_handout_tries_are_counted')),
    sa.CheckConstraint('most >= 1 AND taken >= 0 AND taken <= most', name=op.f('ck_disclosure_handout_is_within_its_count')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_handout_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_handout'))
    )
    op.create_index('ix_disclosure_handout_case', 'disclosure_handout', ['case_id', 'made_at'], unique=False)
    op.create_index('uq_disclosure_handout_stands', 'disclosure_handout', ['case_id'], unique=True, sqlite_where=sa.text('stopped_at IS NULL'), postgresql_where=sa.text('stopped_at IS NULL'))
    op.create_table('disclosure_handover',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('step', sa.String(length=32), nullable=False),
    sa.Column('way', sa.String(length=32), nullable=False),
    sa.Column('basis', sa.String(length=32), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('mail_number', sa.String(length=16), nullable=True),
    sa.Column('corrects_id', sa.String(length=36), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_kind', sa.String(length=16), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(mail_number IS NOT NULL) = (step = 'posted')", name=op.f('ck_disclosure_handover_posted_has_number')),
    sa.CheckConstraint("(step = 'arrived') = (basis IS NOT NULL)", name=op.f('ck_disclosure_handover_arrival_has_basis')),
    sa.CheckConstraint("basis IS NULL OR basis IN ('electronic', 'presumed', 'proof', 'signed')", name=op.f('ck_disclosure_handover_basis_is_known')),
    sa.CheckConstraint("step <> 'void' OR corrects_id IS NOT NULL", name=op.f('ck_disclosure_handover_void_takes_away')),
    sa.CheckConstraint("step IN ('arrived', 'posted', 'returned', 'void')", name=op.f('ck_disclosure_handover_step_is_known')),
    sa.CheckConstraint("way IN ('download', 'office', 'post')", name=op.f('ck_disclosure_handover_way_is_known')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_handover_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['corrects_id'], ['disclosure_handover.id'], name=op.f('fk_disclosure_handover_corrects_id_disclosure_handover')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_handover')),
    sa.UniqueConstraint('corrects_id', name=op.f('uq_disclosure_handover_corrects_id'))
    )
    op.create_index('ix_disclosure_handover_case', 'disclosure_handover', ['case_id', 'entered_at'], unique=False)
    op.create_table('disclosure_leak',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('how', sa.String(length=32), nullable=False),
    sa.Column('known_on', sa.Date(), nullable=False),
    sa.Column('persons', sa.Integer(), nullable=False),
    sa.Column('triggers', sa.JSON(), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('quick_by', sa.Date(), nullable=False),
    sa.Column('full_by', sa.Date(), nullable=False),
    sa.Column('quick_on', sa.Date(), nullable=True),
    sa.Column('full_on', sa.Date(), nullable=True),
    sa.Column('told', sa.String(length=32), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('opened_by', sa.String(length=64), nullable=False),
    sa.Column('opened_name', sa.String(length=200), nullable=False),
    sa.Column('outcome', sa.String(length=32), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proposed_by', sa.String(length=64), nullable=True),
    sa.Column('proposed_name', sa.String(length=200), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by', sa.String(length=64), nullable=True),
    sa.Column('closed_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_by IS NOT NULL) AND (closed_by IS NULL) = (closed_at IS NULL) AND (closed_by IS NULL OR proposed_by IS NOT NULL)", name=op.f('ck_disclosure_leak_closed_is_whole')),
    sa.CheckConstraint("(told = 'told') = (told_on IS NOT NULL)", name=op.f('ck_disclosure_leak_told_has_day')),
    sa.CheckConstraint("how IN ('not-out-yet', 'other', 'too-much', 'wrong-recipient', 'wrong-record')", name=op.f('ck_disclosure_leak_how_is_known')),
    sa.CheckConstraint("outcome IS NULL OR outcome IN ('leak', 'no-leak')", name=op.f('ck_disclosure_leak_outcome_is_known')),
    sa.CheckConstraint("state IN ('closed', 'open', 'reported')", name=op.f('ck_disclosure_leak_state_is_known')),
    sa.CheckConstraint("told IN ('excepted', 'not-yet', 'substitute', 'told')", name=op.f('ck_disclosure_leak_told_is_known')),
    sa.CheckConstraint('(proposed_by IS NULL) = (proposed_at IS NULL) AND (proposed_by IS NULL) = (outcome IS NULL)', name=op.f('ck_disclosure_leak_proposal_is_whole')),
    sa.CheckConstraint('closed_by IS NULL OR closed_by <> proposed_by', name=op.f('ck_disclosure_leak_four_eyes')),
    sa.CheckConstraint('known_on <= quick_by AND quick_by <= full_by', name=op.f('ck_disclosure_leak_days_are_in_order')),
    sa.CheckConstraint('persons >= 0', name=op.f('ck_disclosure_leak_persons_are_counted')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_leak_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_leak'))
    )
    op.create_index('ix_disclosure_leak_case', 'disclosure_leak', ['case_id', 'opened_at'], unique=False)
    op.create_index('ix_disclosure_leak_state', 'disclosure_leak', ['state', 'full_by'], unique=False)
    op.create_index('uq_disclosure_leak_open', 'disclosure_leak', ['case_id'], unique=True, sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))
    op.create_table('disclosure_wish',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('records', sa.JSON(), nullable=False),
    sa.Column('late', sa.Boolean(), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('chosen_kind', sa.String(length=16), nullable=False),
    sa.Column('chosen_by', sa.String(length=64), nullable=False),
    sa.Column('chosen_name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_wish_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_wish'))
    )
    op.create_index('ix_disclosure_wish_case', 'disclosure_wish', ['case_id', 'chosen_at'], unique=False)
    for ledger in LEDGERS:
        for statement in statements(op.get_bind().dialect.name, ledger):
            op.execute(statement)


def downgrade() -> None:
    for table in ('disclosure_handover', 'disclosure_leak'):
        if op.get_bind().execute(sa.text(f'SELECT 1 FROM {table} LIMIT 1')).first():  # noqa: S608 - our own names
            raise RuntimeError(f'There are rows in {table}; the older tables cannot keep them.')
    for ledger in LEDGERS:
        for statement in removals(op.get_bind().dialect.name, ledger):
            op.execute(statement)
    op.drop_index('ix_disclosure_wish_case', table_name='disclosure_wish')
    op.drop_table('disclosure_wish')
    op.drop_index('uq_disclosure_leak_open', table_name='disclosure_leak', sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))
    op.drop_index('ix_disclosure_leak_state', table_name='disclosure_leak')
    op.drop_index('ix_disclosure_leak_case', table_name='disclosure_leak')
    op.drop_table('disclosure_leak')
    op.drop_index('ix_disclosure_handover_case', table_name='disclosure_handover')
    op.drop_table('disclosure_handover')
    op.drop_index('uq_disclosure_handout_stands', table_name='disclosure_handout', sqlite_where=sa.text('stopped_at IS NULL'), postgresql_where=sa.text('stopped_at IS NULL'))
    op.drop_index('ix_disclosure_handout_case', table_name='disclosure_handout')
    op.drop_table('disclosure_handout')
    op.drop_index('ix_disclosure_comparison_case', table_name='disclosure_comparison')
    op.drop_table('disclosure_comparison')
    op.drop_index('uq_disclosure_appointment_booked', table_name='disclosure_appointment', sqlite_where=sa.text("state = 'booked'"), postgresql_where=sa.text("state = 'booked'"))
    op.drop_index('ix_disclosure_appointment_slot', table_name='disclosure_appointment')
    op.drop_index('ix_disclosure_appointment_case', table_name='disclosure_appointment')
    op.drop_table('disclosure_appointment')
    op.drop_table('disclosure_slot')
