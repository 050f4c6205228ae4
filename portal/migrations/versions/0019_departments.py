"""Departments of staff"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    op.create_table('staff_department',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name_ja', sa.String(length=200), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('length(name_en) > 0', name=op.f('ck_staff_department_english_name_is_given')),
    sa.CheckConstraint('length(name_ja) > 0', name=op.f('ck_staff_department_japanese_name_is_given')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_department')),
    sa.UniqueConstraint('name_en', name=op.f('uq_staff_department_name_en')),
    sa.UniqueConstraint('name_ja', name=op.f('uq_staff_department_name_ja'))
    )
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('ALTER TABLE staff_account ADD COLUMN department_id VARCHAR(36) CONSTRAINT fk_staff_account_department_id_staff_department REFERENCES staff_department (id)')
    else:
        op.add_column('staff_account', sa.Column('department_id', sa.String(length=36), nullable=True))
        op.create_foreign_key(op.f('fk_staff_account_department_id_staff_department'), 'staff_account', 'staff_department', ['department_id'], ['id'])
    op.create_index('ix_staff_account_department_id', 'staff_account', ['department_id'], unique=False)


def downgrade() -> None:
    if op.get_bind().execute(sa.text('SELECT 1 FROM staff_department LIMIT 1')).first():
        raise RuntimeError('There are departments that the older tables cannot keep.')
    op.drop_index('ix_staff_account_department_id', table_name='staff_account')
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('fk_staff_account_department_id_staff_department'), 'staff_account', type_='foreignkey')
    op.drop_column('staff_account', 'department_id')
    op.drop_table('staff_department')
