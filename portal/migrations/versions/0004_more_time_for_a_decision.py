"""More time for a decision: extensions and the special period, and letters that tell no decision"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'

CHECK = 'ck_disclosure_letter_decision_is_told'
TOLD = "kind NOT IN ('f4', 'f5') OR decision_id IS NOT NULL"
FIRM, FREE = 'decision_id VARCHAR(36) NOT NULL,', 'decision_id VARCHAR(36),'


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        _rewrite(op.get_bind(), free=True)
    else:
        op.alter_column('disclosure_letter', 'decision_id', existing_type=sa.String(length=36), nullable=True)
        op.create_check_constraint(op.f(CHECK), 'disclosure_letter', TOLD)
    op.create_table('disclosure_extension',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('case_id', sa.String(length=36), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('days', sa.Integer(), nullable=True),
    sa.Column('ground', sa.String(length=32), nullable=True),
    sa.Column('rest_on', sa.Date(), nullable=True),
    sa.Column('facts_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=True),
    sa.Column('drafted_by', sa.String(length=64), nullable=False),
    sa.Column('drafted_name', sa.String(length=200), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.String(length=64), nullable=True),
    sa.Column('issued_name', sa.String(length=200), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.CheckConstraint("(kind = 'extension') = (days IS NOT NULL) AND (kind = 'extension') = (ground IS NOT NULL) AND (kind = 'special') = (rest_on IS NOT NULL)", name=op.f('ck_disclosure_extension_kind_has_its_values')),
    sa.CheckConstraint("(state = 'issued') = (letter_id IS NOT NULL) AND (state = 'issued') = (issued_by IS NOT NULL) AND (issued_by IS NULL) = (issued_at IS NULL) AND (issued_by IS NULL) = (issued_on IS NULL)", name=op.f('ck_disclosure_extension_issued_is_whole')),
    sa.CheckConstraint("ground IS NULL OR ground IN ('burden', 'other')", name=op.f('ck_disclosure_extension_ground_is_known')),
    sa.CheckConstraint("kind IN ('extension', 'special')", name=op.f('ck_disclosure_extension_kind_is_known')),
    sa.CheckConstraint("state IN ('drafted', 'dropped', 'issued')", name=op.f('ck_disclosure_extension_state_is_known')),
    sa.CheckConstraint('days IS NULL OR days >= 1', name=op.f('ck_disclosure_extension_extends_by_days')),
    sa.CheckConstraint('issued_by IS NULL OR issued_by <> drafted_by', name=op.f('ck_disclosure_extension_four_eyes')),
    sa.ForeignKeyConstraint(['case_id'], ['disclosure_case.id'], name=op.f('fk_disclosure_extension_case_id_disclosure_case')),
    sa.ForeignKeyConstraint(['letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_extension_letter_id_disclosure_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure_extension')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_disclosure_extension_letter_id'))
    )
    op.create_index('ix_disclosure_extension_case', 'disclosure_extension', ['case_id', 'drafted_at'], unique=False)
    op.create_index('uq_disclosure_extension_in_work', 'disclosure_extension', ['case_id'], unique=True, sqlite_where=sa.text("state = 'drafted'"), postgresql_where=sa.text("state = 'drafted'"))
    op.create_index('uq_disclosure_extension_issued', 'disclosure_extension', ['case_id', 'kind'], unique=True, sqlite_where=sa.text("state = 'issued'"), postgresql_where=sa.text("state = 'issued'"))


def downgrade() -> None:
    # Fails, and so changes nothing, while there is a letter without a decision: an issued letter is not thrown away.
    bind = op.get_bind()
    if bind.execute(sa.text('SELECT 1 FROM disclosure_letter WHERE decision_id IS NULL LIMIT 1')).first():
        raise RuntimeError('There are letters that tell no decision; the older tables cannot keep them.')
    op.drop_index('uq_disclosure_extension_issued', table_name='disclosure_extension', sqlite_where=sa.text("state = 'issued'"), postgresql_where=sa.text("state = 'issued'"))
    op.drop_index('uq_disclosure_extension_in_work', table_name='disclosure_extension', sqlite_where=sa.text("state = 'drafted'"), postgresql_where=sa.text("state = 'drafted'"))
    op.drop_index('ix_disclosure_extension_case', table_name='disclosure_extension')
    op.drop_table('disclosure_extension')
    if bind.dialect.name == 'sqlite':
        _rewrite(bind, free=False)
    else:
        op.drop_constraint(op.f(CHECK), 'disclosure_letter', type_='check')
        op.alter_column('disclosure_letter', 'decision_id', existing_type=sa.String(length=36), nullable=False)


def _rewrite(bind: sa.Connection, *, free: bool) -> None:
    """Change the table's constraints in place, as SQLite's manual has it for those that touch no stored row.

    Making the table anew would take away what the ledger of deliveries, which only grows, refers to.
    """
    where = "type = 'table' AND name = 'disclosure_letter'"
    old = bind.execute(sa.text(f'SELECT sql FROM sqlite_master WHERE {where}')).scalar_one()
    check = f', \n\tCONSTRAINT {CHECK} CHECK ({TOLD})'
    if free:
        body, _, end = old.replace(FIRM, FREE).rpartition('\n)')
        new = f'{body}{check}\n){end}'
    else:
        new = old.replace(check, '').replace(FREE, FIRM)
    if (FREE in new) is not free or (check in new) is not free:
        raise RuntimeError('The table of letters does not look as the revisions made it.')
    version = bind.exec_driver_sql('PRAGMA schema_version').scalar_one()
    bind.exec_driver_sql('PRAGMA writable_schema = ON')
    bind.execute(sa.text(f'UPDATE sqlite_master SET sql = :sql WHERE {where}'), {'sql': new})
    bind.exec_driver_sql(f'PRAGMA schema_version = {version + 1}')
    bind.exec_driver_sql('PRAGMA writable_schema = RESET')
    if (said := bind.exec_driver_sql("PRAGMA quick_check('disclosure_letter')").scalar_one()) != 'ok':
        raise RuntimeError(said)
