"""The rest of a request under the special period is a case of its own"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'

REST = sa.text('part_of_id IS NOT NULL')


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('ALTER TABLE disclosure_case ADD COLUMN part_of_id VARCHAR(36) CONSTRAINT fk_disclosure_case_part_of_id_disclosure_case REFERENCES disclosure_case (id)')
    else:
        op.add_column('disclosure_case', sa.Column('part_of_id', sa.String(length=36), nullable=True))
        op.create_foreign_key(op.f('fk_disclosure_case_part_of_id_disclosure_case'), 'disclosure_case', 'disclosure_case', ['part_of_id'], ['id'])
    op.create_index('ix_disclosure_case_part_of_id', 'disclosure_case', ['part_of_id'], unique=True, sqlite_where=REST, postgresql_where=REST)
    op.create_table('disclosure_case_split',
    sa.Column('origin_id', sa.String(length=36), nullable=False),
    sa.Column('rest_id', sa.String(length=36), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('split_by', sa.String(length=64), nullable=False),
    sa.Column('split_name', sa.String(length=200), nullable=False),
    sa.Column('split_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('rest_id <> origin_id', name=op.f('ck_disclosure_case_split_rest_is_another')),
    sa.ForeignKeyConstraint(['origin_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_case_split_origin_id_disclosure_case')),
    sa.ForeignKeyConstraint(['rest_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_case_split_rest_id_disclosure_case')),
    sa.PrimaryKeyConstraint('origin_id', name=op.f('pk_disclosure_case_split')),
    sa.UniqueConstraint('rest_id', name=op.f('uq_disclosure_case_split_rest_id'))
    )


def downgrade() -> None:
    if op.get_bind().execute(sa.text('SELECT 1 FROM disclosure_case_split LIMIT 1')).first():
        raise RuntimeError('There are requests decided in parts that the older tables cannot keep.')
    op.drop_table('disclosure_case_split')
    op.drop_index('ix_disclosure_case_part_of_id', table_name='disclosure_case')
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('fk_disclosure_case_part_of_id_disclosure_case'), 'disclosure_case', type_='foreignkey')
    op.drop_column('disclosure_case', 'part_of_id')
