"""Question letters that come to this site: the letter, its sender sealed, the work on it, the letters that answer"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements
from portal.migrations.in_place import change_checks, change_null

revision = '0029'
down_revision = '0028'

LEDGERS = (
    AppendOnly('content_letter_step', ('id', ('letter_key', 'position'))),
    AppendOnly('content_letter_block', (('letter_key', 'position'),)),
)
REFERENCES = (
    ('content_answer', 'reply_id', 36, 'content_reply', 'id'),
    ('content_answer', 'follows', 100, 'content_answer', 'id'),
    ('content_answer_link', 'letter_key', 80, 'content_letter', 'key'),
)
AFTER: dict[str, dict[str, str | None]] = {
    'content_letter': {
        'ck_content_letter_bodies_are_of_the_archive': 'filed AND sender_key IS NULL AND addressee_key IS NULL OR NOT filed AND sender_key IS NOT NULL AND addressee_key IS NOT NULL',  # noqa: E501
        'ck_content_letter_filed_has_its_days': 'NOT filed OR received_on IS NOT NULL AND answer_due_on IS NOT NULL AND original_sha256 IS NOT NULL AND sequence IS NOT NULL',  # noqa: E501
        'ck_content_letter_state_is_known': "state IN ('received', 'open', 'answered', 'returned', 'withdrawn')",
        'ck_content_letter_answered_has_day': "NOT filed OR (state = 'answered') = (answered_on IS NOT NULL)",
        'ck_content_letter_language_is_known': "language IN ('ja', 'en')",
        'ck_content_letter_sender_kind_is_known': "sender_kind IN ('person', 'group', 'press', 'company', 'assembly', 'municipality', 'other')",  # noqa: E501
    },
    'content_answer': {
        'ck_content_answer_withheld_ground_is_known': "withheld_ground IN ('system-detail', 'under-review', 'confidential-design', 'individual', 'corporate', 'operations')",  # noqa: E501
    },
}
BEFORE: dict[str, dict[str, str | None]] = {
    'content_letter': dict.fromkeys(AFTER['content_letter']),
    'content_answer': {
        'ck_content_answer_withheld_ground_is_known': "withheld_ground IN ('system-detail', 'under-review', 'confidential-design')",  # noqa: E501
    },
}


def upgrade() -> None:
    op.create_table('content_letter_block',
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=20), nullable=False),
    sa.Column('depth', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('first_line', sa.Integer(), nullable=False),
    sa.Column('last_line', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('date', 'addressee', 'sender', 'title', 'preface', 'section', 'group', 'fact', 'question', 'passage', 'answer', 'closing', 'contact')", name=op.f('ck_content_letter_block_kind_is_known')),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_letter_block_letter_key_content_letter')),
    sa.PrimaryKeyConstraint('letter_key', 'position', name=op.f('pk_content_letter_block'))
    )
    op.create_table('content_letter_file',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('media_type', sa.String(length=80), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("role IN ('letter', 'enclosure')", name=op.f('ck_content_letter_file_role_is_known')),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_letter_file_letter_key_content_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_letter_file'))
    )
    op.create_index(op.f('ix_content_letter_file_letter_key'), 'content_letter_file', ['letter_key'], unique=False)
    op.create_table('content_letter_intake',
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('submission_key', sa.String(length=64), nullable=False),
    sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('publish_name', sa.Boolean(), nullable=False),
    sa.Column('original', sa.LargeBinary(), nullable=False),
    sa.Column('contact', sa.LargeBinary(), nullable=False),
    sa.Column('reading', sa.LargeBinary(), nullable=False),
    sa.Column('office_wrap', sa.LargeBinary(), nullable=False),
    sa.Column('code_salt', sa.LargeBinary(), nullable=False),
    sa.Column('code_verifier', sa.LargeBinary(), nullable=False),
    sa.Column('code_wrap', sa.LargeBinary(), nullable=False),
    sa.Column('mail_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_letter_intake_letter_key_content_letter')),
    sa.PrimaryKeyConstraint('letter_key', name=op.f('pk_content_letter_intake')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_content_letter_intake_submission_key'))
    )
    op.create_table('content_letter_step',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('reply_number', sa.Integer(), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('filed', 'acknowledged', 'registered', 'returned', 'withdrawn', 'assigned', 'interim', 'answered', 'answered-later', 'asked-back', 'not-answered')", name=op.f('ck_content_letter_step_kind_is_known')),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_letter_step_letter_key_content_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_letter_step')),
    sa.UniqueConstraint('letter_key', 'position', name=op.f('uq_content_letter_step_letter_key_position'))
    )
    op.create_table('content_reply',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('preface', sa.Text(), nullable=False),
    sa.Column('promised_on', sa.Date(), nullable=True),
    sa.Column('writers', sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('returned_because', sa.Text(), nullable=False),
    sa.Column('checked_by', sa.String(length=64), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by', sa.String(length=64), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('register_id', sa.String(length=36), nullable=True),
    sa.Column('letter_number', sa.String(length=80), nullable=True),
    sa.Column('template', sa.String(length=80), nullable=True),
    sa.Column('context', sa.JSON(), nullable=True),
    sa.Column('pdf', sa.LargeBinary(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'issued') = (issued_on IS NOT NULL AND register_id IS NOT NULL AND pdf IS NOT NULL AND context IS NOT NULL)", name=op.f('ck_content_reply_issued_is_whole')),
    sa.CheckConstraint("kind <> 'interim' OR state <> 'issued' OR promised_on IS NOT NULL", name=op.f('ck_content_reply_interim_promises')),
    sa.CheckConstraint("kind IN ('interim', 'answer', 'later')", name=op.f('ck_content_reply_kind_is_known')),
    sa.CheckConstraint("state IN ('draft', 'check', 'approval', 'approved', 'issued', 'discarded')", name=op.f('ck_content_reply_state_is_known')),
    sa.CheckConstraint("state NOT IN ('approval', 'approved', 'issued') OR checked_by IS NOT NULL", name=op.f('ck_content_reply_checked_by_somebody')),
    sa.CheckConstraint("state NOT IN ('approved', 'issued') OR approved_by IS NOT NULL", name=op.f('ck_content_reply_approved_by_somebody')),
    sa.CheckConstraint('approved_by IS NULL OR approved_by <> checked_by', name=op.f('ck_content_reply_two_look_at_it')),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_reply_letter_key_content_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_reply')),
    sa.UniqueConstraint('letter_key', 'number', name=op.f('uq_content_reply_letter_key_number')),
    sa.UniqueConstraint('register_id', name=op.f('uq_content_reply_register_id'))
    )
    op.create_index(op.f('ix_content_reply_letter_key'), 'content_reply', ['letter_key'], unique=False)
    op.create_index(op.f('ix_content_reply_state'), 'content_reply', ['state'], unique=False)
    op.create_table('content_draft_answer',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('reply_id', sa.String(length=36), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('questions', sa.JSON(), nullable=False),
    sa.Column('quoted', sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('types', sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('withheld_ground', sa.String(length=32), nullable=True),
    sa.Column('re_answer_due', sa.Date(), nullable=True),
    sa.Column('links', sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
    sa.Column('follows', sa.String(length=100), nullable=True),
    sa.Column('department_id', sa.String(length=36), nullable=True),
    sa.Column('done', sa.Boolean(), nullable=False),
    sa.Column('changed_by', sa.String(length=64), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("withheld_ground IN ('system-detail', 'under-review', 'confidential-design', 'individual', 'corporate', 'operations')", name=op.f('ck_content_draft_answer_withheld_ground_is_known')),
    sa.ForeignKeyConstraint(['department_id'], ['staff_department.id'], name=op.f('fk_content_draft_answer_department_id_staff_department')),
    sa.ForeignKeyConstraint(['follows'], ['content_answer.id'], name=op.f('fk_content_draft_answer_follows_content_answer')),
    sa.ForeignKeyConstraint(['reply_id'], ['content_reply.id'], name=op.f('fk_content_draft_answer_reply_id_content_reply')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_draft_answer'))
    )
    op.create_index(op.f('ix_content_draft_answer_department_id'), 'content_draft_answer', ['department_id'], unique=False)
    op.create_index(op.f('ix_content_draft_answer_reply_id'), 'content_draft_answer', ['reply_id'], unique=False)
    op.create_table('content_letter_assignment',
    sa.Column('question_id', sa.String(length=100), nullable=False),
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('department_id', sa.String(length=36), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('assigned_by', sa.String(length=64), nullable=False),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['department_id'], ['staff_department.id'], name=op.f('fk_content_letter_assignment_department_id_staff_department')),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_letter_assignment_letter_key_content_letter')),
    sa.ForeignKeyConstraint(['question_id'], ['content_question.id'], name=op.f('fk_content_letter_assignment_question_id_content_question')),
    sa.PrimaryKeyConstraint('question_id', name=op.f('pk_content_letter_assignment'))
    )
    op.create_index(op.f('ix_content_letter_assignment_department_id'), 'content_letter_assignment', ['department_id'], unique=False)
    op.create_index(op.f('ix_content_letter_assignment_letter_key'), 'content_letter_assignment', ['letter_key'], unique=False)
    op.create_table('content_question_link',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('question_id', sa.String(length=100), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=True),
    sa.Column('system_key', sa.String(length=80), nullable=True),
    sa.Column('earlier_id', sa.String(length=100), nullable=True),
    sa.CheckConstraint('CASE WHEN incident_key IS NULL THEN 0 ELSE 1 END + CASE WHEN system_key IS NULL THEN 0 ELSE 1 END + CASE WHEN earlier_id IS NULL THEN 0 ELSE 1 END = 1', name=op.f('ck_content_question_link_one_of_three')),
    sa.ForeignKeyConstraint(['earlier_id'], ['content_question.id'], name=op.f('fk_content_question_link_earlier_id_content_question')),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_question_link_incident_key_content_incident')),
    sa.ForeignKeyConstraint(['question_id'], ['content_question.id'], name=op.f('fk_content_question_link_question_id_content_question')),
    sa.ForeignKeyConstraint(['system_key'], ['content_system.key'], name=op.f('fk_content_question_link_system_key_content_system')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_question_link'))
    )
    op.create_index(op.f('ix_content_question_link_earlier_id'), 'content_question_link', ['earlier_id'], unique=False)
    op.create_index(op.f('ix_content_question_link_incident_key'), 'content_question_link', ['incident_key'], unique=False)
    op.create_index(op.f('ix_content_question_link_question_id'), 'content_question_link', ['question_id'], unique=False)
    op.create_index(op.f('ix_content_question_link_system_key'), 'content_question_link', ['system_key'], unique=False)
    op.create_table('content_sender_word',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('question_id', sa.String(length=100), nullable=False),
    sa.Column('answer_id', sa.String(length=100), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('ask-back', 'not-answered')", name=op.f('ck_content_sender_word_kind_is_known')),
    sa.ForeignKeyConstraint(['answer_id'], ['content_answer.id'], name=op.f('fk_content_sender_word_answer_id_content_answer')),
    sa.ForeignKeyConstraint(['question_id'], ['content_question.id'], name=op.f('fk_content_sender_word_question_id_content_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_sender_word')),
    sa.UniqueConstraint('question_id', 'kind', name=op.f('uq_content_sender_word_question_id_kind'))
    )
    op.create_index(op.f('ix_content_sender_word_answer_id'), 'content_sender_word', ['answer_id'], unique=False)
    for table, column, length, other, key in REFERENCES:
        name = f'fk_{table}_{column}_{other}'
        if op.get_bind().dialect.name == 'sqlite':
            op.execute(f'ALTER TABLE {table} ADD COLUMN {column} VARCHAR({length}) CONSTRAINT {name} REFERENCES {other} ({key})')  # noqa: E501
        else:
            op.add_column(table, sa.Column(column, sa.String(length=length), nullable=True))
            op.create_foreign_key(op.f(name), table, other, [column], [key])
    op.create_index(op.f('ix_content_answer_follows'), 'content_answer', ['follows'], unique=False)
    op.create_index(op.f('ix_content_answer_re_answer_due'), 'content_answer', ['re_answer_due'], unique=False)
    op.create_index(op.f('ix_content_answer_reply_id'), 'content_answer', ['reply_id'], unique=False)
    op.add_column('content_letter', sa.Column('filed', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('content_letter', sa.Column('state', sa.String(length=16), server_default='answered', nullable=False))
    op.add_column('content_letter', sa.Column('language', sa.String(length=2), server_default='ja', nullable=False))
    op.add_column('content_letter', sa.Column('sender_kind', sa.String(length=16), server_default='group', nullable=False))
    op.add_column('content_letter', sa.Column('sender_name', sa.String(length=300), nullable=True))
    op.add_column('content_letter', sa.Column('received_on', sa.Date(), nullable=True))
    op.add_column('content_letter', sa.Column('acknowledged_on', sa.Date(), nullable=True))
    op.add_column('content_letter', sa.Column('answer_due_on', sa.Date(), nullable=True))
    op.add_column('content_letter', sa.Column('wishes', sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    op.add_column('content_letter', sa.Column('original_sha256', sa.String(length=64), nullable=True))
    op.add_column('content_letter', sa.Column('fiscal_year', sa.Integer(), nullable=True))
    op.add_column('content_letter', sa.Column('sequence', sa.Integer(), nullable=True))
    op.add_column('content_letter', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.create_index('ix_content_letter_state_due', 'content_letter', ['state', 'answer_due_on'], unique=False)
    op.create_index('ix_content_letter_number', 'content_letter', ['fiscal_year', 'sequence'], unique=True)
    for column in ('sender_key', 'addressee_key'):
        change_null('content_letter', column, allowed=True)
    for table, checks in AFTER.items():
        change_checks(table, checks)
    dialect = op.get_bind().dialect.name
    for guard in LEDGERS:
        for statement in statements(dialect, guard):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for guard in LEDGERS:
        for statement in removals(dialect, guard):
            op.execute(statement)
    for table, checks in BEFORE.items():
        change_checks(table, checks)
    for column in ('sender_key', 'addressee_key'):
        change_null('content_letter', column, allowed=False)
    op.drop_index('ix_content_letter_number', table_name='content_letter')
    op.drop_index('ix_content_letter_state_due', table_name='content_letter')
    for column in ('version', 'sequence', 'fiscal_year', 'original_sha256', 'wishes', 'answer_due_on', 'acknowledged_on', 'received_on', 'sender_name', 'sender_kind', 'language', 'state', 'filed'):
        op.drop_column('content_letter', column)
    for name in ('follows', 're_answer_due', 'reply_id'):
        op.drop_index(op.f(f'ix_content_answer_{name}'), table_name='content_answer')
    for table, column, _length, other, _key in REFERENCES:
        if dialect != 'sqlite':
            op.drop_constraint(op.f(f'fk_{table}_{column}_{other}'), table, type_='foreignkey')
        op.drop_column(table, column)
    for name in ('content_sender_word', 'content_question_link', 'content_letter_assignment', 'content_draft_answer', 'content_reply', 'content_letter_step', 'content_letter_intake', 'content_letter_file', 'content_letter_block'):
        op.drop_table(name)
