"""How letters reach their requesters: ledger, print runs, and letters in the place of others"""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

from portal.core.clock import day_in_japan
from portal.core.db import new_id
from portal.core.triggers import AppendOnly, removals, statements

revision = '0003'
down_revision = '0002'

LEDGER = AppendOnly('disclosure_delivery', ('id', 'corrects_id'))


def upgrade() -> None:
    # A decision may now have several letters: a corrected one stands in the place of the first.
    with op.batch_alter_table('disclosure_letter') as letters:
        letters.drop_constraint(op.f('uq_disclosure_letter_decision_id'), type_='unique')
    op.create_index(op.f('ix_disclosure_letter_decision_id'), 'disclosure_letter', ['decision_id'], unique=False)
    op.create_table('disclosure_print_run',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('letters', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=64), nullable=False),
    sa.Column('made_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint('number > 0 AND letters > 0', name=op.f('ck_disclosure_print_run_counts_are_positive')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_print_run')),
    sa.UniqueConstraint('day', 'number', name=op.f('uq_disclosure_print_run_day_number'))
    )
    op.create_table('disclosure_delivery',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=False),
    sa.Column('step', sa.String(length=32), nullable=False),
    sa.Column('way', sa.String(length=32), nullable=False),
    sa.Column('basis', sa.String(length=32), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('mail_number', sa.String(length=16), nullable=True),
    sa.Column('returned_as', sa.String(length=32), nullable=True),
    sa.Column('run_id', sa.String(length=36), nullable=True),
    sa.Column('posting_id', sa.String(length=36), nullable=True),
    sa.Column('corrects_id', sa.String(length=36), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_kind', sa.String(length=16), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(mail_number IS NOT NULL) = (step = 'posted') AND (run_id IS NOT NULL OR step <> 'posted')", name=op.f('ck_disclosure_delivery_posted_has_number')),
    sa.CheckConstraint("(posting_id IS NOT NULL) = (way = 'post' AND step IN ('arrived', 'returned'))", name=op.f('ck_disclosure_delivery_outcome_has_posting')),
    sa.CheckConstraint("(step = 'arrived') = (basis IS NOT NULL)", name=op.f('ck_disclosure_delivery_arrival_has_basis')),
    sa.CheckConstraint("(step = 'returned') = (returned_as IS NOT NULL)", name=op.f('ck_disclosure_delivery_return_has_reason')),
    sa.CheckConstraint("basis IS NULL OR basis IN ('electronic', 'presumed', 'proof', 'signed')", name=op.f('ck_disclosure_delivery_basis_is_known')),
    sa.CheckConstraint("returned_as IS NULL OR returned_as IN ('not-collected', 'other', 'refused', 'unknown-address')", name=op.f('ck_disclosure_delivery_return_is_known')),
    sa.CheckConstraint("step <> 'void' OR corrects_id IS NOT NULL", name=op.f('ck_disclosure_delivery_void_takes_away')),
    sa.CheckConstraint("step IN ('arrived', 'posted', 'returned', 'void')", name=op.f('ck_disclosure_delivery_step_is_known')),
    sa.CheckConstraint("way IN ('download', 'handed', 'post')", name=op.f('ck_disclosure_delivery_way_is_known')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_delivery_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['corrects_id'], ['disclosure_delivery.id'], name=op.f('fk_disclosure_delivery_corrects_id_disclosure_delivery')),
    sa.ForeignKeyConstraint(['letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_delivery_letter_id_disclosure_letter')),
    sa.ForeignKeyConstraint(['posting_id'], ['disclosure_delivery.id'], name=op.f('fk_disclosure_delivery_posting_id_disclosure_delivery')),
    sa.ForeignKeyConstraint(['run_id'], ['disclosure_print_run.id'], name=op.f('fk_disclosure_delivery_run_id_disclosure_print_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_delivery')),
    sa.UniqueConstraint('corrects_id', name=op.f('uq_disclosure_delivery_corrects_id'))
    )
    op.create_index('ix_disclosure_delivery_case', 'disclosure_delivery', ['case_id', 'entered_at'], unique=False)
    op.create_index(op.f('ix_disclosure_delivery_letter_id'), 'disclosure_delivery', ['letter_id'], unique=False)
    op.create_index('ix_disclosure_delivery_mail_number', 'disclosure_delivery', ['mail_number'], unique=False)
    op.create_index(op.f('ix_disclosure_delivery_run_id'), 'disclosure_delivery', ['run_id'], unique=False)
    op.create_table('disclosure_letter_correction',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=False),
    sa.Column('new_letter_id', sa.String(length=36), nullable=True),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('drafted_by', sa.String(length=64), nullable=False),
    sa.Column('drafted_name', sa.String(length=200), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.String(length=64), nullable=True),
    sa.Column('issued_name', sa.String(length=200), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'issued') = (new_letter_id IS NOT NULL) AND (state = 'issued') = (issued_by IS NOT NULL) AND (issued_by IS NULL) = (issued_at IS NULL)", name=op.f('ck_disclosure_letter_correction_issued_is_whole')),
    sa.CheckConstraint("state IN ('drafted', 'dropped', 'issued')", name=op.f('ck_disclosure_letter_correction_state_is_known')),
    sa.CheckConstraint('issued_by IS NULL OR issued_by <> drafted_by', name=op.f('ck_disclosure_letter_correction_four_eyes')),
    sa.CheckConstraint('new_letter_id IS NULL OR new_letter_id <> letter_id', name=op.f('ck_disclosure_letter_correction_replaces_another')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_letter_correction_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_letter_correction_letter_id_disclosure_letter')),
    sa.ForeignKeyConstraint(['new_letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_letter_correction_new_letter_id_disclosure_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_letter_correction')),
    sa.UniqueConstraint('new_letter_id', name=op.f('uq_disclosure_letter_correction_new_letter_id'))
    )
    op.create_index('ix_disclosure_letter_correction_case', 'disclosure_letter_correction', ['case_id'], unique=False)
    op.create_index('uq_disclosure_letter_correction_in_work', 'disclosure_letter_correction', ['letter_id'], unique=True, sqlite_where=sa.text("state = 'drafted'"), postgresql_where=sa.text("state = 'drafted'"))
    op.create_index('uq_disclosure_letter_correction_issued', 'disclosure_letter_correction', ['letter_id'], unique=True, sqlite_where=sa.text("state = 'issued'"), postgresql_where=sa.text("state = 'issued'"))
    op.create_table('disclosure_print_order',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=False),
    sa.Column('cause', sa.String(length=32), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=False),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ordered_by', sa.String(length=64), nullable=False),
    sa.Column('run_id', sa.String(length=36), nullable=True),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dropped_by', sa.String(length=64), nullable=True),
    sa.CheckConstraint("cause IN ('again', 'asked', 'wish')", name=op.f('ck_disclosure_print_order_cause_is_known')),
    sa.CheckConstraint('(dropped_at IS NULL) = (dropped_by IS NULL)', name=op.f('ck_disclosure_print_order_dropped_is_whole')),
    sa.CheckConstraint('(run_id IS NULL) = (position IS NULL)', name=op.f('ck_disclosure_print_order_taken_has_place')),
    sa.CheckConstraint('run_id IS NULL OR dropped_at IS NULL', name=op.f('ck_disclosure_print_order_taken_or_dropped')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_print_order_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_print_order_letter_id_disclosure_letter')),
    sa.ForeignKeyConstraint(['run_id'], ['disclosure_print_run.id'], name=op.f('fk_disclosure_print_order_run_id_disclosure_print_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_print_order')),
    sa.UniqueConstraint('run_id', 'position', name=op.f('uq_disclosure_print_order_run_id_position'))
    )
    op.create_index('ix_disclosure_print_order_case', 'disclosure_print_order', ['case_id'], unique=False)
    op.create_index('uq_disclosure_print_order_waiting', 'disclosure_print_order', ['letter_id'], unique=True, sqlite_where=sa.text('run_id IS NULL AND dropped_at IS NULL'), postgresql_where=sa.text('run_id IS NULL AND dropped_at IS NULL'))
    _opened_before(op.get_bind())
    for statement in statements(op.get_bind().dialect.name, LEDGER):
        op.execute(statement)


def downgrade() -> None:
    for statement in removals(op.get_bind().dialect.name, LEDGER):
        op.execute(statement)
    op.drop_index('uq_disclosure_print_order_waiting', table_name='disclosure_print_order', sqlite_where=sa.text('run_id IS NULL AND dropped_at IS NULL'), postgresql_where=sa.text('run_id IS NULL AND dropped_at IS NULL'))
    op.drop_index('ix_disclosure_print_order_case', table_name='disclosure_print_order')
    op.drop_table('disclosure_print_order')
    op.drop_index('uq_disclosure_letter_correction_issued', table_name='disclosure_letter_correction', sqlite_where=sa.text("state = 'issued'"), postgresql_where=sa.text("state = 'issued'"))
    op.drop_index('uq_disclosure_letter_correction_in_work', table_name='disclosure_letter_correction', sqlite_where=sa.text("state = 'drafted'"), postgresql_where=sa.text("state = 'drafted'"))
    op.drop_index('ix_disclosure_letter_correction_case', table_name='disclosure_letter_correction')
    op.drop_table('disclosure_letter_correction')
    op.drop_index(op.f('ix_disclosure_delivery_run_id'), table_name='disclosure_delivery')
    op.drop_index('ix_disclosure_delivery_mail_number', table_name='disclosure_delivery')
    op.drop_index(op.f('ix_disclosure_delivery_letter_id'), table_name='disclosure_delivery')
    op.drop_index('ix_disclosure_delivery_case', table_name='disclosure_delivery')
    op.drop_table('disclosure_delivery')
    op.drop_table('disclosure_print_run')
    # Fails, and so changes nothing, while a decision has two letters: an issued letter is not thrown away.
    op.drop_index(op.f('ix_disclosure_letter_decision_id'), table_name='disclosure_letter')
    with op.batch_alter_table('disclosure_letter') as letters:
        letters.create_unique_constraint(op.f('uq_disclosure_letter_decision_id'), ['decision_id'])


def _opened_before(bind: sa.Connection) -> None:
    """Enter the letters that their requesters opened before there was a ledger: the journal knows the first time."""
    letters = {row.id: row.case_id for row in bind.execute(sa.text('SELECT id, case_id FROM disclosure_letter'))}
    looks = sa.text(
        "SELECT at, actor_id, detail FROM audit_entry WHERE action = 'disclosure.case.look' AND actor_kind = 'resident'"
        ' ORDER BY seq'
    ).columns(at=sa.DateTime(timezone=True), detail=sa.JSON())
    ledger = sa.table(
        'disclosure_delivery', sa.column('day', sa.Date()), sa.column('entered_at', sa.DateTime(timezone=True)),
        *(sa.column(name) for name in (
            'id', 'case_id', 'letter_id', 'step', 'way', 'basis', 'entered_kind', 'entered_by', 'entered_name',
        )),
    )
    for row in bind.execute(looks).all():
        letter = row.detail.get('letter') if row.detail.get('what') == 'letter' else None
        if letter not in letters:
            continue
        # SQLite keeps times as UTC without saying so.
        at = row.at if row.at.tzinfo else row.at.replace(tzinfo=UTC)
        bind.execute(ledger.insert().values(
            id=new_id(), case_id=letters.pop(letter), letter_id=letter, step='arrived', way='download',
            basis='electronic', day=day_in_japan(at), entered_kind='resident', entered_by=row.actor_id, entered_name='',
            entered_at=at if bind.dialect.name == 'postgresql' else at.replace(tzinfo=None),
        ))
