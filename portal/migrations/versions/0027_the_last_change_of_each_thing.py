"""Which revision last changed each thing, instead of what each of the last revisions changed"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'

# What was changed before, by whatever revision: everything counts as changed now.
ANYTHING = "INSERT INTO content_public_change (key, number) SELECT '*', number FROM content_revision"


def upgrade() -> None:
    op.drop_table('content_public_change')
    op.create_table('content_public_change',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_content_public_change'))
    )
    op.create_index(op.f('ix_content_public_change_number'), 'content_public_change', ['number'], unique=False)
    op.execute(ANYTHING)


def downgrade() -> None:
    op.drop_index(op.f('ix_content_public_change_number'), table_name='content_public_change')
    op.drop_table('content_public_change')
    op.create_table('content_public_change',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('number', 'key', name=op.f('pk_content_public_change'))
    )
    op.execute(ANYTHING)
