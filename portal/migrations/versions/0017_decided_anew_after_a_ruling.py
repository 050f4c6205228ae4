"""What is decided anew after a ruling is a case of its own"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'

ANEW = sa.text('anew_of_id IS NOT NULL')


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('ALTER TABLE disclosure_case ADD COLUMN anew_of_id VARCHAR(36) CONSTRAINT fk_disclosure_case_anew_of_id_disclosure_case REFERENCES disclosure_case (id)')
    else:
        op.add_column('disclosure_case', sa.Column('anew_of_id', sa.String(length=36), nullable=True))
        op.create_foreign_key(op.f('fk_disclosure_case_anew_of_id_disclosure_case'), 'disclosure_case', 'disclosure_case', ['anew_of_id'], ['id'])
    op.create_index('ix_disclosure_case_anew_of_id', 'disclosure_case', ['anew_of_id'], unique=False, sqlite_where=ANEW, postgresql_where=ANEW)
    op.create_table('disclosure_case_anew',
    sa.Column('appeal_id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('begun_by', sa.String(length=64), nullable=False),
    sa.Column('begun_name', sa.String(length=200), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['appeal_id'], ['disclosure_appeal.id'], name=op.f('fk_disclosure_case_anew_appeal_id_disclosure_appeal')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_case_anew_case_id_disclosure_case')),
    sa.PrimaryKeyConstraint('appeal_id', name=op.f('pk_disclosure_case_anew')),
    sa.UniqueConstraint('case_id', name=op.f('uq_disclosure_case_anew_case_id'))
    )


def downgrade() -> None:
    if op.get_bind().execute(sa.text('SELECT 1 FROM disclosure_case_anew LIMIT 1')).first():
        raise RuntimeError('There are decisions made anew that the older tables cannot keep.')
    op.drop_table('disclosure_case_anew')
    op.drop_index('ix_disclosure_case_anew_of_id', table_name='disclosure_case')
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('fk_disclosure_case_anew_of_id_disclosure_case'), 'disclosure_case', type_='foreignkey')
    op.drop_column('disclosure_case', 'anew_of_id')
