"""Followers by mail of question letters"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.in_place import change_checks, change_null

revision = '0035'
down_revision = '0034'

TOPIC = "ck_content_mail_follower_topic_is_known"


def upgrade() -> None:
    op.add_column(
        'content_mail_follower',
        sa.Column('topic', sa.String(length=12), server_default=sa.text("'incidents'"), nullable=False),
    )
    op.add_column('content_mail_follower', sa.Column('letter_key', sa.String(length=80), nullable=True))
    op.add_column('content_mail_delivery', sa.Column('step_id', sa.String(length=36), nullable=True))
    change_null('content_mail_delivery', 'bulletin_id', allowed=True)
    change_checks('content_mail_follower', {TOPIC: "topic IN ('incidents', 'letters')"})
    change_checks(
        'content_mail_delivery', {'ck_content_mail_delivery_of_one_thing': '(bulletin_id IS NULL) <> (step_id IS NULL)'}
    )
    op.create_index(
        'ix_content_mail_delivery_follower_id_step_id', 'content_mail_delivery', ['follower_id', 'step_id'], unique=True
    )


def downgrade() -> None:
    op.execute(sa.text('DELETE FROM content_mail_delivery WHERE step_id IS NOT NULL'))
    op.execute(sa.text("DELETE FROM content_mail_follower WHERE topic = 'letters'"))
    op.drop_index('ix_content_mail_delivery_follower_id_step_id', table_name='content_mail_delivery')
    change_checks('content_mail_delivery', {'ck_content_mail_delivery_of_one_thing': None})
    change_checks('content_mail_follower', {TOPIC: None})
    change_null('content_mail_delivery', 'bulletin_id', allowed=False)
    op.drop_column('content_mail_delivery', 'step_id')
    op.drop_column('content_mail_follower', 'letter_key')
    op.drop_column('content_mail_follower', 'topic')
