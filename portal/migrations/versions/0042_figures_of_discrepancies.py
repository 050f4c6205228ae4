"""An index from which the figures over reports are read alone"""

from alembic import op

revision = '0042'
down_revision = '0041'

TABLE, BEFORE, AFTER = 'discrepancy_report', 'ix_discrepancy_report_counted', 'ix_discrepancy_report_figures'
COLUMNS = ['filed_on', 'cause_table', 'cause', 'information', 'body_code', 'affair', 'state']


def upgrade() -> None:
    op.drop_index(BEFORE, table_name=TABLE)
    op.create_index(AFTER, TABLE, COLUMNS, unique=False)


def downgrade() -> None:
    op.drop_index(AFTER, table_name=TABLE)
    op.create_index(BEFORE, TABLE, ['filed_on', 'cause_table', 'cause'], unique=False)
