"""press reports are a kind of source"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.in_place import change_checks

revision = "0022"
down_revision = "0021"

BEFORE = "kind IN ('letter', 'answer', 'report', 'notice', 'slides', 'city-report')"
AFTER = "kind IN ('letter', 'answer', 'report', 'notice', 'slides', 'city-report', 'press')"
NAME = "ck_content_source_kind_is_known"


def upgrade() -> None:
    change_checks("content_source", {NAME: AFTER})


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT 1 FROM content_source WHERE kind = 'press' LIMIT 1")).first():
        raise RuntimeError("There are press reports among the sources.")
    change_checks("content_source", {NAME: BEFORE})
