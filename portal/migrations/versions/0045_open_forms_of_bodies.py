"""Open forms of bodies, kept sealed from the first keystroke"""

import sqlalchemy as sa
from alembic import op

import portal.core.db

revision = '0045'
down_revision = '0044'

TABLE = 'discrepancy_typing'


def upgrade() -> None:
    op.create_table(TABLE,
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('office_wrap', sa.LargeBinary(), nullable=False),
    sa.Column('written_by', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', portal.core.db.UtcDateTime(), nullable=False),
    sa.Column('changed_at', portal.core.db.UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discrepancy_typing'))
    )
    op.create_index(op.f('ix_discrepancy_typing_place'), TABLE, ['place'], unique=False)
    op.create_index(op.f('ix_discrepancy_typing_written_by'), TABLE, ['written_by'], unique=False)


def downgrade() -> None:
    op.drop_table(TABLE)
