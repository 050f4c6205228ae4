"""Redaction: boxes on records, the copies that are handed out, and what an approver approved"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'


def upgrade() -> None:
    op.add_column('disclosure_decision', sa.Column('fingerprint', sa.String(length=64), nullable=True))
    op.create_table('disclosure_redaction_box',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('file_id', sa.String(length=36), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('x', sa.Integer(), nullable=False),
    sa.Column('y', sa.Integer(), nullable=False),
    sa.Column('w', sa.Integer(), nullable=False),
    sa.Column('h', sa.Integer(), nullable=False),
    sa.Column('ground', sa.String(length=16), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by', sa.String(length=64), nullable=False),
    sa.Column('added_name', sa.String(length=200), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by', sa.String(length=64), nullable=True),
    sa.Column('removed_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint('page > 0 AND x >= 0 AND y >= 0 AND w > 0 AND h > 0 AND x + w <= 10000 AND y + h <= 10000', name=op.f('ck_disclosure_redaction_box_lies_on_its_page')),
    sa.CheckConstraint('(removed_at IS NULL) = (removed_by IS NULL)', name=op.f('ck_disclosure_redaction_box_removal_is_whole')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_redaction_box_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['file_id'], ['disclosure_case_file.id'], name=op.f('fk_disclosure_redaction_box_file_id_disclosure_case_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_redaction_box'))
    )
    op.create_index(op.f('ix_disclosure_redaction_box_case_id'), 'disclosure_redaction_box', ['case_id'], unique=False)
    op.create_index('ix_disclosure_redaction_box_file', 'disclosure_redaction_box', ['file_id', 'page'], unique=False)
    op.create_table('disclosure_redacted_copy',
    sa.Column('file_id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('media_type', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('original_sha256', sa.String(length=64), nullable=False),
    sa.Column('boxes_sha256', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.String(length=64), nullable=False),
    sa.Column('made_name', sa.String(length=200), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('size > 0 AND pages > 0', name=op.f('ck_disclosure_redacted_copy_counts_are_positive')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_redacted_copy_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['file_id'], ['disclosure_case_file.id'], name=op.f('fk_disclosure_redacted_copy_file_id_disclosure_case_file')),
    sa.PrimaryKeyConstraint('file_id', name=op.f('pk_disclosure_redacted_copy'))
    )
    op.create_index(op.f('ix_disclosure_redacted_copy_case_id'), 'disclosure_redacted_copy', ['case_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_disclosure_redacted_copy_case_id'), table_name='disclosure_redacted_copy')
    op.drop_table('disclosure_redacted_copy')
    op.drop_index('ix_disclosure_redaction_box_file', table_name='disclosure_redaction_box')
    op.drop_index(op.f('ix_disclosure_redaction_box_case_id'), table_name='disclosure_redaction_box')
    op.drop_table('disclosure_redaction_box')
    op.drop_column('disclosure_decision', 'fingerprint')
