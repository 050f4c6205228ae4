"""Programs are told of question letters, overdue days are told, and departments of what is given to them"""

import sqlalchemy as sa
from alembic import op

from portal.core.triggers import AppendOnly, removals, statements
from portal.migrations.in_place import change_checks

revision = '0038'
down_revision = '0037'

TOLD = 'content_webhook_delivery'
NEWS, ONE = f'ck_{TOLD}_news_has_event', f'ck_{TOLD}_of_one_thing'
BULLETIN, INDEX = f'ck_{TOLD}_bulletin_has_event', f'ix_{TOLD}_webhook_id_step_id'
KIND, TOPIC = 'ck_content_letter_step_kind_is_known', 'ck_content_webhook_topic_is_known'
STEPS = AppendOnly('content_letter_step', ('id', ('letter_key', 'position')))
KINDS = (
    'acknowledged', 'answered', 'answered-later', 'asked-back', 'assigned', 'filed', 'interim', 'not-answered',
    'registered', 'returned', 'withdrawn',
)  # fmt: skip


def _kinds(*more: str) -> dict[str, str | None]:
    return {KIND: f'kind IN ({", ".join(repr(one) for one in sorted((*KINDS, *more)))})'}


def upgrade() -> None:
    op.add_column('staff_department', sa.Column('email', sa.String(length=254), server_default='', nullable=False))
    op.add_column(
        'content_webhook',
        sa.Column('topic', sa.String(length=12), server_default=sa.text("'incidents'"), nullable=False),
    )
    op.add_column('content_webhook', sa.Column('letter_key', sa.String(length=80), nullable=True))
    op.add_column(TOLD, sa.Column('step_id', sa.String(length=36), nullable=True))
    change_checks('content_webhook', {TOPIC: "topic IN ('incidents', 'letters')"})
    checks = {
        BULLETIN: None,
        NEWS: '(bulletin_id IS NULL AND step_id IS NULL) = (event IS NULL)',
        ONE: 'bulletin_id IS NULL OR step_id IS NULL',
    }
    change_checks(TOLD, checks)
    op.create_index(INDEX, TOLD, ['webhook_id', 'step_id'], unique=True)
    change_checks('content_letter_step', _kinds('overdue'))


def downgrade() -> None:
    delivered = 'SELECT id FROM content_webhook_delivery WHERE step_id IS NOT NULL'
    op.execute(sa.text(f'DELETE FROM content_webhook_attempt WHERE delivery_id IN ({delivered})'))
    op.execute(sa.text('DELETE FROM content_webhook_delivery WHERE step_id IS NOT NULL'))
    op.execute(sa.text("UPDATE content_webhook SET topic = 'incidents', letter_key = NULL WHERE topic = 'letters'"))
    for statement in removals(op.get_bind().dialect.name, STEPS):
        op.execute(statement)
    op.execute(sa.text("DELETE FROM content_letter_step WHERE kind = 'overdue'"))
    for statement in statements(op.get_bind().dialect.name, STEPS):
        op.execute(statement)
    change_checks('content_letter_step', _kinds())
    op.drop_index(INDEX, table_name=TOLD)
    before = {NEWS: None, ONE: None, BULLETIN: '(bulletin_id IS NULL) = (event IS NULL)'}
    change_checks(TOLD, before)
    change_checks('content_webhook', {TOPIC: None})
    op.drop_column(TOLD, 'step_id')
    op.drop_column('content_webhook', 'letter_key')
    op.drop_column('content_webhook', 'topic')
    op.drop_column('staff_department', 'email')
