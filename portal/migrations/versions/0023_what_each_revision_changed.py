"""What each revision of the public record changed"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'


def upgrade() -> None:
    op.create_table('content_public_change',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.PrimaryKeyConstraint('number', 'key', name=op.f('pk_content_public_change'))
    )


def downgrade() -> None:
    op.drop_table('content_public_change')
