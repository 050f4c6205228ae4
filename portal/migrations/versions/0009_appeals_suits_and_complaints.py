"""Appeals with their steps, suits, and complaints"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements

revision = '0009'
down_revision = '0008'

LEDGER = AppendOnly('disclosure_appeal_step', ('id',))


def upgrade() -> None:
    op.create_table('disclosure_complaint',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('submission_key', sa.String(length=64), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=True),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('answer_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answered_by', sa.String(length=64), nullable=True),
    sa.Column('answered_name', sa.String(length=200), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('filed_kind', sa.String(length=16), nullable=False),
    sa.Column('filed_by', sa.String(length=64), nullable=False),
    sa.Column('office_wrap', sa.LargeBinary(), nullable=True),
    sa.Column('code_salt', sa.LargeBinary(), nullable=True),
    sa.Column('code_verifier', sa.LargeBinary(), nullable=True),
    sa.Column('code_wrap', sa.LargeBinary(), nullable=True),
    sa.Column('erased_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state = 'answered') = (answered_on IS NOT NULL)", name=op.f('ck_disclosure_complaint_answered_has_day')),
    sa.CheckConstraint("channel IN ('fax', 'post', 'web', 'window')", name=op.f('ck_disclosure_complaint_channel_is_known')),
    sa.CheckConstraint("state IN ('answered', 'open')", name=op.f('ck_disclosure_complaint_state_is_known')),
    sa.CheckConstraint('(answer_sealed IS NOT NULL) = (answered_on IS NOT NULL)', name=op.f('ck_disclosure_complaint_answered_has_answer')),
    sa.CheckConstraint('(case_id IS NULL AND erased_on IS NULL) = (office_wrap IS NOT NULL)', name=op.f('ck_disclosure_complaint_key_is_own_or_the_case_s')),
    sa.CheckConstraint('(office_wrap IS NULL) = (code_wrap IS NULL) AND (office_wrap IS NULL) = (code_salt IS NULL) AND (office_wrap IS NULL) = (code_verifier IS NULL)', name=op.f('ck_disclosure_complaint_wraps_are_whole')),
    sa.CheckConstraint('answered_on IS NULL OR answered_on >= received_on', name=op.f('ck_disclosure_complaint_answered_after_received')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_complaint_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_complaint')),
    sa.UniqueConstraint('number', name=op.f('uq_disclosure_complaint_number')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_disclosure_complaint_submission_key'))
    )
    op.create_index('ix_disclosure_complaint_case', 'disclosure_complaint', ['case_id'], unique=False)
    op.create_index('ix_disclosure_complaint_state', 'disclosure_complaint', ['state', 'due_on'], unique=False)
    op.create_table('disclosure_suit',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('court', sa.String(length=200), nullable=False),
    sa.Column('note_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('result', sa.String(length=32), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("result IS NULL OR result IN ('dismissed', 'granted', 'other', 'partly', 'rejected', 'withdrawn')", name=op.f('ck_disclosure_suit_result_is_known')),
    sa.CheckConstraint('(result IS NULL) = (ended_on IS NULL)', name=op.f('ck_disclosure_suit_ended_has_result')),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= filed_on', name=op.f('ck_disclosure_suit_ended_after_filed')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_suit_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_suit'))
    )
    op.create_index('ix_disclosure_suit_case', 'disclosure_suit', ['case_id'], unique=False)
    op.create_table('disclosure_appeal',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=True),
    sa.Column('submission_key', sa.String(length=64), nullable=False),
    sa.Column('against', sa.String(length=32), nullable=False),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('filed_on', sa.Date(), nullable=False),
    sa.Column('posted_on', sa.Date(), nullable=True),
    sa.Column('known_on', sa.Date(), nullable=True),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('in_time', sa.Boolean(), nullable=False),
    sa.Column('excused', sa.Boolean(), nullable=False),
    sa.Column('next_day', sa.Date(), nullable=True),
    sa.Column('accepted_on', sa.Date(), nullable=True),
    sa.Column('consulted_on', sa.Date(), nullable=True),
    sa.Column('reported_on', sa.Date(), nullable=True),
    sa.Column('report_number', sa.String(length=80), nullable=False),
    sa.Column('result', sa.String(length=32), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('forwarded_to', sa.String(length=200), nullable=False),
    sa.Column('ruling_id', sa.String(length=36), nullable=True),
    sa.Column('anew_on', sa.Date(), nullable=True),
    sa.Column('hold_id', sa.String(length=36), nullable=True),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('filed_kind', sa.String(length=16), nullable=False),
    sa.Column('filed_by', sa.String(length=64), nullable=False),
    sa.Column('filed_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("(against = 'decision') = (letter_id IS NOT NULL)", name=op.f('ck_disclosure_appeal_decision_has_letter')),
    sa.CheckConstraint("(state = 'correcting') = (next_day IS NOT NULL)", name=op.f('ck_disclosure_appeal_correcting_has_day')),
    sa.CheckConstraint("(state = 'forwarded') = (forwarded_to <> '')", name=op.f('ck_disclosure_appeal_forwarded_has_body')),
    sa.CheckConstraint("(state = 'ruled') = (result IS NOT NULL)", name=op.f('ck_disclosure_appeal_ruled_has_result')),
    sa.CheckConstraint("(state IN ('forwarded', 'ruled', 'withdrawn')) = (ended_on IS NOT NULL)", name=op.f('ck_disclosure_appeal_ended_has_day')),
    sa.CheckConstraint("against <> 'decision' OR known_on IS NOT NULL", name=op.f('ck_disclosure_appeal_decision_was_known')),
    sa.CheckConstraint("against IN ('decision', 'inaction')", name=op.f('ck_disclosure_appeal_against_is_known')),
    sa.CheckConstraint("anew_on IS NULL OR result IN ('partly', 'upheld')", name=op.f('ck_disclosure_appeal_anew_after_upheld')),
    sa.CheckConstraint("channel IN ('fax', 'post', 'web', 'window')", name=op.f('ck_disclosure_appeal_channel_is_known')),
    sa.CheckConstraint("result IS NULL OR result IN ('dismissed', 'partly', 'rejected', 'upheld')", name=op.f('ck_disclosure_appeal_result_is_known')),
    sa.CheckConstraint("state <> 'reported' OR reported_on IS NOT NULL", name=op.f('ck_disclosure_appeal_reported_has_day')),
    sa.CheckConstraint("state IN ('accepted', 'consulted', 'correcting', 'filed', 'forwarded', 'reported', 'ruled', 'withdrawn')", name=op.f('ck_disclosure_appeal_state_is_known')),
    sa.CheckConstraint("state NOT IN ('consulted', 'reported') OR consulted_on IS NOT NULL", name=op.f('ck_disclosure_appeal_consulted_has_day')),
    sa.CheckConstraint('posted_on IS NULL OR posted_on <= filed_on', name=op.f('ck_disclosure_appeal_posted_before_filed')),
    sa.CheckConstraint('reported_on IS NULL OR consulted_on IS NOT NULL', name=op.f('ck_disclosure_appeal_reported_after_consulted')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_appeal_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['hold_id'], ['disclosure_legal_hold.id'], name=op.f('fk_disclosure_appeal_hold_id_disclosure_legal_hold')),
    sa.ForeignKeyConstraint(['letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_appeal_letter_id_disclosure_letter')),
    sa.ForeignKeyConstraint(['ruling_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_appeal_ruling_id_disclosure_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_appeal')),
    sa.UniqueConstraint('ruling_id', name=op.f('uq_disclosure_appeal_ruling_id')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_disclosure_appeal_submission_key'))
    )
    op.create_index('ix_disclosure_appeal_case', 'disclosure_appeal', ['case_id', 'filed_on'], unique=False)
    op.create_index('ix_disclosure_appeal_open', 'disclosure_appeal', ['filed_on'], unique=False, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.create_table('disclosure_appeal_participant',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('appeal_id', sa.String(length=36), nullable=False),
    sa.Column('part', sa.String(length=32), nullable=False),
    sa.Column('person_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by', sa.String(length=64), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("part IN ('participant', 'third-party')", name=op.f('ck_disclosure_appeal_participant_part_is_known')),
    sa.ForeignKeyConstraint(['appeal_id'], ['disclosure_appeal.id'], name=op.f('fk_disclosure_appeal_participant_appeal_id_disclosure_appeal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_appeal_participant'))
    )
    op.create_index('ix_disclosure_appeal_participant_appeal', 'disclosure_appeal_participant', ['appeal_id'], unique=False)
    op.create_table('disclosure_appeal_step',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('appeal_id', sa.String(length=36), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('inside', sa.Boolean(), nullable=False),
    sa.Column('note_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_kind', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.String(length=64), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['appeal_id'], ['disclosure_appeal.id'], name=op.f('fk_disclosure_appeal_step_appeal_id_disclosure_appeal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_appeal_step'))
    )
    op.create_index('ix_disclosure_appeal_step_appeal', 'disclosure_appeal_step', ['appeal_id', 'at'], unique=False)
    for statement in statements(op.get_bind().dialect.name, LEDGER):
        op.execute(statement)


def downgrade() -> None:
    for table in ('disclosure_appeal', 'disclosure_suit', 'disclosure_complaint'):
        if op.get_bind().execute(sa.text(f'SELECT 1 FROM {table} LIMIT 1')).first():  # noqa: S608 - names from above
            raise RuntimeError('There are appeals, suits or complaints that the older tables cannot keep.')
    for statement in removals(op.get_bind().dialect.name, LEDGER):
        op.execute(statement)
    op.drop_index('ix_disclosure_appeal_step_appeal', table_name='disclosure_appeal_step')
    op.drop_table('disclosure_appeal_step')
    op.drop_index('ix_disclosure_appeal_participant_appeal', table_name='disclosure_appeal_participant')
    op.drop_table('disclosure_appeal_participant')
    op.drop_index('ix_disclosure_appeal_open', table_name='disclosure_appeal', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.drop_index('ix_disclosure_appeal_case', table_name='disclosure_appeal')
    op.drop_table('disclosure_appeal')
    op.drop_index('ix_disclosure_suit_case', table_name='disclosure_suit')
    op.drop_table('disclosure_suit')
    op.drop_index('ix_disclosure_complaint_state', table_name='disclosure_complaint')
    op.drop_index('ix_disclosure_complaint_case', table_name='disclosure_complaint')
    op.drop_table('disclosure_complaint')
