"""Forms of the publishing desk as they are typed, and who changed a draft"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'


def upgrade() -> None:
    op.add_column('content_draft', sa.Column('editors', sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
    op.create_table('content_typing',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('draft_id', sa.String(length=36), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('written_by', sa.String(length=64), nullable=False),
    sa.Column('written_by_name', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['content_draft.id'], name=op.f('fk_content_typing_draft_id_content_draft')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_typing'))
    )
    for column in ('draft_id', 'place', 'written_by'):
        op.create_index(f'ix_content_typing_{column}', 'content_typing', [column], unique=False)


def downgrade() -> None:
    op.drop_table('content_typing')
    op.drop_column('content_draft', 'editors')
