"""Requests for documents, and the public reading room of what was disclosed to one and so to all"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements
from portal.migrations.in_place import change_checks

revision = '0036'
down_revision = '0035'

LEDGERS = (
    AppendOnly('content_reading', ('key',)),
    AppendOnly('content_reading_withdrawal', ('document_key',)),
)
RECORDS, NAME = 'ck_disclosure_case_records_are_known', 'ck_disclosure_case_field_name_is_known'
AFTER: dict[str, dict[str, str | None]] = {
    'disclosure_case': {RECORDS: "records IN ('both', 'certificates', 'documents', 'exchange-log', 'form', 'identity-data', 'inquiry', 'other', 'photo')"},  # noqa: E501
    'disclosure_case_field': {NAME: "name IN ('address', 'address-then', 'agent-address', 'agent-capacity', 'agent-kana', 'agent-name', 'agent-postal-code', 'agent-telephone', 'birth-date', 'claim', 'claim-reason', 'contact-person', 'details', 'disclosed', 'email', 'kana', 'name', 'postal-code', 'representative', 'telephone')"},  # noqa: E501
}
BEFORE: dict[str, dict[str, str | None]] = {
    'disclosure_case': {RECORDS: "records IN ('both', 'certificates', 'exchange-log', 'form', 'identity-data', 'inquiry', 'other', 'photo')"},  # noqa: E501
    'disclosure_case_field': {NAME: "name IN ('address', 'address-then', 'agent-address', 'agent-capacity', 'agent-kana', 'agent-name', 'agent-postal-code', 'agent-telephone', 'birth-date', 'claim', 'claim-reason', 'details', 'disclosed', 'email', 'kana', 'name', 'postal-code', 'telephone')"},  # noqa: E501
}


def upgrade() -> None:
    op.create_table('content_reading',
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('request_number', sa.String(length=32), nullable=False),
    sa.Column('title_ja', sa.String(length=300), nullable=False),
    sa.Column('title_en', sa.String(length=300), nullable=False),
    sa.Column('description_ja', sa.Text(), nullable=False),
    sa.Column('description_en', sa.Text(), nullable=False),
    sa.Column('law_ja', sa.String(length=200), nullable=False),
    sa.Column('law_en', sa.String(length=200), nullable=False),
    sa.Column('withheld', sa.JSON(), nullable=False),
    sa.Column('disclosed_on', sa.Date(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('media_type', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('written_by', sa.String(length=64), nullable=False),
    sa.Column('approved_by', sa.String(length=64), nullable=False),
    sa.CheckConstraint('size > 0 AND pages > 0', name=op.f('ck_content_reading_counts_are_positive')),
    sa.CheckConstraint('written_by <> approved_by', name=op.f('ck_content_reading_two_people')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_reading'))
    )
    op.create_index(op.f('ix_content_reading_published_at'), 'content_reading', ['published_at'], unique=False)
    op.create_index(op.f('ix_content_reading_request_number'), 'content_reading', ['request_number'], unique=False)
    op.create_table('content_reading_file',
    sa.Column('document_key', sa.String(length=80), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['document_key'], ['content_reading.key'], name=op.f('fk_content_reading_file_document_key_content_reading')),
    sa.PrimaryKeyConstraint('document_key', name=op.f('pk_content_reading_file'))
    )
    op.create_table('content_reading_withdrawal',
    sa.Column('document_key', sa.String(length=80), nullable=False),
    sa.Column('reason_ja', sa.Text(), nullable=False),
    sa.Column('reason_en', sa.Text(), nullable=False),
    sa.Column('withdrawn_by', sa.String(length=64), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_key'], ['content_reading.key'], name=op.f('fk_content_reading_withdrawal_document_key_content_reading')),
    sa.PrimaryKeyConstraint('document_key', name=op.f('pk_content_reading_withdrawal'))
    )
    op.create_table('disclosure_publication',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('file_id', sa.String(length=36), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('proposed_by', sa.String(length=64), nullable=False),
    sa.Column('proposed_name', sa.String(length=200), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.String(length=64), nullable=True),
    sa.Column('decided_name', sa.String(length=200), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('document_key', sa.String(length=80), nullable=True),
    sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name=op.f('ck_disclosure_publication_decided_by_somebody')),
    sa.CheckConstraint("(state = 'published') = (document_key IS NOT NULL)", name=op.f('ck_disclosure_publication_published_has_its_place')),
    sa.CheckConstraint("state <> 'published' OR decided_by <> proposed_by", name=op.f('ck_disclosure_publication_two_people')),
    sa.CheckConstraint("state IN ('dropped', 'proposed', 'published')", name=op.f('ck_disclosure_publication_state_is_known')),
    sa.CheckConstraint('(decided_by IS NULL) = (decided_at IS NULL)', name=op.f('ck_disclosure_publication_decision_is_whole')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_publication_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['file_id'], ['disclosure_case_file.id'], name=op.f('fk_disclosure_publication_file_id_disclosure_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_publication'))
    )
    op.create_index('ix_disclosure_publication_case', 'disclosure_publication', ['case_id', 'proposed_at'], unique=False)
    op.create_index('uq_disclosure_publication_stands', 'disclosure_publication', ['file_id'], unique=True, sqlite_where=sa.text("state IN ('proposed', 'published')"), postgresql_where=sa.text("state IN ('proposed', 'published')"))
    for table, checks in AFTER.items():
        change_checks(table, checks)
    for guard in LEDGERS:
        for statement in statements(op.get_bind().dialect.name, guard):
            op.execute(statement)


def downgrade() -> None:
    for guard in LEDGERS:
        for statement in removals(op.get_bind().dialect.name, guard):
            op.execute(statement)
    for table, checks in BEFORE.items():
        change_checks(table, checks)
    op.drop_table('disclosure_publication')
    op.drop_table('content_reading_withdrawal')
    op.drop_table('content_reading_file')
    op.drop_table('content_reading')
