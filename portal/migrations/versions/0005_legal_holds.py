"""Legal holds: what must be kept although its time is over"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    op.create_table('disclosure_legal_hold',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('ground', sa.String(length=32), nullable=False),
    sa.Column('note_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('placed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('placed_by', sa.String(length=64), nullable=False),
    sa.Column('placed_name', sa.String(length=200), nullable=False),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by', sa.String(length=64), nullable=True),
    sa.Column('lifted_name', sa.String(length=200), nullable=False),
    sa.CheckConstraint('(lifted_at IS NULL) = (lifted_by IS NULL)', name=op.f('ck_disclosure_legal_hold_lifted_is_whole')),
    sa.CheckConstraint("ground IN ('appeal', 'suit', 'inquiry', 'leak', 'other')", name=op.f('ck_disclosure_legal_hold_ground_is_known')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_legal_hold_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_legal_hold'))
    )
    stands = sa.text('lifted_at IS NULL')
    op.create_index('ix_disclosure_legal_hold_case', 'disclosure_legal_hold', ['case_id'], unique=False, sqlite_where=stands, postgresql_where=stands)


def downgrade() -> None:
    if op.get_bind().execute(sa.text('SELECT 1 FROM disclosure_legal_hold LIMIT 1')).first():
        raise RuntimeError('There are legal holds; without their table what they keep could be destroyed.')
    op.drop_index('ix_disclosure_legal_hold_case', table_name='disclosure_legal_hold')
    op.drop_table('disclosure_legal_hold')
