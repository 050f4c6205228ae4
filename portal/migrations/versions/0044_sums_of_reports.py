"""Kept sums of reports by month, and indexes from which long lists of cases and reports are read alone"""

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'

CASE, REPORT, SUMS = 'discrepancy_case', 'discrepancy_report', 'discrepancy_month_sum'
BEFORE = {
    'ix_discrepancy_case_state_due': (CASE, ['state', 'report_due_on']),
    'ix_discrepancy_case_opened': (CASE, ['opened_at', 'number']),
    'ix_discrepancy_case_due': (CASE, ['due_on', 'number']),
}
AFTER = {
    'ix_discrepancy_case_counted': (CASE, ['state', 'kind', 'due_on']),
    'ix_discrepancy_case_latest': (CASE, ['opened_at', 'number', 'state', 'kind', 'inquirer_code', 'provider_code']),
    'ix_discrepancy_case_waiting': (CASE, ['due_on', 'number', 'state', 'kind']),
    'ix_discrepancy_report_cluster': (
        REPORT, ['cause_table', 'cause', 'information', 'filed_on', 'body_code', 'state']
    ),
    'ix_discrepancy_report_listed': (
        REPORT, ['filed_on', 'id', 'state', 'cause_table', 'cause', 'affair', 'body_code']
    ),
}
STATE = 'ix_discrepancy_report_state'
KEYS = {
    'cause': "cause_table || '/' || cause",
    'body': 'body_code',
    'affair': 'affair',
    'cluster': "cause_table || '/' || cause || '/' || information",
}


def upgrade() -> None:
    _replace(BEFORE, AFTER)
    op.drop_index(STATE, table_name=REPORT)
    op.create_index(STATE, REPORT, ['state', 'filed_on', 'id'], unique=False)
    op.create_table(SUMS,
    sa.Column('by', sa.String(length=8), nullable=False),
    sa.Column('key', sa.String(length=140), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('reports', sa.Integer(), nullable=False),
    sa.CheckConstraint("by IN ('cause', 'body', 'affair', 'cluster')", name=op.f('ck_discrepancy_month_sum_by_is_known')),
    sa.CheckConstraint('reports >= 0', name=op.f('ck_discrepancy_month_sum_counts_reports')),
    sa.PrimaryKeyConstraint('by', 'key', 'month', name=op.f('pk_discrepancy_month_sum')),
    sqlite_with_rowid=False
    )
    month = 'substr(CAST(filed_on AS VARCHAR), 1, 7)'
    for by, key in KEYS.items():
        op.execute(
            f"INSERT INTO {SUMS} (by, key, month, reports) SELECT '{by}', {key}, {month}, count(*) FROM {REPORT} "
            f"WHERE state IN ('filed', 'returned', 'accepted') AND filed_on IS NOT NULL AND ('{by}' <> 'cluster' OR cause <> '') "
            f"GROUP BY {key}, {month}"
        )


def downgrade() -> None:
    op.drop_table(SUMS)
    op.drop_index(STATE, table_name=REPORT)
    op.create_index(STATE, REPORT, ['state', 'filed_on'], unique=False)
    _replace(AFTER, BEFORE)


def _replace(old: dict[str, tuple[str, list[str]]], new: dict[str, tuple[str, list[str]]]) -> None:
    for name, (table, _columns) in old.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns) in new.items():
        op.create_index(name, table, columns, unique=False)
