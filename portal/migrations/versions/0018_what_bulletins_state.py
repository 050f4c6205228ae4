"""Incidents as bulletins state them: times, statuses, files, withdrawals, measures with reports"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements
from portal.migrations.in_place import change_checks

revision = '0018'
down_revision = '0017'

LEDGERS = (
    AppendOnly('content_stated_status', ('id',)),
    AppendOnly('content_attachment', ('id',)),
    AppendOnly('content_measure_report', ('id',)),
    AppendOnly('content_approval', ('bulletin_id',)),
    AppendOnly('content_withdrawal', ('bulletin_id',)),
)
REFERENCES = (('cause_key', 40, 'content_cause'), ('letter_key', 80, 'content_letter'))
AFTER: dict[str, dict[str, str | None]] = {
    'content_incident': {
        'ck_content_incident_kind_is_known': "kind IN ('incident', 'maintenance')",
        'ck_content_incident_planned': "kind = 'incident' OR planned_from IS NOT NULL AND planned_until > planned_from",  # noqa: E501
        'ck_content_incident_state_is_known': "state IN ('closed', 'recovered', 'open', 'planned', 'unknown')",
    },
    'content_bulletin': {
        'ck_content_bulletin_approved_if_written': 'written_by IS NOT NULL AND (approved_by IS NULL) = (emergency_reason IS NOT NULL) OR written_by IS NULL AND approved_by IS NULL AND emergency_reason IS NULL',  # noqa: E501
        'ck_content_bulletin_state_is_known': "state IN ('closed', 'recovered', 'open', 'planned', 'unknown')",
        'ck_content_bulletin_markup_is_known': "markup IN ('plain', 'markdown')",
    },
    'content_figure_point': {
        'ck_content_figure_point_certainty_is_known': "certainty IN ('confirmed', 'estimated', 'reported', 'enquiries')",  # noqa: E501
    },
    'content_measure': {
        'ck_content_measure_status_is_known': "status IN ('done', 'in-progress', 'promised', 'dropped', 'unknown')",  # noqa: E501
        'ck_content_measure_effect_is_known': "effect IN ('worked', 'partly', 'failed', 'unknown')",
    },
    'content_relation': {
        'ck_content_relation_kind_is_known': "kind IN ('same-cause', 'recurrence', 'caused-by', 'unrelated-said', 'part-of', 'merged-into', 'split-from')",  # noqa: E501
    },
    'content_draft': {
        'ck_content_draft_emergency_is_out': "NOT emergency OR kind = 'bulletin' AND state = 'published'",
        'ck_content_draft_kind_is_known': "kind IN ('bulletin', 'withdrawal', 'report')",
        'ck_content_draft_published_is_approved': "state <> 'published' OR decided_by IS NOT NULL OR emergency",  # noqa: E501
        'ck_content_draft_published_has_bulletin': "kind = 'bulletin' AND (state = 'published') = (bulletin_id IS NOT NULL) OR kind <> 'bulletin' AND bulletin_id IS NULL",  # noqa: E501
    },
    'content_fact': {
        'ck_content_fact_instant_has_day': 'at IS NULL OR day IS NOT NULL',
        'ck_content_fact_field_is_known': "field IN ('occurrences', 'affected-cards', 'affected-households', 'affected-municipalities', 'affected-persons', 'affected-items', 'reported-cases', 'inquiries', 'servers-in-use', 'duration', 'occurred', 'detected', 'reported', 'announced', 'recovered', 'event', 'cause', 'effect', 'workaround', 'prevention', 'status')",  # noqa: E501
        'ck_content_fact_unit_is_known': "unit IN ('times', 'cards', 'households', 'municipalities', 'persons', 'items', 'cases', 'inquiries', 'servers', 'minutes', 'hours', 'years')",  # noqa: E501
        'ck_content_fact_certainty_is_known': "certainty IN ('confirmed', 'estimated', 'reported', 'enquiries')",  # noqa: E501
    },
}
BEFORE: dict[str, dict[str, str | None]] = {
    'content_incident': {
        'ck_content_incident_kind_is_known': None,
        'ck_content_incident_planned': None,
        'ck_content_incident_state_is_known': "state IN ('closed', 'open', 'unknown')",
    },
    'content_bulletin': {
        'ck_content_bulletin_approved_if_written': '(written_by IS NULL) = (approved_by IS NULL)',
        'ck_content_bulletin_state_is_known': "state IN ('closed', 'open', 'unknown')",
        'ck_content_bulletin_markup_is_known': None,
    },
    'content_figure_point': {
        'ck_content_figure_point_certainty_is_known': "certainty IN ('confirmed', 'estimated', 'reported')",
    },
    'content_measure': {
        'ck_content_measure_status_is_known': "status IN ('done', 'promised', 'unknown')",
        'ck_content_measure_effect_is_known': None,
    },
    'content_relation': {
        'ck_content_relation_kind_is_known': "kind IN ('same-cause', 'recurrence', 'caused-by', 'unrelated-said', 'part-of')",  # noqa: E501
    },
    'content_draft': {
        'ck_content_draft_emergency_is_out': None,
        'ck_content_draft_kind_is_known': None,
        'ck_content_draft_published_is_approved': "state <> 'published' OR decided_by IS NOT NULL",
        'ck_content_draft_published_has_bulletin': "(state = 'published') = (bulletin_id IS NOT NULL)",
    },
    'content_fact': {
        'ck_content_fact_instant_has_day': None,
        'ck_content_fact_field_is_known': "field IN ('occurrences', 'affected-cards', 'affected-households', 'affected-municipalities', 'affected-persons', 'affected-items', 'reported-cases', 'servers-in-use', 'duration', 'occurred', 'detected', 'reported', 'announced', 'recovered', 'event', 'cause', 'effect', 'workaround', 'prevention', 'status')",  # noqa: E501
        'ck_content_fact_unit_is_known': "unit IN ('times', 'cards', 'households', 'municipalities', 'persons', 'items', 'cases', 'servers', 'minutes', 'years')",  # noqa: E501
        'ck_content_fact_certainty_is_known': "certainty IN ('confirmed', 'estimated', 'reported')",
    },
}


def upgrade() -> None:
    op.create_table('content_blob',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_content_blob'))
    )
    op.create_table('content_municipality',
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('prefecture', sa.String(length=2), nullable=False),
    sa.Column('name_ja', sa.String(length=100), nullable=False),
    sa.Column('name_en', sa.String(length=100), nullable=False),
    sa.Column('kana', sa.String(length=200), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('into_code', sa.String(length=6), nullable=True),
    sa.ForeignKeyConstraint(['into_code'], ['content_municipality.code'], name=op.f('fk_content_municipality_into_code_content_municipality')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_content_municipality'))
    )
    op.create_index(op.f('ix_content_municipality_prefecture'), 'content_municipality', ['prefecture'], unique=False)
    op.create_table('content_component',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('system_key', sa.String(length=80), nullable=False),
    sa.Column('name_ja', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['system_key'], ['content_system.key'], name=op.f('fk_content_component_system_key_content_system')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_component'))
    )
    op.create_index(op.f('ix_content_component_system_key'), 'content_component', ['system_key'], unique=False)
    op.create_table('content_incident_times',
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('occurred_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('occurred_exact', sa.Boolean(), nullable=False),
    sa.Column('detected_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('detected_exact', sa.Boolean(), nullable=False),
    sa.Column('first_notice_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_notice_exact', sa.Boolean(), nullable=False),
    sa.Column('recovered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recovered_exact', sa.Boolean(), nullable=False),
    sa.Column('cause_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cause_exact', sa.Boolean(), nullable=False),
    sa.Column('final_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('final_exact', sa.Boolean(), nullable=False),
    sa.Column('longest_silence_minutes', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_incident_times_incident_key_content_incident')),
    sa.PrimaryKeyConstraint('incident_key', name=op.f('pk_content_incident_times'))
    )
    op.create_index(op.f('ix_content_incident_times_occurred_at'), 'content_incident_times', ['occurred_at'], unique=False)
    op.create_table('content_approval',
    sa.Column('bulletin_id', sa.String(length=100), nullable=False),
    sa.Column('approved_by', sa.String(length=64), nullable=False),
    sa.Column('approved_by_name', sa.String(length=200), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['bulletin_id'], ['content_bulletin.id'], name=op.f('fk_content_approval_bulletin_id_content_bulletin')),
    sa.PrimaryKeyConstraint('bulletin_id', name=op.f('pk_content_approval'))
    )
    op.create_table('content_attachment',
    sa.Column('id', sa.String(length=120), nullable=False),
    sa.Column('bulletin_id', sa.String(length=100), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('title_ja', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.CheckConstraint("id = bulletin_id || '/file/' || position", name=op.f('ck_content_attachment_id_is_address')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['content_bulletin.id'], name=op.f('fk_content_attachment_bulletin_id_content_bulletin')),
    sa.ForeignKeyConstraint(['sha256'], ['content_blob.sha256'], name=op.f('fk_content_attachment_sha256_content_blob')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_attachment'))
    )
    op.create_index(op.f('ix_content_attachment_bulletin_id'), 'content_attachment', ['bulletin_id'], unique=False)
    op.create_index(op.f('ix_content_attachment_sha256'), 'content_attachment', ['sha256'], unique=False)
    op.create_table('content_measure_report',
    sa.Column('id', sa.String(length=130), nullable=False),
    sa.Column('measure_id', sa.String(length=120), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('effect', sa.String(length=16), nullable=False),
    sa.Column('text_ja', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('evidence_ja', sa.Text(), nullable=True),
    sa.Column('evidence_en', sa.Text(), nullable=True),
    sa.Column('written_by', sa.String(length=64), nullable=False),
    sa.Column('approved_by', sa.String(length=64), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("effect IN ('worked', 'partly', 'failed', 'unknown')", name=op.f('ck_content_measure_report_effect_is_known')),
    sa.CheckConstraint("id = measure_id || '/' || number", name=op.f('ck_content_measure_report_id_is_address')),
    sa.CheckConstraint("status IN ('done', 'in-progress', 'promised', 'dropped', 'unknown')", name=op.f('ck_content_measure_report_status_is_known')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_content_measure_report_number_from_one')),
    sa.CheckConstraint('written_by <> approved_by', name=op.f('ck_content_measure_report_two_people')),
    sa.ForeignKeyConstraint(['measure_id'], ['content_measure.id'], name=op.f('fk_content_measure_report_measure_id_content_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_measure_report'))
    )
    op.create_index(op.f('ix_content_measure_report_measure_id'), 'content_measure_report', ['measure_id'], unique=False)
    op.create_table('content_stated_status',
    sa.Column('id', sa.String(length=120), nullable=False),
    sa.Column('bulletin_id', sa.String(length=100), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('system_key', sa.String(length=80), nullable=False),
    sa.Column('component_key', sa.String(length=120), nullable=True),
    sa.Column('area', sa.String(length=6), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('since_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("id = bulletin_id || '/status/' || position", name=op.f('ck_content_stated_status_id_is_address')),
    sa.CheckConstraint("status IN ('operating', 'maintenance', 'degraded', 'partial', 'outage')", name=op.f('ck_content_stated_status_status_is_known')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['content_bulletin.id'], name=op.f('fk_content_stated_status_bulletin_id_content_bulletin')),
    sa.ForeignKeyConstraint(['component_key'], ['content_component.key'], name=op.f('fk_content_stated_status_component_key_content_component')),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_stated_status_incident_key_content_incident')),
    sa.ForeignKeyConstraint(['system_key'], ['content_system.key'], name=op.f('fk_content_stated_status_system_key_content_system')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_stated_status'))
    )
    op.create_index(op.f('ix_content_stated_status_bulletin_id'), 'content_stated_status', ['bulletin_id'], unique=False)
    op.create_index(op.f('ix_content_stated_status_incident_key'), 'content_stated_status', ['incident_key'], unique=False)
    op.create_index(op.f('ix_content_stated_status_since_at'), 'content_stated_status', ['since_at'], unique=False)
    op.create_index(op.f('ix_content_stated_status_system_key'), 'content_stated_status', ['system_key'], unique=False)
    op.create_table('content_withdrawal',
    sa.Column('bulletin_id', sa.String(length=100), nullable=False),
    sa.Column('incident_key', sa.String(length=80), nullable=False),
    sa.Column('reason_ja', sa.Text(), nullable=False),
    sa.Column('reason_en', sa.Text(), nullable=False),
    sa.Column('asked_by', sa.String(length=64), nullable=False),
    sa.Column('approved_by', sa.String(length=64), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('asked_by <> approved_by', name=op.f('ck_content_withdrawal_two_people')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['content_bulletin.id'], name=op.f('fk_content_withdrawal_bulletin_id_content_bulletin')),
    sa.ForeignKeyConstraint(['incident_key'], ['content_incident.key'], name=op.f('fk_content_withdrawal_incident_key_content_incident')),
    sa.PrimaryKeyConstraint('bulletin_id', name=op.f('pk_content_withdrawal'))
    )
    op.create_index(op.f('ix_content_withdrawal_incident_key'), 'content_withdrawal', ['incident_key'], unique=False)
    op.create_index(op.f('ix_content_withdrawal_withdrawn_at'), 'content_withdrawal', ['withdrawn_at'], unique=False)
    op.add_column('content_bulletin', sa.Column('markup', sa.String(length=12), server_default='plain', nullable=False))
    op.add_column('content_bulletin', sa.Column('what_changed_ja', sa.Text(), nullable=True))
    op.add_column('content_bulletin', sa.Column('what_changed_en', sa.Text(), nullable=True))
    op.add_column('content_bulletin', sa.Column('next_update_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('content_bulletin', sa.Column('reading', sa.JSON(), nullable=True))
    op.add_column('content_bulletin', sa.Column('emergency_reason', sa.Text(), nullable=True))
    op.create_index('ix_content_bulletin_published_at_id', 'content_bulletin', ['published_at', 'id'], unique=False)
    op.add_column('content_cause', sa.Column('national', sa.String(length=40), server_default='', nullable=False))
    op.add_column('content_cause', sa.Column('veris', sa.String(length=80), server_default='', nullable=False))
    op.add_column('content_draft', sa.Column('kind', sa.String(length=16), server_default='bulletin', nullable=False))
    op.add_column('content_draft', sa.Column('emergency', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('content_fact', sa.Column('at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('content_incident', sa.Column('kind', sa.String(length=16), server_default='incident', nullable=False))
    op.add_column('content_incident', sa.Column('planned_from', sa.DateTime(timezone=True), nullable=True))
    op.add_column('content_incident', sa.Column('planned_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('content_incident', sa.Column('withdrawn', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('content_incident', sa.Column('next_update_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f('ix_content_incident_next_update_at'), 'content_incident', ['next_update_at'], unique=False)
    op.create_index('ix_content_incident_sort_on_key', 'content_incident', ['sort_on', 'key'], unique=False)
    op.add_column('content_measure', sa.Column('due_on', sa.Date(), nullable=True))
    op.add_column('content_measure', sa.Column('effect', sa.String(length=16), server_default='unknown', nullable=False))
    op.add_column('content_measure', sa.Column('evidence_ja', sa.Text(), nullable=True))
    op.add_column('content_measure', sa.Column('evidence_en', sa.Text(), nullable=True))
    op.create_index(op.f('ix_content_measure_due_on'), 'content_measure', ['due_on'], unique=False)
    sqlite = op.get_bind().dialect.name == 'sqlite'
    for column, length, table in REFERENCES:
        name = f'fk_content_measure_{column}_{table}'
        if sqlite:
            op.execute(f'ALTER TABLE content_measure ADD COLUMN {column} VARCHAR({length}) CONSTRAINT {name} REFERENCES {table} (key)')
        else:
            op.add_column('content_measure', sa.Column(column, sa.String(length=length), nullable=True))
            op.create_foreign_key(op.f(name), 'content_measure', table, [column], ['key'])
    for table, checks in AFTER.items():
        change_checks(table, checks)
    for ledger in LEDGERS:
        for statement in statements(op.get_bind().dialect.name, ledger):
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().execute(sa.text('SELECT 1 FROM content_bulletin WHERE reading IS NOT NULL LIMIT 1')).first():
        raise RuntimeError('There are bulletins that say more than the older tables can keep.')
    dialect = op.get_bind().dialect.name
    for ledger in LEDGERS:
        for statement in removals(dialect, ledger):
            op.execute(statement)
    for table, checks in BEFORE.items():
        change_checks(table, checks)
    op.drop_index(op.f('ix_content_bulletin_published_at_id'), table_name='content_bulletin')
    op.drop_index(op.f('ix_content_incident_next_update_at'), table_name='content_incident')
    op.drop_index(op.f('ix_content_incident_sort_on_key'), table_name='content_incident')
    op.drop_index(op.f('ix_content_measure_due_on'), table_name='content_measure')
    for column, _, table in REFERENCES:
        if dialect != 'sqlite':
            op.drop_constraint(op.f(f'fk_content_measure_{column}_{table}'), 'content_measure', type_='foreignkey')
        op.drop_column('content_measure', column)
    op.drop_column('content_measure', 'evidence_en')
    op.drop_column('content_measure', 'evidence_ja')
    op.drop_column('content_measure', 'effect')
    op.drop_column('content_measure', 'due_on')
    op.drop_column('content_incident', 'next_update_at')
    op.drop_column('content_incident', 'withdrawn')
    op.drop_column('content_incident', 'planned_until')
    op.drop_column('content_incident', 'planned_from')
    op.drop_column('content_incident', 'kind')
    op.drop_column('content_fact', 'at')
    op.drop_column('content_draft', 'emergency')
    op.drop_column('content_draft', 'kind')
    op.drop_column('content_cause', 'veris')
    op.drop_column('content_cause', 'national')
    op.drop_column('content_bulletin', 'emergency_reason')
    op.drop_column('content_bulletin', 'reading')
    op.drop_column('content_bulletin', 'next_update_at')
    op.drop_column('content_bulletin', 'what_changed_en')
    op.drop_column('content_bulletin', 'what_changed_ja')
    op.drop_column('content_bulletin', 'markup')
    op.drop_table('content_withdrawal')
    op.drop_table('content_stated_status')
    op.drop_table('content_measure_report')
    op.drop_table('content_attachment')
    op.drop_table('content_approval')
    op.drop_table('content_incident_times')
    op.drop_table('content_component')
    op.drop_table('content_municipality')
    op.drop_table('content_blob')
