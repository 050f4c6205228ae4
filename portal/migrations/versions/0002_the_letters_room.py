"""The letters' room: numbers move here, with the register of issued letters and the public tree"""

import base64
import secrets
from datetime import UTC

import sqlalchemy as sa
from alembic import op

from portal.core.clock import day_in_japan
from portal.core.triggers import AppendOnly, removals, statements
from portal.letters import leaves, tree

revision = '0002'
down_revision = '0001'

# Tables whose rows stay as written, with their unique columns.
APPEND_ONLY = (
    ('letters_head', ('size',)),
    ('letters_leaf', ('position',)),
    ('letters_node', (('level', 'position'),)),
    ('letters_number', (('series', 'fiscal_year', 'sequence'), 'letter_id')),
    ('letters_register', ('id', 'token', 'sha256', 'tree_index', ('series', 'fiscal_year', 'sequence'))),
    ('letters_standing', ('letter_id', 'tree_index')),
)
SEALING = 1 + 12 + 16  # a sealed value is longer than what it holds by version, nonce and tag
BEFORE = 'before the register'
MOVED = 'This number belongs to a letter that this version of the program does not know.'


def upgrade() -> None:
    _create()
    bind = op.get_bind()
    op.execute('INSERT INTO letters_series (series, fiscal_year, last) SELECT series, fiscal_year, last FROM disclosure_series')
    _register(bind)
    op.execute(
        'INSERT INTO letters_number (series, fiscal_year, sequence, letter_id, void_reason, at)'
        ' SELECT series, fiscal_year, sequence, letter_id, void_reason, at FROM disclosure_letter_number'
    )
    op.drop_table('disclosure_letter_number')
    op.drop_table('disclosure_series')
    for table, keys in APPEND_ONLY:
        for statement in statements(bind.dialect.name, AppendOnly(table, keys)):
            op.execute(statement)


def downgrade() -> None:
    bind = op.get_bind()
    for table, keys in APPEND_ONLY:
        for statement in removals(bind.dialect.name, AppendOnly(table, keys)):
            op.execute(statement)
    op.create_table('disclosure_series',
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('series', 'fiscal_year', name=op.f('pk_disclosure_series'))
    )
    op.create_table('disclosure_letter_number',
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=True),
    sa.Column('void_reason', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(letter_id IS NOT NULL) <> (void_reason IS NOT NULL)', name=op.f('ck_disclosure_letter_number_used_or_void')),
    sa.CheckConstraint('sequence > 0', name=op.f('ck_disclosure_letter_number_starts_at_one')),
    sa.ForeignKeyConstraint(['letter_id'], ['disclosure_letter.id'], name=op.f('fk_disclosure_letter_number_letter_id_disclosure_letter')),
    sa.PrimaryKeyConstraint('series', 'fiscal_year', 'sequence', name=op.f('pk_disclosure_letter_number')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_disclosure_letter_number_letter_id'))
    )
    op.execute('INSERT INTO disclosure_series (series, fiscal_year, last) SELECT series, fiscal_year, last FROM letters_series')
    known = 'letter_id IN (SELECT id FROM disclosure_letter)'
    op.execute(
        'INSERT INTO disclosure_letter_number (series, fiscal_year, sequence, letter_id, void_reason, at)'
        f' SELECT series, fiscal_year, sequence, CASE WHEN {known} THEN letter_id END,'
        f" CASE WHEN letter_id IS NULL THEN void_reason WHEN {known} THEN NULL ELSE '{MOVED}' END, at FROM letters_number"
    )
    op.drop_index('ix_letters_head_day', table_name='letters_head')
    op.drop_index('ix_letters_standing_replaced_by', table_name='letters_standing')
    op.drop_index('ix_letters_register_base', table_name='letters_register')
    op.drop_index('ix_letters_register_number', table_name='letters_register')
    for table in ('head', 'leaf', 'node', 'number', 'standing', 'register', 'series'):
        op.drop_table(f'letters_{table}')


def _create() -> None:
    op.create_table('letters_series',
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('series', 'fiscal_year', name=op.f('pk_letters_series'))
    )
    op.create_table('letters_register',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('token', sa.String(length=26), nullable=False),
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('base_sha256', sa.String(length=64), nullable=False),
    sa.Column('base_bytes', sa.Integer(), nullable=False),
    sa.Column('engine', sa.String(length=200), nullable=False),
    sa.Column('signed', sa.String(length=16), nullable=False),
    sa.Column('tree_index', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(token) = 26', name=op.f('ck_letters_register_token_is_whole')),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_letters_register_hash_is_sha256')),
    sa.CheckConstraint('length(base_sha256) = 64', name=op.f('ck_letters_register_base_hash_is_sha256')),
    sa.CheckConstraint("signed IN ('none', 'sample', 'organisation')", name=op.f('ck_letters_register_signed_is_known')),
    sa.CheckConstraint("(signed = 'none') = (sha256 = base_sha256)", name=op.f('ck_letters_register_unsigned_is_its_base')),
    sa.CheckConstraint('sequence > 0 AND base_bytes > 0 AND tree_index >= 0', name=op.f('ck_letters_register_counts_are_positive')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters_register')),
    sa.UniqueConstraint('series', 'fiscal_year', 'sequence', name=op.f('uq_letters_register_series_fiscal_year_sequence')),
    sa.UniqueConstraint('sha256', name=op.f('uq_letters_register_sha256')),
    sa.UniqueConstraint('token', name=op.f('uq_letters_register_token')),
    sa.UniqueConstraint('tree_index', name=op.f('uq_letters_register_tree_index'))
    )
    op.create_index('ix_letters_register_base', 'letters_register', ['base_sha256'], unique=False)
    op.create_index('ix_letters_register_number', 'letters_register', ['number'], unique=False)
    op.create_table('letters_number',
    sa.Column('series', sa.String(length=40), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('letter_id', sa.String(length=36), nullable=True),
    sa.Column('void_reason', sa.Text(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(letter_id IS NOT NULL) <> (void_reason IS NOT NULL)', name=op.f('ck_letters_number_used_or_void')),
    sa.CheckConstraint('sequence > 0', name=op.f('ck_letters_number_starts_at_one')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters_register.id'], name=op.f('fk_letters_number_letter_id_letters_register')),
    sa.PrimaryKeyConstraint('series', 'fiscal_year', 'sequence', name=op.f('pk_letters_number')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_letters_number_letter_id'))
    )
    op.create_table('letters_standing',
    sa.Column('letter_id', sa.String(length=36), nullable=False),
    sa.Column('change', sa.String(length=16), nullable=False),
    sa.Column('replaced_by', sa.String(length=36), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tree_index', sa.Integer(), nullable=False),
    sa.CheckConstraint("change IN ('replaced', 'withdrawn')", name=op.f('ck_letters_standing_change_is_known')),
    sa.CheckConstraint("(change = 'replaced') = (replaced_by IS NOT NULL)", name=op.f('ck_letters_standing_replaced_names_the_new')),
    sa.CheckConstraint('replaced_by <> letter_id', name=op.f('ck_letters_standing_not_by_itself')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters_register.id'], name=op.f('fk_letters_standing_letter_id_letters_register')),
    sa.ForeignKeyConstraint(['replaced_by'], ['letters_register.id'], name=op.f('fk_letters_standing_replaced_by_letters_register')),
    sa.PrimaryKeyConstraint('letter_id', name=op.f('pk_letters_standing')),
    sa.UniqueConstraint('tree_index', name=op.f('uq_letters_standing_tree_index'))
    )
    op.create_index('ix_letters_standing_replaced_by', 'letters_standing', ['replaced_by'], unique=False)
    op.create_table('letters_leaf',
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.CheckConstraint('position >= 0', name=op.f('ck_letters_leaf_counts_from_zero')),
    sa.PrimaryKeyConstraint('position', name=op.f('pk_letters_leaf'))
    )
    op.create_table('letters_node',
    sa.Column('level', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('level >= 0 AND position >= 0', name=op.f('ck_letters_node_counts_from_zero')),
    sa.CheckConstraint('length(hash) = 64', name=op.f('ck_letters_node_hash_is_sha256')),
    sa.PrimaryKeyConstraint('level', 'position', name=op.f('pk_letters_node'))
    )
    op.create_table('letters_head',
    sa.Column('size', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('root', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_letters_head_has_leaves')),
    sa.CheckConstraint('length(root) = 64', name=op.f('ck_letters_head_root_is_sha256')),
    sa.PrimaryKeyConstraint('size', name=op.f('pk_letters_head'))
    )
    op.create_index('ix_letters_head_day', 'letters_head', ['day'], unique=False)


def _register(bind: sa.Connection) -> None:
    """Enter the letters that were issued before there was a register, unsigned, in the order of their issue."""
    old = sa.text(
        'SELECT l.id, n.series, n.fiscal_year, n.sequence, l.number, l.kind, l.issued_on, l.issued_at, l.sha256,'
        ' length(l.pdf_sealed) AS sealed_bytes'
        ' FROM disclosure_letter l JOIN disclosure_letter_number n ON n.letter_id = l.id ORDER BY l.issued_at, l.id'
    ).columns(issued_on=sa.Date(), issued_at=sa.DateTime(timezone=True))
    known = {}
    tables = {table.name: table for table in _tables()}
    for index, row in enumerate(bind.execute(old).all()):
        # SQLite keeps times as UTC without saying so.
        at = row.issued_at if row.issued_at.tzinfo else row.issued_at.replace(tzinfo=UTC)
        stored = at if bind.dialect.name == 'postgresql' else at.replace(tzinfo=None)
        leaf = leaves.letter(kind=row.kind, number=row.number, issued_on=row.issued_on, sha256=row.sha256)
        made = tree.grow(index, tree.leaf_hash(leaf.encode('ascii')), known)
        known |= made
        bind.execute(tables['letters_leaf'].insert().values(position=index, data=leaf))
        for (level, position), value in made.items():
            bind.execute(tables['letters_node'].insert().values(level=level, position=position, hash=value.hex()))
        root = tree.root(index + 1, known).hex()
        bind.execute(tables['letters_head'].insert().values(size=index + 1, root=root, at=stored, day=day_in_japan(at)))
        bind.execute(tables['letters_register'].insert().values(
            id=row.id, token=base64.b32encode(secrets.token_bytes(17)).decode('ascii')[:26], series=row.series,
            fiscal_year=row.fiscal_year, sequence=row.sequence, number=row.number, kind=row.kind,
            issued_on=row.issued_on, issued_at=stored, sha256=row.sha256, base_sha256=row.sha256,
            base_bytes=row.sealed_bytes - SEALING, engine=BEFORE, signed='none', tree_index=index,
        ))


def _tables() -> list[sa.TableClause]:
    time, day = sa.DateTime(timezone=True), sa.Date()
    return [
        sa.table('letters_leaf', sa.column('position'), sa.column('data')),
        sa.table('letters_node', sa.column('level'), sa.column('position'), sa.column('hash')),
        sa.table('letters_head', sa.column('size'), sa.column('root'), sa.column('at', time), sa.column('day', day)),
        sa.table(
            'letters_register', *(sa.column(name) for name in (
                'id', 'token', 'series', 'fiscal_year', 'sequence', 'number', 'kind', 'sha256', 'base_sha256',
                'base_bytes', 'engine', 'signed', 'tree_index',
            )), sa.column('issued_on', day), sa.column('issued_at', time),
        ),
    ]
