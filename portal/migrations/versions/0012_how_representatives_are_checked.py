"""The capacity of a representative, and what shows it"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.in_place import change_checks

revision = '0012'
down_revision = '0011'

FIELD, CHECK = 'disclosure_case_field', 'disclosure_identity_check'
NAMES, SHOWS = f'ck_{FIELD}_name_is_known', f'ck_{CHECK}_shows_is_known'
BEFORE = "name IN ('address', 'address-then', 'agent-address', 'agent-kana', 'agent-name', 'agent-postal-code', 'agent-telephone', 'birth-date', 'claim', 'claim-reason', 'details', 'disclosed', 'email', 'kana', 'name', 'postal-code', 'telephone')"
AFTER = "name IN ('address', 'address-then', 'agent-address', 'agent-capacity', 'agent-kana', 'agent-name', 'agent-postal-code', 'agent-telephone', 'birth-date', 'claim', 'claim-reason', 'details', 'disclosed', 'email', 'kana', 'name', 'postal-code', 'telephone')"
# What the older tables cannot keep.
NEW = (
    f"SELECT 1 FROM {FIELD} WHERE name = 'agent-capacity' LIMIT 1",
    f"SELECT 1 FROM {CHECK} WHERE shows <> 'requester' OR issued_on IS NOT NULL LIMIT 1",
)


def upgrade() -> None:
    change_checks(FIELD, {NAMES: AFTER})
    op.add_column(CHECK, sa.Column('shows', sa.String(length=32), server_default='requester', nullable=False))
    op.add_column(CHECK, sa.Column('issued_on', sa.Date(), nullable=True))
    op.add_column(CHECK, sa.Column('original', sa.Boolean(), server_default=sa.false(), nullable=False))
    change_checks(CHECK, {SHOWS: "shows IN ('agency', 'requester')"})


def downgrade() -> None:
    for question in NEW:
        if op.get_bind().execute(sa.text(question)).first():
            raise RuntimeError('There are representatives or proofs that the older tables cannot keep.')
    change_checks(CHECK, {SHOWS: None})
    for column in ('original', 'issued_on', 'shows'):
        op.drop_column(CHECK, column)
    change_checks(FIELD, {NAMES: BEFORE})
