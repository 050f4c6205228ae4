"""Transfers to other bodies, third parties, decisions that need their answer"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.in_place import change_checks

revision = '0011'
down_revision = '0010'

ITEM = 'ck_disclosure_decision_item_is_known'
STANDING = "state IN ('agreed', 'consulted')"


def upgrade() -> None:
    op.create_table('disclosure_transfer',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('body', sa.String(length=200), nullable=False),
    sa.Column('head', sa.String(length=200), nullable=False),
    sa.Column('department', sa.String(length=200), nullable=False),
    sa.Column('postal_code', sa.String(length=20), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('telephone', sa.String(length=60), nullable=False),
    sa.Column('about_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('consulted_on', sa.Date(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_name', sa.String(length=200), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f('ck_disclosure_transfer_done_has_day')),
    sa.CheckConstraint("state = 'dropped' OR (state IN ('agreed', 'declined', 'done')) = (answered_on IS NOT NULL)", name=op.f('ck_disclosure_transfer_answered_has_day')),
    sa.CheckConstraint("state IN ('agreed', 'consulted', 'declined', 'done', 'dropped')", name=op.f('ck_disclosure_transfer_state_is_known')),
    sa.CheckConstraint('answered_on IS NULL OR answered_on >= consulted_on', name=op.f('ck_disclosure_transfer_answered_after_asking')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_transfer_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_transfer'))
    )
    op.create_index('ix_disclosure_transfer_case', 'disclosure_transfer', ['case_id', 'entered_at'], unique=False)
    op.create_index('uq_disclosure_transfer_in_work', 'disclosure_transfer', ['case_id'], unique=True, sqlite_where=sa.text(STANDING), postgresql_where=sa.text(STANDING))
    op.create_table('disclosure_third_party',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('item', sa.String(length=32), nullable=True),
    sa.Column('who_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('about_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.String(length=32), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('file_id', sa.String(length=36), nullable=True),
    sa.Column('withheld', sa.Boolean(), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_name', sa.String(length=200), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(sent_on IS NULL) = (due_on IS NULL)", name=op.f('ck_disclosure_third_party_asked_until_a_day')),
    sa.CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name=op.f('ck_disclosure_third_party_answered_has_answer')),
    sa.CheckConstraint("NOT withheld OR answer = 'opposed'", name=op.f('ck_disclosure_third_party_withheld_after_objection')),
    sa.CheckConstraint("answer IS NULL OR answer = 'none' OR answered_on IS NOT NULL", name=op.f('ck_disclosure_third_party_answer_has_day')),
    sa.CheckConstraint("answer IS NULL OR answer IN ('consent', 'none', 'opposed')", name=op.f('ck_disclosure_third_party_answer_is_known')),
    sa.CheckConstraint("item IS NULL OR item IN ('1', '2')", name=op.f('ck_disclosure_third_party_item_is_known')),
    sa.CheckConstraint("state = 'dropped' OR (state IN ('asked', 'answered')) = (sent_on IS NOT NULL)", name=op.f('ck_disclosure_third_party_asked_has_day')),
    sa.CheckConstraint("state IN ('answered', 'asked', 'dropped', 'listed', 'skipped')", name=op.f('ck_disclosure_third_party_state_is_known')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_third_party_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['file_id'], ['disclosure_case_file.id'], name=op.f('fk_disclosure_third_party_file_id_disclosure_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_third_party'))
    )
    op.create_index('ix_disclosure_third_party_case', 'disclosure_third_party', ['case_id', 'entered_at'], unique=False)
    op.create_index('ix_disclosure_third_party_due', 'disclosure_third_party', ['state', 'due_on'], unique=False)
    op.add_column('disclosure_decision', sa.Column('third_party_item', sa.String(length=32), nullable=True))
    change_checks('disclosure_decision', {ITEM: "third_party_item IS NULL OR third_party_item IN ('1', '2')"})


def downgrade() -> None:
    # Fails, and so changes nothing, while something is kept that the older tables have no place for.
    for table in ('disclosure_transfer', 'disclosure_third_party'):
        if op.get_bind().execute(sa.text(f'SELECT 1 FROM {table} LIMIT 1')).first():  # noqa: S608 - names from this module
            raise RuntimeError('There are transfers or third parties that the older tables cannot keep.')
    change_checks('disclosure_decision', {ITEM: None})
    op.drop_column('disclosure_decision', 'third_party_item')
    op.drop_index('ix_disclosure_third_party_due', table_name='disclosure_third_party')
    op.drop_index('ix_disclosure_third_party_case', table_name='disclosure_third_party')
    op.drop_table('disclosure_third_party')
    op.drop_index('uq_disclosure_transfer_in_work', table_name='disclosure_transfer', sqlite_where=sa.text(STANDING), postgresql_where=sa.text(STANDING))
    op.drop_index('ix_disclosure_transfer_case', table_name='disclosure_transfer')
    op.drop_table('disclosure_transfer')
