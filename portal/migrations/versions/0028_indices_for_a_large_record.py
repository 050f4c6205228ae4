"""Indices for a large record: what lasted until when, what changed lately, an incident's bulletins in order"""

from alembic import op

revision = '0028'
down_revision = '0027'

SINGLE = (('content_incident', 'changed_at'), ('content_incident', 'planned_until'))
OLD, NEW = 'ix_content_bulletin_incident_key', 'ix_content_bulletin_incident_key_published_at_id'


def upgrade() -> None:
    for table, column in SINGLE:
        op.create_index(f'ix_{table}_{column}', table, [column], unique=False)
    op.create_index(NEW, 'content_bulletin', ['incident_key', 'published_at', 'id'], unique=False)
    op.drop_index(OLD, table_name='content_bulletin')


def downgrade() -> None:
    op.create_index(OLD, 'content_bulletin', ['incident_key'], unique=False)
    op.drop_index(NEW, table_name='content_bulletin')
    for table, column in reversed(SINGLE):
        op.drop_index(f'ix_{table}_{column}', table_name=table)
