"""Claims, representatives, further records and ends of a case; letters beside the decision"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.in_place import change_checks

revision = '0007'
down_revision = '0006'

CASE = 'ck_disclosure_case_'
BEFORE = {
    'disclosure_case': {
        f'{CASE}state_is_known': "state IN ('approval', 'approved', 'closed', 'correction', 'drafting', 'identity-check', 'implemented', 'method-choice', 'notified', 'received', 'search', 'withdrawn')",
        f'{CASE}records_are_known': "records IN ('both', 'form', 'photo')",
        f'{CASE}format_is_known': "format IN ('image', 'large-print', 'paper', 'pdf')",
        f'{CASE}ended_has_day': "(state IN ('closed', 'withdrawn')) = (ended_on IS NOT NULL)",
        f'{CASE}notified_has_day': "(state IN ('closed', 'implemented', 'method-choice', 'notified')) = (notified_on IS NOT NULL)",
        f'{CASE}kind_is_known': None,
        f'{CASE}requester_is_known': None,
        f'{CASE}claims_have_origins': None,
        f'{CASE}lapsed_is_not_released': None,
    },
    'disclosure_case_field': {
        'ck_disclosure_case_field_name_is_known': "name IN ('address', 'birth-date', 'details', 'email', 'kana', 'name', 'postal-code', 'telephone')",
    },
    'disclosure_case_file': {
        'ck_disclosure_case_file_kind_is_known': "kind IN ('correction', 'identity', 'record')",
    },
}
AFTER = {
    'disclosure_case': {
        f'{CASE}state_is_known': "state IN ('approval', 'approved', 'closed', 'correction', 'drafting', 'identity-check', 'implemented', 'lapsed', 'method-choice', 'notified', 'received', 'search', 'transferred', 'withdrawn')",
        f'{CASE}records_are_known': "records IN ('both', 'certificates', 'exchange-log', 'form', 'identity-data', 'inquiry', 'other', 'photo')",
        f'{CASE}format_is_known': "format IN ('carrier', 'image', 'inspection', 'large-print', 'paper', 'pdf', 'text')",
        f'{CASE}ended_has_day': "(state IN ('closed', 'lapsed', 'transferred', 'withdrawn')) = (ended_on IS NOT NULL)",
        f'{CASE}notified_has_day': "(state IN ('closed', 'implemented', 'lapsed', 'method-choice', 'notified')) = (notified_on IS NOT NULL) OR (state = 'withdrawn' AND released_at IS NULL)",
        f'{CASE}kind_is_known': "kind IN ('correction', 'disclosure', 'suspension')",
        f'{CASE}requester_is_known': "requester IN ('mandated', 'person', 'statutory')",
        f'{CASE}claims_have_origins': "origin_id IS NULL OR kind <> 'disclosure'",
        f'{CASE}lapsed_is_not_released': "state <> 'lapsed' OR released_at IS NULL",
    },
    'disclosure_case_field': {
        'ck_disclosure_case_field_name_is_known': "name IN ('address', 'address-then', 'agent-address', 'agent-kana', 'agent-name', 'agent-postal-code', 'agent-telephone', 'birth-date', 'claim', 'claim-reason', 'details', 'disclosed', 'email', 'kana', 'name', 'postal-code', 'telephone')",
    },
    'disclosure_case_file': {
        'ck_disclosure_case_file_kind_is_known': "kind IN ('agency', 'correction', 'evidence', 'identity', 'opinion', 'record')",
    },
}
# What the older tables cannot keep.
NEW = (
    'SELECT 1 FROM disclosure_notice LIMIT 1',
    "SELECT 1 FROM disclosure_case WHERE kind <> 'disclosure' OR requester <> 'person' OR protected"
    " OR state IN ('lapsed', 'transferred') OR format IN ('carrier', 'inspection', 'text')"
    " OR records NOT IN ('both', 'form', 'photo') OR (state = 'withdrawn' AND notified_on IS NOT NULL) LIMIT 1",
    "SELECT 1 FROM disclosure_case_field WHERE name = 'address-then' OR name LIKE 'agent-%' OR name LIKE 'claim%'"
    " OR name = 'disclosed' LIMIT 1",
    "SELECT 1 FROM disclosure_case_file WHERE kind IN ('agency', 'evidence', 'opinion') LIMIT 1",
    'SELECT 1 FROM disclosure_letter WHERE NOT to_requester LIMIT 1',
)


def upgrade() -> None:
    op.add_column('disclosure_case', sa.Column('kind', sa.String(length=32), server_default='disclosure', nullable=False))
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('ALTER TABLE disclosure_case ADD COLUMN origin_id VARCHAR(36) CONSTRAINT fk_disclosure_case_origin_id_disclosure_case REFERENCES disclosure_case (id)')
    else:
        op.add_column('disclosure_case', sa.Column('origin_id', sa.String(length=36), nullable=True))
        op.create_foreign_key(op.f('fk_disclosure_case_origin_id_disclosure_case'), 'disclosure_case', 'disclosure_case', ['origin_id'], ['id'])
    op.add_column('disclosure_case', sa.Column('requester', sa.String(length=32), server_default='person', nullable=False))
    op.add_column('disclosure_case', sa.Column('protected', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('disclosure_case', sa.Column('release_from', sa.Date(), nullable=True))
    op.create_index('ix_disclosure_case_origin_id', 'disclosure_case', ['origin_id'], unique=False)
    op.add_column('disclosure_letter', sa.Column('to_requester', sa.Boolean(), server_default=sa.true(), nullable=False))
    for table, checks in AFTER.items():
        change_checks(table, checks)
    op.create_table('disclosure_notice',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('about_id', sa.String(length=36), nullable=True),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('alone', sa.Boolean(), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=True),
    sa.Column('drafted_by', sa.String(length=64), nullable=False),
    sa.Column('drafted_name', sa.String(length=200), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.String(length=64), nullable=True),
    sa.Column('issued_name', sa.String(length=200), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(state = 'issued') = (letter_id IS NOT NULL) AND (state = 'issued') = (issued_by IS NOT NULL) AND (issued_by IS NULL) = (issued_at IS NULL) AND (issued_by IS NULL) = (issued_on IS NULL)", name=op.f('ck_disclosure_notice_issued_is_whole')),
    sa.CheckConstraint("state IN ('drafted', 'dropped', 'issued')", name=op.f('ck_disclosure_notice_state_is_known')),
    sa.CheckConstraint('alone OR issued_by IS NULL OR issued_by <> drafted_by', name=op.f('ck_disclosure_notice_four_eyes')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_notice_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_notice_letter_id_disclosure_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_notice')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_disclosure_notice_letter_id'))
    )
    op.create_index('ix_disclosure_notice_about', 'disclosure_notice', ['about_id'], unique=False)
    op.create_index('ix_disclosure_notice_case', 'disclosure_notice', ['case_id', 'drafted_at'], unique=False)


def downgrade() -> None:
    for question in NEW:
        if op.get_bind().execute(sa.text(question)).first():
            raise RuntimeError('There are cases or letters that the older tables cannot keep.')
    op.drop_index('ix_disclosure_notice_case', table_name='disclosure_notice')
    op.drop_index('ix_disclosure_notice_about', table_name='disclosure_notice')
    op.drop_table('disclosure_notice')
    for table, checks in BEFORE.items():
        change_checks(table, checks)
    op.drop_column('disclosure_letter', 'to_requester')
    op.drop_index('ix_disclosure_case_origin_id', table_name='disclosure_case')
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('fk_disclosure_case_origin_id_disclosure_case'), 'disclosure_case', type_='foreignkey')
    for column in ('release_from', 'protected', 'requester', 'origin_id', 'kind'):
        op.drop_column('disclosure_case', column)
