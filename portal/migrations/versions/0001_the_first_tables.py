"""The first tables"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements


revision = '0001'
down_revision = None

# Tables whose rows stay as written, with their unique columns.
APPEND_ONLY = (
    ('audit_entry', ('seq', 'prev_hash', 'hash')),
    ('content_bulletin', ('id',)),
    ('content_fact', ('id',)),
    ('content_published_citation', ('id',)),
    ('content_statement', ('id',)),
)


def upgrade() -> None:
    op.create_table('audit_entry',
    sa.Column('seq', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('actor_id', sa.String(length=64), nullable=False),
    sa.Column('action', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('prev_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('length(hash) = 64', name=op.f('ck_audit_entry_hash_is_sha256')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_entry_hash')),
    sa.UniqueConstraint('prev_hash', name=op.f('uq_audit_entry_prev_hash'))
    )
    op.create_index(op.f('ix_audit_entry_action'), 'audit_entry', ['action'], unique=False)
    op.create_index(op.f('ix_audit_entry_subject'), 'audit_entry', ['subject'], unique=False)
    op.create_table('content_body',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('name_ja', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=True),
    sa.CheckConstraint("kind IN ('operator', 'ministry', 'municipality', 'prefecture', 'vendor', 'group', 'press', 'printer', 'other')", name=op.f('ck_content_body_kind_is_known')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_body'))
    )
    op.create_index(op.f('ix_content_body_code'), 'content_body', ['code'], unique=False)
    op.create_table('content_cause',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('name_ja', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_cause'))
    )
    op.create_table('content_figure',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('title_ja', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('unit_ja', sa.String(length=80), nullable=False),
    sa.Column('unit_en', sa.String(length=80), nullable=False),
    sa.Column('chart', sa.String(length=8), nullable=False),
    sa.Column('note_ja', sa.Text(), nullable=True),
    sa.Column('note_en', sa.Text(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("chart IN ('bar', 'line')", name=op.f('ck_content_figure_chart_is_known')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_figure'))
    )
    op.create_table('content_revision',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_content_revision_is_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_revision'))
    )
    op.create_table('content_severity',
    sa.Column('level', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('name_ja', sa.String(length=80), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=False),
    sa.Column('rule_ja', sa.Text(), nullable=False),
    sa.Column('rule_en', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('level', name=op.f('pk_content_severity'))
    )
    op.create_table('disclosure_case',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('number', sa.String(length=32), nullable=False),
    sa.Column('submission_key', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('regime', sa.String(length=8), nullable=False),
    sa.Column('law_day', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('records', sa.String(length=32), nullable=False),
    sa.Column('delivery', sa.String(length=32), nullable=False),
    sa.Column('format', sa.String(length=32), nullable=False),
    sa.Column('wants_mail', sa.Boolean(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('target_on', sa.Date(), nullable=False),
    sa.Column('next_due_on', sa.Date(), nullable=True),
    sa.Column('assignee_id', sa.String(length=64), nullable=True),
    sa.Column('assignee_name', sa.String(length=200), nullable=False),
    sa.Column('identity_confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_type', sa.String(length=32), nullable=True),
    sa.Column('notified_on', sa.Date(), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('name_index', sa.String(length=64), nullable=True),
    sa.Column('kana_index', sa.String(length=64), nullable=True),
    sa.CheckConstraint("(state IN ('closed', 'implemented', 'method-choice', 'notified')) = (notified_on IS NOT NULL)", name=op.f('ck_disclosure_case_notified_has_day')),
    sa.CheckConstraint("(state IN ('closed', 'withdrawn')) = (ended_on IS NOT NULL)", name=op.f('ck_disclosure_case_ended_has_day')),
    sa.CheckConstraint("channel IN ('fax', 'post', 'web', 'window')", name=op.f('ck_disclosure_case_channel_is_known')),
    sa.CheckConstraint("delivery IN ('download', 'office', 'post')", name=op.f('ck_disclosure_case_delivery_is_known')),
    sa.CheckConstraint("format IN ('image', 'large-print', 'paper', 'pdf')", name=op.f('ck_disclosure_case_format_is_known')),
    sa.CheckConstraint("language IN ('ja', 'en')", name=op.f('ck_disclosure_case_language_is_known')),
    sa.CheckConstraint("records IN ('both', 'form', 'photo')", name=op.f('ck_disclosure_case_records_are_known')),
    sa.CheckConstraint("state <> 'implemented' OR released_at IS NOT NULL", name=op.f('ck_disclosure_case_implemented_is_released')),
    sa.CheckConstraint("state IN ('approval', 'approved', 'closed', 'correction', 'drafting', 'identity-check', 'implemented', 'method-choice', 'notified', 'received', 'search', 'withdrawn')", name=op.f('ck_disclosure_case_state_is_known')),
    sa.CheckConstraint('(notified_on IS NULL) OR (decision_type IS NOT NULL)', name=op.f('ck_disclosure_case_notified_is_decided')),
    sa.CheckConstraint('ended_on IS NOT NULL OR next_due_on IS NOT NULL', name=op.f('ck_disclosure_case_open_has_next_due')),
    sa.CheckConstraint('law_day <= received_on', name=op.f('ck_disclosure_case_law_is_of_the_day')),
    sa.CheckConstraint('released_at IS NULL OR notified_on IS NOT NULL', name=op.f('ck_disclosure_case_released_after_notice')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_case')),
    sa.UniqueConstraint('number', name=op.f('uq_disclosure_case_number')),
    sa.UniqueConstraint('submission_key', name=op.f('uq_disclosure_case_submission_key'))
    )
    op.create_index('ix_disclosure_case_assignee_due', 'disclosure_case', ['assignee_id', 'next_due_on', 'number'], unique=False)
    op.create_index('ix_disclosure_case_desk', 'disclosure_case', ['next_due_on', 'number'], unique=False, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.create_index(op.f('ix_disclosure_case_kana_index'), 'disclosure_case', ['kana_index'], unique=False)
    op.create_index(op.f('ix_disclosure_case_name_index'), 'disclosure_case', ['name_index'], unique=False)
    op.create_index('ix_disclosure_case_state_due', 'disclosure_case', ['state', 'next_due_on', 'number'], unique=False)
    op.create_table('disclosure_series',
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('series', 'fiscal_year', name=op.f('pk_disclosure_series'))
    )
    op.create_table('job',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=80), nullable=False),
    sa.Column('key', sa.String(length=160), nullable=True),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.CheckConstraint("(state = 'running') = (leased_until IS NOT NULL)", name=op.f('ck_job_running_is_leased')),
    sa.CheckConstraint("state IN ('queued', 'running', 'done', 'dead')", name=op.f('ck_job_state_is_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('key', name=op.f('uq_job_key'))
    )
    op.create_index('ix_job_state_due_at', 'job', ['state', 'due_at'], unique=False)
    op.create_table('search_dirty',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_dirty'))
    )
    op.create_table('staff_account',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('login', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=False),
    sa.Column('password_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('signed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('length(login) >= 3', name=op.f('ck_staff_account_login_is_long_enough')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_staff_account_name_is_given')),
    sa.CheckConstraint('login = lower(login)', name=op.f('ck_staff_account_login_is_lower_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_account')),
    sa.UniqueConstraint('login', name=op.f('uq_staff_account_login'))
    )
    op.create_table('throttle_window',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_throttle_window'))
    )
    op.create_index(op.f('ix_throttle_window_began_at'), 'throttle_window', ['began_at'], unique=False)
    op.create_table('web_session',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('staff_id', sa.String(length=36), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_web_session')),
    sa.UniqueConstraint('id', name=op.f('uq_web_session_id'))
    )
    op.create_index(op.f('ix_web_session_expires_at'), 'web_session', ['expires_at'], unique=False)
    op.create_index(op.f('ix_web_session_staff_id'), 'web_session', ['staff_id'], unique=False)
    op.create_table('content_figure_series',
    sa.Column('id', sa.String(length=100), nullable=False),
    sa.Column('figure_key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name_ja', sa.String(length=200), nullable=True),
    sa.Column('name_en', sa.String(length=200), nullable=True),
    sa.ForeignKeyConstraint(['figure_key'], ['content_figure.key'], name=op.f('fk_content_figure_series_figure_key_content_figure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_figure_series'))
    )
    op.create_index(op.f('ix_content_figure_series_figure_key'), 'content_figure_series', ['figure_key'], unique=False)
    op.create_table('content_incident',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('title_ja', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('severity', sa.Integer(), nullable=False),
    sa.Column('cause_key', sa.String(length=40), nullable=False),
    sa.Column('cause_status', sa.String(length=24), nullable=False),
    sa.Column('occurred_on', sa.Date(), nullable=True),
    sa.Column('occurred_until', sa.Date(), nullable=True),
    sa.Column('occurred_text_ja', sa.Text(), nullable=True),
    sa.Column('occurred_text_en', sa.Text(), nullable=True),
    sa.Column('exercise', sa.Boolean(), nullable=False),
    sa.Column('sort_on', sa.Date(), nullable=False),
    sa.Column('last_number', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("cause_status IN ('under-investigation', 'presumed', 'established', 'unknown')", name=op.f('ck_content_incident_cause_status_is_known')),
    sa.CheckConstraint("state IN ('closed', 'open', 'unknown')", name=op.f('ck_content_incident_state_is_known')),
    sa.CheckConstraint('last_number >= 1', name=op.f('ck_content_incident_has_a_bulletin')),
    sa.CheckConstraint('occurred_on IS NOT NULL OR occurred_text_ja IS NOT NULL', name=op.f('ck_content_incident_says_when')),
    sa.ForeignKeyConstraint(['cause_key'], ['content_cause.key'], name=op.f('fk_content_incident_cause_key_content_cause')),
    sa.ForeignKeyConstraint(['severity'], ['content_severity.level'], name=op.f('fk_content_incident_severity_content_severity')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_incident'))
    )
    op.create_index(op.f('ix_content_incident_cause_key'), 'content_incident', ['cause_key'], unique=False)
    op.create_index(op.f('ix_content_incident_sort_on'), 'content_incident', ['sort_on'], unique=False)
    op.create_index(op.f('ix_content_incident_state'), 'content_incident', ['state'], unique=False)
    op.create_table('content_letter',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('title_ja', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('sender_key', sa.String(length=80), nullable=False),
    sa.Column('addressee_key', sa.String(length=80), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('asked_due_on', sa.Date(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('note_ja', sa.Text(), nullable=True),
    sa.Column('note_en', sa.Text(), nullable=True),
    sa.CheckConstraint("channel IN ('post', 'fax', 'mail', 'meeting', 'online', 'unknown')", name=op.f('ck_content_letter_channel_is_known')),
    sa.CheckConstraint('answered_on IS NULL OR answered_on >= sent_on', name=op.f('ck_content_letter_answered_after_sent')),
    sa.ForeignKeyConstraint(['addressee_key'], ['content_body.key'], name=op.f('fk_content_letter_addressee_key_content_body')),
    sa.ForeignKeyConstraint(['sender_key'], ['content_body.key'], name=op.f('fk_content_letter_sender_key_content_body')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_letter'))
    )
    op.create_index(op.f('ix_content_letter_sent_on'), 'content_letter', ['sent_on'], unique=False)
    op.create_table('content_source',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('title_ja', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('publisher_key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('period', sa.String(length=40), nullable=True),
    sa.Column('note_ja', sa.Text(), nullable=True),
    sa.Column('note_en', sa.Text(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('letter', 'answer', 'report', 'notice', 'slides', 'city-report')", name=op.f('ck_content_source_kind_is_known')),
    sa.ForeignKeyConstraint(['publisher_key'], ['content_body.key'], name=op.f('fk_content_source_publisher_key_content_body')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_source'))
    )
    op.create_table('content_system',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('name_ja', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('summary_ja', sa.Text(), nullable=False),
    sa.Column('summary_en', sa.Text(), nullable=False),
    sa.Column('operator_key', sa.String(length=80), nullable=False),
    sa.Column('aliases_ja', sa.JSON(), nullable=False),
    sa.Column('aliases_en', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['operator_key'], ['content_body.key'], name=op.f('fk_content_system_operator_key_content_body')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_system'))
    )
    op.create_table('disclosure_case_event',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('params', sa.JSON(), nullable=False),
    sa.Column('visible_to', sa.String(length=32), nullable=False),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('actor_id', sa.String(length=64), nullable=False),
    sa.Column('actor_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint("visible_to IN ('resident', 'staff')", name=op.f('ck_disclosure_case_event_audience_is_known')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_case_event_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_case_event'))
    )
    op.create_index('ix_disclosure_case_event_case_at', 'disclosure_case_event', ['case_id', 'at', 'id'], unique=False)
    op.create_table('disclosure_case_field',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("name IN ('address', 'birth-date', 'details', 'email', 'kana', 'name', 'postal-code', 'telephone')", name=op.f('ck_disclosure_case_field_name_is_known')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_case_field_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_case_field')),
    sa.UniqueConstraint('case_id', 'name', name=op.f('uq_disclosure_case_field_case_id_name'))
    )
    op.create_table('disclosure_case_file',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by', sa.String(length=64), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint("kind IN ('correction', 'identity', 'record')", name=op.f('ck_disclosure_case_file_kind_is_known')),
    sa.CheckConstraint('size > 0 AND pages > 0 AND position > 0', name=op.f('ck_disclosure_case_file_counts_are_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_case_file_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_case_file'))
    )
    op.create_index('ix_disclosure_case_file_case_kind', 'disclosure_case_file', ['case_id', 'kind', 'position'], unique=False)
    op.create_table('disclosure_case_keys',
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('office_wrap', sa.LargeBinary(), nullable=False),
    sa.Column('code_salt', sa.LargeBinary(), nullable=False),
    sa.Column('code_verifier', sa.LargeBinary(), nullable=False),
    sa.Column('code_wrap', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_case_keys_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_disclosure_case_keys'))
    )
    op.create_table('disclosure_case_note',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('author_id', sa.String(length=64), nullable=False),
    sa.Column('author_name', sa.String(length=200), nullable=False),
    sa.Column('text_sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_case_note_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_case_note'))
    )
    op.create_index('ix_disclosure_case_note_case', 'disclosure_case_note', ['case_id', 'at'], unique=False)
    op.create_table('disclosure_correction',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('defects', sa.JSON(), nullable=False),
    sa.Column('note_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('asked_by', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answer_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('given_up_on', sa.Date(), nullable=True),
    sa.CheckConstraint('answer_sealed IS NULL OR answered_on IS NOT NULL', name=op.f('ck_disclosure_correction_answer_has_day')),
    sa.CheckConstraint('answered_on IS NULL OR answered_on >= sent_on', name=op.f('ck_disclosure_correction_answered_after_sent')),
    sa.CheckConstraint('answered_on IS NULL OR given_up_on IS NULL', name=op.f('ck_disclosure_correction_answered_or_given_up')),
    sa.CheckConstraint('due_on >= sent_on', name=op.f('ck_disclosure_correction_due_after_sent')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_correction_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_correction'))
    )
    op.create_index('ix_disclosure_correction_case', 'disclosure_correction', ['case_id', 'sent_on'], unique=False)
    op.create_index('uq_disclosure_correction_open', 'disclosure_correction', ['case_id'], unique=True, sqlite_where=sa.text('answered_on IS NULL AND given_up_on IS NULL'), postgresql_where=sa.text('answered_on IS NULL AND given_up_on IS NULL'))
    op.create_table('disclosure_decision',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('type', sa.String(length=32), nullable=False),
    sa.Column('reasons_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('drafted_by', sa.String(length=64), nullable=False),
    sa.Column('drafted_name', sa.String(length=200), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by', sa.String(length=64), nullable=True),
    sa.Column('approved_name', sa.String(length=200), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("NOT (state IN ('approved', 'issued', 'sent')) OR sent_at IS NOT NULL", name=op.f('ck_disclosure_decision_sent_has_time')),
    sa.CheckConstraint("state = 'dropped' OR (state IN ('approved', 'issued')) = (approved_by IS NOT NULL)", name=op.f('ck_disclosure_decision_approved_has_approver')),
    sa.CheckConstraint("state IN ('approved', 'draft', 'dropped', 'issued', 'sent')", name=op.f('ck_disclosure_decision_state_is_known')),
    sa.CheckConstraint("type IN ('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J')", name=op.f('ck_disclosure_decision_type_is_known')),
    sa.CheckConstraint('(approved_by IS NULL) = (approved_at IS NULL)', name=op.f('ck_disclosure_decision_approval_is_whole')),
    sa.CheckConstraint('approved_by IS NULL OR approved_by <> drafted_by', name=op.f('ck_disclosure_decision_four_eyes')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_decision_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_decision'))
    )
    op.create_index('ix_disclosure_decision_case', 'disclosure_decision', ['case_id', 'drafted_at'], unique=False)
    op.create_index('uq_disclosure_decision_in_work', 'disclosure_decision', ['case_id'], unique=True, sqlite_where=sa.text("state IN ('draft', 'sent', 'approved')"), postgresql_where=sa.text("state IN ('draft', 'sent', 'approved')"))
    op.create_table('disclosure_identity_check',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('document', sa.String(length=40), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('name_agrees', sa.Boolean(), nullable=False),
    sa.Column('address_agrees', sa.Boolean(), nullable=False),
    sa.Column('checked_by', sa.String(length=64), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_identity_check_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_identity_check'))
    )
    op.create_index('ix_disclosure_identity_check_case', 'disclosure_identity_check', ['case_id'], unique=False)
    op.create_table('web_session_file',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('session_id', sa.String(length=36), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['session_id'], ['web_session.id'], name=op.f('fk_web_session_file_session_id_web_session'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_session_file'))
    )
    op.create_index(op.f('ix_web_session_file_session_id'), 'web_session_file', ['session_id'], unique=False)
    op.create_table('content_answer',
    sa.Column('id', sa.String(length=100), nullable=False),
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('text_ja', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('withheld_ground', sa.String(length=32), nullable=True),
    sa.Column('re_answer_due', sa.Date(), nullable=True),
    sa.CheckConstraint("withheld_ground IN ('system-detail', 'under-review', 'confidential-design')", name=op.f('ck_content_answer_withheld_ground_is_known')),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_answer_letter_key_content_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_answer'))
    )
    op.create_index(op.f('ix_content_answer_letter_key'), 'content_answer', ['letter_key'], unique=False)
    op.create_table('content_bulletin',
    sa.Column('id', sa.String(length=100), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('period', sa.String(length=40), nullable=True),
    sa.Column('final', sa.Boolean(), nullable=False),
    sa.Column('correction', sa.Boolean(), nullable=False),
    sa.Column('reconstructed', sa.Boolean(), nullable=False),
    sa.Column('publisher_key', sa.String(length=80), nullable=False),
    sa.Column('title_ja', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('body_ja', sa.Text(), nullable=False),
    sa.Column('body_en', sa.Text(), nullable=False),
    sa.Column('reason_ja', sa.Text(), nullable=True),
    sa.Column('reason_en', sa.Text(), nullable=True),
    sa.Column('noticed_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=True),
    sa.Column('cause_key', sa.String(length=40), nullable=True),
    sa.Column('cause_status', sa.String(length=24), nullable=True),
    sa.Column('written_by', sa.String(length=64), nullable=True),
    sa.Column('approved_by', sa.String(length=64), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('content_hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint("cause_status IN ('under-investigation', 'presumed', 'established', 'unknown')", name=op.f('ck_content_bulletin_cause_status_is_known')),
    sa.CheckConstraint("id = incident_key || '/' || number", name=op.f('ck_content_bulletin_id_is_address')),
    sa.CheckConstraint("state IN ('closed', 'open', 'unknown')", name=op.f('ck_content_bulletin_state_is_known')),
    sa.CheckConstraint('(written_by IS NULL) = (approved_by IS NULL)', name=op.f('ck_content_bulletin_approved_if_written')),
    sa.CheckConstraint('NOT correction OR reason_ja IS NOT NULL', name=op.f('ck_content_bulletin_correction_has_reason')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_content_bulletin_number_from_one')),
    sa.CheckConstraint('written_by IS NULL OR written_by <> approved_by', name=op.f('ck_content_bulletin_two_people')),
    sa.ForeignKeyConstraint(['cause_key'], ['content_cause.key'], name=op.f('fk_content_bulletin_cause_key_content_cause')),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_bulletin_incident_key_content_incident')),
    sa.ForeignKeyConstraint(['publisher_key'], ['content_body.key'], name=op.f('fk_content_bulletin_publisher_key_content_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_bulletin'))
    )
    op.create_index(op.f('ix_content_bulletin_day'), 'content_bulletin', ['day'], unique=False)
    op.create_index(op.f('ix_content_bulletin_incident_key'), 'content_bulletin', ['incident_key'], unique=False)
    op.create_table('content_citation',
    sa.Column('id', sa.String(length=240), nullable=False),
    sa.Column('owner', sa.String(length=16), nullable=False),
    sa.Column('owner_key', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source_key', sa.String(length=80), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.CheckConstraint("owner IN ('incident', 'system', 'letter', 'figure', 'page')", name=op.f('ck_content_citation_owner_is_known')),
    sa.ForeignKeyConstraint(['source_key'], ['content_source.key'], name=op.f('fk_content_citation_source_key_content_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_citation'))
    )
    op.create_index('ix_content_citation_owner_owner_key', 'content_citation', ['owner', 'owner_key'], unique=False)
    op.create_index(op.f('ix_content_citation_source_key'), 'content_citation', ['source_key'], unique=False)
    op.create_table('content_figure_point',
    sa.Column('id', sa.String(length=100), nullable=False),
    sa.Column('figure_key', sa.String(length=80), nullable=False),
    sa.Column('series_id', sa.String(length=100), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label_ja', sa.String(length=200), nullable=False),
    sa.Column('label_en', sa.String(length=200), nullable=False),
    sa.Column('value', sa.Float(precision=53), nullable=False),
    sa.Column('area', sa.String(length=6), nullable=False),
    sa.Column('certainty', sa.String(length=16), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('period', sa.String(length=40), nullable=True),
    sa.CheckConstraint("certainty IN ('confirmed', 'estimated', 'reported')", name=op.f('ck_content_figure_point_certainty_is_known')),
    sa.ForeignKeyConstraint(['figure_key'], ['content_figure.key'], name=op.f('fk_content_figure_point_figure_key_content_figure')),
    sa.ForeignKeyConstraint(['series_id'], ['content_figure_series.id'], name=op.f('fk_content_figure_point_series_id_content_figure_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_figure_point'))
    )
    op.create_index(op.f('ix_content_figure_point_figure_key'), 'content_figure_point', ['figure_key'], unique=False)
    op.create_table('content_incident_area',
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('area', sa.String(length=6), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_incident_area_incident_key_content_incident')),
    sa.PrimaryKeyConstraint('incident_key', 'area', name=op.f('pk_content_incident_area'))
    )
    op.create_index(op.f('ix_content_incident_area_area'), 'content_incident_area', ['area'], unique=False)
    op.create_table('content_incident_system',
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('system_key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_incident_system_incident_key_content_incident')),
    sa.ForeignKeyConstraint(['system_key'], ['content_system.key'], name=op.f('fk_content_incident_system_system_key_content_system')),
    sa.PrimaryKeyConstraint('incident_key', 'system_key', name=op.f('pk_content_incident_system'))
    )
    op.create_index(op.f('ix_content_incident_system_system_key'), 'content_incident_system', ['system_key'], unique=False)
    op.create_table('content_letter_section',
    sa.Column('id', sa.String(length=100), nullable=False),
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=20), nullable=False),
    sa.Column('title_ja', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_letter_section_letter_key_content_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_letter_section'))
    )
    op.create_index(op.f('ix_content_letter_section_letter_key'), 'content_letter_section', ['letter_key'], unique=False)
    op.create_table('content_measure',
    sa.Column('id', sa.String(length=120), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text_ja', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('owner_key', sa.String(length=80), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('period', sa.String(length=40), nullable=True),
    sa.CheckConstraint("status IN ('done', 'promised', 'unknown')", name=op.f('ck_content_measure_status_is_known')),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_measure_incident_key_content_incident')),
    sa.ForeignKeyConstraint(['owner_key'], ['content_body.key'], name=op.f('fk_content_measure_owner_key_content_body')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_measure'))
    )
    op.create_index(op.f('ix_content_measure_incident_key'), 'content_measure', ['incident_key'], unique=False)
    op.create_index(op.f('ix_content_measure_status'), 'content_measure', ['status'], unique=False)
    op.create_table('content_published_citation',
    sa.Column('id', sa.String(length=160), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source_key', sa.String(length=80), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_published_citation_incident_key_content_incident')),
    sa.ForeignKeyConstraint(['source_key'], ['content_source.key'], name=op.f('fk_content_published_citation_source_key_content_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_published_citation'))
    )
    op.create_index(op.f('ix_content_published_citation_incident_key'), 'content_published_citation', ['incident_key'], unique=False)
    op.create_index(op.f('ix_content_published_citation_source_key'), 'content_published_citation', ['source_key'], unique=False)
    op.create_table('content_relation',
    sa.Column('id', sa.String(length=200), nullable=False),
    sa.Column('from_key', sa.String(length=80), nullable=False),
    sa.Column('to_key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('said_by_key', sa.String(length=80), nullable=True),
    sa.CheckConstraint("kind IN ('same-cause', 'recurrence', 'caused-by', 'unrelated-said', 'part-of')", name=op.f('ck_content_relation_kind_is_known')),
    sa.ForeignKeyConstraint(['from_key'], ['content_incident.key'], name=op.f('fk_content_relation_from_key_content_incident')),
    sa.ForeignKeyConstraint(['said_by_key'], ['content_body.key'], name=op.f('fk_content_relation_said_by_key_content_body')),
    sa.ForeignKeyConstraint(['to_key'], ['content_incident.key'], name=op.f('fk_content_relation_to_key_content_incident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_relation'))
    )
    op.create_index(op.f('ix_content_relation_from_key'), 'content_relation', ['from_key'], unique=False)
    op.create_index(op.f('ix_content_relation_to_key'), 'content_relation', ['to_key'], unique=False)
    op.create_table('content_statement',
    sa.Column('id', sa.String(length=120), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('by_key', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('period', sa.String(length=40), nullable=True),
    sa.Column('text_ja', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.CheckConstraint("kind IN ('official', 'reported-as', 'criticism', 'request')", name=op.f('ck_content_statement_kind_is_known')),
    sa.ForeignKeyConstraint(['by_key'], ['content_body.key'], name=op.f('fk_content_statement_by_key_content_body')),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_statement_incident_key_content_incident')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_statement'))
    )
    op.create_index(op.f('ix_content_statement_incident_key'), 'content_statement', ['incident_key'], unique=False)
    op.create_table('content_system_dependency',
    sa.Column('system_key', sa.String(length=80), nullable=False),
    sa.Column('needs_key', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['needs_key'], ['content_system.key'], name=op.f('fk_content_system_dependency_needs_key_content_system')),
    sa.ForeignKeyConstraint(['system_key'], ['content_system.key'], name=op.f('fk_content_system_dependency_system_key_content_system')),
    sa.PrimaryKeyConstraint('system_key', 'needs_key', name=op.f('pk_content_system_dependency'))
    )
    op.create_index(op.f('ix_content_system_dependency_needs_key'), 'content_system_dependency', ['needs_key'], unique=False)
    op.create_table('disclosure_decision_return',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('decision_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.String(length=64), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('reason_sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['disclosure_decision.id'], name=op.f('fk_disclosure_decision_return_decision_id_disclosure_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_decision_return'))
    )
    op.create_index(op.f('ix_disclosure_decision_return_decision_id'), 'disclosure_decision_return', ['decision_id'], unique=False)
    op.create_table('disclosure_letter',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('decision_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('template', sa.String(length=80), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.String(length=64), nullable=False),
    sa.Column('context_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('pdf_sealed', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_letter_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['decision_id'], ['disclosure_decision.id'], name=op.f('fk_disclosure_letter_decision_id_disclosure_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_letter')),
    sa.UniqueConstraint('decision_id', name=op.f('uq_disclosure_letter_decision_id'))
    )
    op.create_index('ix_disclosure_letter_case', 'disclosure_letter', ['case_id', 'issued_at'], unique=False)
    op.create_table('content_answer_link',
    sa.Column('id', sa.String(length=120), nullable=False),
    sa.Column('answer_id', sa.String(length=100), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=True),
    sa.Column('system_key', sa.String(length=80), nullable=True),
    sa.Column('figure_key', sa.String(length=80), nullable=True),
    sa.Column('url', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['answer_id'], ['content_answer.id'], name=op.f('fk_content_answer_link_answer_id_content_answer')),
    sa.ForeignKeyConstraint(['figure_key'], ['content_figure.key'], name=op.f('fk_content_answer_link_figure_key_content_figure')),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_answer_link_incident_key_content_incident')),
    sa.ForeignKeyConstraint(['system_key'], ['content_system.key'], name=op.f('fk_content_answer_link_system_key_content_system')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_answer_link'))
    )
    op.create_index(op.f('ix_content_answer_link_answer_id'), 'content_answer_link', ['answer_id'], unique=False)
    op.create_index(op.f('ix_content_answer_link_incident_key'), 'content_answer_link', ['incident_key'], unique=False)
    op.create_table('content_answer_type',
    sa.Column('answer_id', sa.String(length=100), nullable=False),
    sa.Column('type', sa.String(length=4), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("type IN ('A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8', 'A9', 'A10', 'A11', 'A12')", name=op.f('ck_content_answer_type_type_is_known')),
    sa.ForeignKeyConstraint(['answer_id'], ['content_answer.id'], name=op.f('fk_content_answer_type_answer_id_content_answer')),
    sa.PrimaryKeyConstraint('answer_id', 'type', name=op.f('pk_content_answer_type'))
    )
    op.create_index(op.f('ix_content_answer_type_type'), 'content_answer_type', ['type'], unique=False)
    op.create_table('content_draft',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('base_number', sa.Integer(), nullable=False),
    sa.Column('correction', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('written_by', sa.String(length=64), nullable=False),
    sa.Column('written_by_name', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.String(length=64), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_because', sa.Text(), nullable=False),
    sa.Column('bulletin_id', sa.String(length=100), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'published') = (bulletin_id IS NOT NULL)", name=op.f('ck_content_draft_published_has_bulletin')),
    sa.CheckConstraint("state <> 'published' OR decided_by IS NOT NULL", name=op.f('ck_content_draft_published_is_approved')),
    sa.CheckConstraint("state IN ('draft', 'review', 'published', 'discarded')", name=op.f('ck_content_draft_state_is_known')),
    sa.CheckConstraint("state NOT IN ('review', 'published') OR sent_at IS NOT NULL", name=op.f('ck_content_draft_review_was_sent')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> written_by', name=op.f('ck_content_draft_two_people')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['content_bulletin.id'], name=op.f('fk_content_draft_bulletin_id_content_bulletin')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_draft')),
    sa.UniqueConstraint('bulletin_id', name=op.f('uq_content_draft_bulletin_id'))
    )
    op.create_index(op.f('ix_content_draft_incident_key'), 'content_draft', ['incident_key'], unique=False)
    op.create_index(op.f('ix_content_draft_state'), 'content_draft', ['state'], unique=False)
    op.create_table('content_fact',
    sa.Column('id', sa.String(length=110), nullable=False),
    sa.Column('bulletin_id', sa.String(length=100), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Float(precision=53), nullable=True),
    sa.Column('unit', sa.String(length=24), nullable=True),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('text_ja', sa.Text(), nullable=True),
    sa.Column('text_en', sa.Text(), nullable=True),
    sa.Column('certainty', sa.String(length=16), nullable=False),
    sa.Column('area', sa.String(length=6), nullable=False),
    sa.Column('corrects', sa.String(length=110), nullable=True),
    sa.CheckConstraint("certainty IN ('confirmed', 'estimated', 'reported')", name=op.f('ck_content_fact_certainty_is_known')),
    sa.CheckConstraint("field IN ('occurrences', 'affected-cards', 'affected-households', 'affected-municipalities', 'affected-persons', 'affected-items', 'reported-cases', 'servers-in-use', 'duration', 'occurred', 'detected', 'reported', 'announced', 'recovered', 'event', 'cause', 'effect', 'workaround', 'prevention', 'status')", name=op.f('ck_content_fact_field_is_known')),
    sa.CheckConstraint("id = bulletin_id || '/' || position", name=op.f('ck_content_fact_id_is_address')),
    sa.CheckConstraint("unit IN ('times', 'cards', 'households', 'municipalities', 'persons', 'items', 'cases', 'servers', 'minutes', 'years')", name=op.f('ck_content_fact_unit_is_known')),
    sa.CheckConstraint('(number IS NULL) = (unit IS NULL)', name=op.f('ck_content_fact_number_has_unit')),
    sa.CheckConstraint('number IS NOT NULL OR day IS NOT NULL OR text_ja IS NOT NULL', name=op.f('ck_content_fact_says_something')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['content_bulletin.id'], name=op.f('fk_content_fact_bulletin_id_content_bulletin')),
    sa.ForeignKeyConstraint(['corrects'], ['content_fact.id'], name=op.f('fk_content_fact_corrects_content_fact')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_fact'))
    )
    op.create_index(op.f('ix_content_fact_bulletin_id'), 'content_fact', ['bulletin_id'], unique=False)
    op.create_table('content_letter_group',
    sa.Column('id', sa.String(length=120), nullable=False),
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('section_id', sa.String(length=100), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('label', sa.String(length=20), nullable=False),
    sa.Column('title_ja', sa.Text(), nullable=False),
    sa.Column('title_en', sa.Text(), nullable=False),
    sa.CheckConstraint("role IN ('fact', 'question')", name=op.f('ck_content_letter_group_role_is_known')),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_letter_group_letter_key_content_letter')),
    sa.ForeignKeyConstraint(['section_id'], ['content_letter_section.id'], name=op.f('fk_content_letter_group_section_id_content_letter_section')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_letter_group'))
    )
    op.create_index(op.f('ix_content_letter_group_letter_key'), 'content_letter_group', ['letter_key'], unique=False)
    op.create_table('disclosure_letter_number',
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=True),
    sa.Column('void_reason', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(letter_id IS NOT NULL) <> (void_reason IS NOT NULL)', name=op.f('ck_disclosure_letter_number_used_or_void')),
    sa.CheckConstraint('sequence > 0', name=op.f('ck_disclosure_letter_number_starts_at_one')),
    sa.ForeignKeyConstraint(['letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_letter_number_letter_id_disclosure_letter')),
    sa.PrimaryKeyConstraint('series', 'fiscal_year', 'sequence', name=op.f('pk_disclosure_letter_number')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_disclosure_letter_number_letter_id'))
    )
    op.create_table('content_letter_group_incident',
    sa.Column('group_id', sa.String(length=120), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['content_letter_group.id'], name=op.f('fk_content_letter_group_incident_group_id_content_letter_group')),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_letter_group_incident_incident_key_content_incident')),
    sa.PrimaryKeyConstraint('group_id', 'incident_key', name=op.f('pk_content_letter_group_incident'))
    )
    op.create_index(op.f('ix_content_letter_group_incident_incident_key'), 'content_letter_group_incident', ['incident_key'], unique=False)
    op.create_table('content_question',
    sa.Column('id', sa.String(length=100), nullable=False),
    sa.Column('letter_key', sa.String(length=80), nullable=False),
    sa.Column('section_id', sa.String(length=100), nullable=False),
    sa.Column('group_id', sa.String(length=120), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('label', sa.String(length=20), nullable=False),
    sa.Column('text_ja', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('quoted_ja', sa.Text(), nullable=True),
    sa.Column('quoted_en', sa.Text(), nullable=True),
    sa.Column('unanswered', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['content_letter_group.id'], name=op.f('fk_content_question_group_id_content_letter_group')),
    sa.ForeignKeyConstraint(['letter_key'], ['content_letter.key'], name=op.f('fk_content_question_letter_key_content_letter')),
    sa.ForeignKeyConstraint(['section_id'], ['content_letter_section.id'], name=op.f('fk_content_question_section_id_content_letter_section')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_question'))
    )
    op.create_index(op.f('ix_content_question_group_id'), 'content_question', ['group_id'], unique=False)
    op.create_index(op.f('ix_content_question_letter_key'), 'content_question', ['letter_key'], unique=False)
    op.create_table('content_answer_question',
    sa.Column('answer_id', sa.String(length=100), nullable=False),
    sa.Column('question_id', sa.String(length=100), nullable=False),
    sa.ForeignKeyConstraint(['answer_id'], ['content_answer.id'], name=op.f('fk_content_answer_question_answer_id_content_answer')),
    sa.ForeignKeyConstraint(['question_id'], ['content_question.id'], name=op.f('fk_content_answer_question_question_id_content_question')),
    sa.PrimaryKeyConstraint('answer_id', 'question_id', name=op.f('pk_content_answer_question'))
    )
    op.create_index(op.f('ix_content_answer_question_question_id'), 'content_answer_question', ['question_id'], unique=False)
    dialect = op.get_bind().dialect.name
    for table, keys in APPEND_ONLY:
        for statement in statements(dialect, AppendOnly(table, keys)):
            op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table, keys in APPEND_ONLY:
        for statement in removals(dialect, AppendOnly(table, keys)):
            op.execute(statement)
    op.drop_index(op.f('ix_content_answer_question_question_id'), table_name='content_answer_question')
    op.drop_table('content_answer_question')
    op.drop_index(op.f('ix_content_question_letter_key'), table_name='content_question')
    op.drop_index(op.f('ix_content_question_group_id'), table_name='content_question')
    op.drop_table('content_question')
    op.drop_index(op.f('ix_content_letter_group_incident_incident_key'), table_name='content_letter_group_incident')
    op.drop_table('content_letter_group_incident')
    op.drop_table('disclosure_letter_number')
    op.drop_index(op.f('ix_content_letter_group_letter_key'), table_name='content_letter_group')
    op.drop_table('content_letter_group')
    op.drop_index(op.f('ix_content_fact_bulletin_id'), table_name='content_fact')
    op.drop_table('content_fact')
    op.drop_index(op.f('ix_content_draft_state'), table_name='content_draft')
    op.drop_index(op.f('ix_content_draft_incident_key'), table_name='content_draft')
    op.drop_table('content_draft')
    op.drop_index(op.f('ix_content_answer_type_type'), table_name='content_answer_type')
    op.drop_table('content_answer_type')
    op.drop_index(op.f('ix_content_answer_link_incident_key'), table_name='content_answer_link')
    op.drop_index(op.f('ix_content_answer_link_answer_id'), table_name='content_answer_link')
    op.drop_table('content_answer_link')
    op.drop_index('ix_disclosure_letter_case', table_name='disclosure_letter')
    op.drop_table('disclosure_letter')
    op.drop_index(op.f('ix_disclosure_decision_return_decision_id'), table_name='disclosure_decision_return')
    op.drop_table('disclosure_decision_return')
    op.drop_index(op.f('ix_content_system_dependency_needs_key'), table_name='content_system_dependency')
    op.drop_table('content_system_dependency')
    op.drop_index(op.f('ix_content_statement_incident_key'), table_name='content_statement')
    op.drop_table('content_statement')
    op.drop_index(op.f('ix_content_relation_to_key'), table_name='content_relation')
    op.drop_index(op.f('ix_content_relation_from_key'), table_name='content_relation')
    op.drop_table('content_relation')
    op.drop_index(op.f('ix_content_published_citation_source_key'), table_name='content_published_citation')
    op.drop_index(op.f('ix_content_published_citation_incident_key'), table_name='content_published_citation')
    op.drop_table('content_published_citation')
    op.drop_index(op.f('ix_content_measure_status'), table_name='content_measure')
    op.drop_index(op.f('ix_content_measure_incident_key'), table_name='content_measure')
    op.drop_table('content_measure')
    op.drop_index(op.f('ix_content_letter_section_letter_key'), table_name='content_letter_section')
    op.drop_table('content_letter_section')
    op.drop_index(op.f('ix_content_incident_system_system_key'), table_name='content_incident_system')
    op.drop_table('content_incident_system')
    op.drop_index(op.f('ix_content_incident_area_area'), table_name='content_incident_area')
    op.drop_table('content_incident_area')
    op.drop_index(op.f('ix_content_figure_point_figure_key'), table_name='content_figure_point')
    op.drop_table('content_figure_point')
    op.drop_index(op.f('ix_content_citation_source_key'), table_name='content_citation')
    op.drop_index('ix_content_citation_owner_owner_key', table_name='content_citation')
    op.drop_table('content_citation')
    op.drop_index(op.f('ix_content_bulletin_incident_key'), table_name='content_bulletin')
    op.drop_index(op.f('ix_content_bulletin_day'), table_name='content_bulletin')
    op.drop_table('content_bulletin')
    op.drop_index(op.f('ix_content_answer_letter_key'), table_name='content_answer')
    op.drop_table('content_answer')
    op.drop_index(op.f('ix_web_session_file_session_id'), table_name='web_session_file')
    op.drop_table('web_session_file')
    op.drop_index('ix_disclosure_identity_check_case', table_name='disclosure_identity_check')
    op.drop_table('disclosure_identity_check')
    op.drop_index('uq_disclosure_decision_in_work', table_name='disclosure_decision', sqlite_where=sa.text("state IN ('draft', 'sent', 'approved')"), postgresql_where=sa.text("state IN ('draft', 'sent', 'approved')"))
    op.drop_index('ix_disclosure_decision_case', table_name='disclosure_decision')
    op.drop_table('disclosure_decision')
    op.drop_index('uq_disclosure_correction_open', table_name='disclosure_correction', sqlite_where=sa.text('answered_on IS NULL AND given_up_on IS NULL'), postgresql_where=sa.text('answered_on IS NULL AND given_up_on IS NULL'))
    op.drop_index('ix_disclosure_correction_case', table_name='disclosure_correction')
    op.drop_table('disclosure_correction')
    op.drop_index('ix_disclosure_case_note_case', table_name='disclosure_case_note')
    op.drop_table('disclosure_case_note')
    op.drop_table('disclosure_case_keys')
    op.drop_index('ix_disclosure_case_file_case_kind', table_name='disclosure_case_file')
    op.drop_table('disclosure_case_file')
    op.drop_table('disclosure_case_field')
    op.drop_index('ix_disclosure_case_event_case_at', table_name='disclosure_case_event')
    op.drop_table('disclosure_case_event')
    op.drop_table('content_system')
    op.drop_table('content_source')
    op.drop_index(op.f('ix_content_letter_sent_on'), table_name='content_letter')
    op.drop_table('content_letter')
    op.drop_index(op.f('ix_content_incident_state'), table_name='content_incident')
    op.drop_index(op.f('ix_content_incident_sort_on'), table_name='content_incident')
    op.drop_index(op.f('ix_content_incident_cause_key'), table_name='content_incident')
    op.drop_table('content_incident')
    op.drop_index(op.f('ix_content_figure_series_figure_key'), table_name='content_figure_series')
    op.drop_table('content_figure_series')
    op.drop_index(op.f('ix_web_session_staff_id'), table_name='web_session')
    op.drop_index(op.f('ix_web_session_expires_at'), table_name='web_session')
    op.drop_table('web_session')
    op.drop_index(op.f('ix_throttle_window_began_at'), table_name='throttle_window')
    op.drop_table('throttle_window')
    op.drop_table('staff_account')
    op.drop_table('search_dirty')
    op.drop_index('ix_job_state_due_at', table_name='job')
    op.drop_table('job')
    op.drop_table('disclosure_series')
    op.drop_index('ix_disclosure_case_state_due', table_name='disclosure_case')
    op.drop_index(op.f('ix_disclosure_case_name_index'), table_name='disclosure_case')
    op.drop_index(op.f('ix_disclosure_case_kana_index'), table_name='disclosure_case')
    op.drop_index('ix_disclosure_case_desk', table_name='disclosure_case', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
    op.drop_index('ix_disclosure_case_assignee_due', table_name='disclosure_case')
    op.drop_table('disclosure_case')
    op.drop_table('content_severity')
    op.drop_table('content_revision')
    op.drop_table('content_figure')
    op.drop_table('content_cause')
    op.drop_index(op.f('ix_content_body_code'), table_name='content_body')
    op.drop_table('content_body')
    op.drop_index(op.f('ix_audit_entry_subject'), table_name='audit_entry')
    op.drop_index(op.f('ix_audit_entry_action'), table_name='audit_entry')
    op.drop_table('audit_entry')
