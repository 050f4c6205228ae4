"""Followers by mail and webhook, and what was delivered to them"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'


def upgrade() -> None:
    op.create_table('content_mail_follower',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('address_blind', sa.String(length=32), nullable=False),
    sa.Column('key_wrap', sa.LargeBinary(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('pace', sa.String(length=8), nullable=False),
    sa.Column('refusals', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('system_key', sa.String(length=80), nullable=True),
    sa.Column('cause_key', sa.String(length=40), nullable=True),
    sa.Column('area', sa.String(length=6), nullable=True),
    sa.Column('severity', sa.Integer(), nullable=True),
    sa.Column('incident_key', sa.String(length=80), nullable=True),
    sa.CheckConstraint("pace IN ('at-once', 'daily')", name=op.f('ck_content_mail_follower_pace_is_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_mail_follower')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_content_mail_follower_token_hash'))
    )
    op.create_index(op.f('ix_content_mail_follower_address_blind'), 'content_mail_follower', ['address_blind'], unique=False)
    op.create_index(op.f('ix_content_mail_follower_confirmed_at'), 'content_mail_follower', ['confirmed_at'], unique=False)
    op.create_table('content_webhook',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('key_wrap', sa.LargeBinary(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('owner_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('system_key', sa.String(length=80), nullable=True),
    sa.Column('cause_key', sa.String(length=40), nullable=True),
    sa.Column('area', sa.String(length=6), nullable=True),
    sa.Column('severity', sa.Integer(), nullable=True),
    sa.Column('incident_key', sa.String(length=80), nullable=True),
    sa.CheckConstraint("(state = 'stopped') = (stopped_at IS NOT NULL)", name=op.f('ck_content_webhook_stopped_has_day')),
    sa.CheckConstraint("state IN ('waiting', 'active', 'stopped')", name=op.f('ck_content_webhook_state_is_known')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_webhook')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_content_webhook_token_hash'))
    )
    op.create_index(op.f('ix_content_webhook_state'), 'content_webhook', ['state'], unique=False)
    op.create_table('content_mail_delivery',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('follower_id', sa.String(length=36), nullable=False),
    sa.Column('bulletin_id', sa.String(length=100), nullable=False),
    sa.Column('event', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("event IN ('published', 'withdrawn')", name=op.f('ck_content_mail_delivery_event_is_known')),
    sa.CheckConstraint("state IN ('due', 'done', 'failed')", name=op.f('ck_content_mail_delivery_state_is_known')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['content_bulletin.id'], name=op.f('fk_content_mail_delivery_bulletin_id_content_bulletin')),
    sa.ForeignKeyConstraint(['follower_id'], ['content_mail_follower.id'], name=op.f('fk_content_mail_delivery_follower_id_content_mail_follower')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_mail_delivery')),
    sa.UniqueConstraint('follower_id', 'bulletin_id', 'event', name=op.f('uq_content_mail_delivery_follower_id_bulletin_id_event'))
    )
    op.create_index('ix_content_mail_delivery_created_at', 'content_mail_delivery', ['created_at'], unique=False)
    op.create_table('content_webhook_delivery',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('webhook_id', sa.String(length=36), nullable=False),
    sa.Column('bulletin_id', sa.String(length=100), nullable=True),
    sa.Column('event', sa.String(length=12), nullable=True),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("event IN ('published', 'withdrawn')", name=op.f('ck_content_webhook_delivery_event_is_known')),
    sa.CheckConstraint("state IN ('due', 'done', 'failed')", name=op.f('ck_content_webhook_delivery_state_is_known')),
    sa.CheckConstraint('(bulletin_id IS NULL) = (event IS NULL)', name=op.f('ck_content_webhook_delivery_bulletin_has_event')),
    sa.ForeignKeyConstraint(['bulletin_id'], ['content_bulletin.id'], name=op.f('fk_content_webhook_delivery_bulletin_id_content_bulletin')),
    sa.ForeignKeyConstraint(['webhook_id'], ['content_webhook.id'], name=op.f('fk_content_webhook_delivery_webhook_id_content_webhook')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_webhook_delivery')),
    sa.UniqueConstraint('webhook_id', 'bulletin_id', 'event', name=op.f('uq_content_webhook_delivery_webhook_id_bulletin_id_event'))
    )
    op.create_index('ix_content_webhook_delivery_webhook_id_created_at', 'content_webhook_delivery', ['webhook_id', 'created_at'], unique=False)
    op.create_table('content_webhook_attempt',
    sa.Column('id', sa.String(length=36), nullable=False),
    sa.Column('delivery_id', sa.String(length=36), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('milliseconds', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['delivery_id'], ['content_webhook_delivery.id'], name=op.f('fk_content_webhook_attempt_delivery_id_content_webhook_delivery')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_content_webhook_attempt'))
    )
    op.create_index(op.f('ix_content_webhook_attempt_delivery_id'), 'content_webhook_attempt', ['delivery_id'], unique=False)

def downgrade() -> None:
    op.drop_table('content_webhook_attempt')
    op.drop_table('content_webhook_delivery')
    op.drop_table('content_webhook')
    op.drop_table('content_mail_delivery')
    op.drop_table('content_mail_follower')
