"""Archives of others are taken in by two people: they wait as drafts"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.in_place import change_checks

revision = "0026"
down_revision = "0025"

NAME = "ck_content_draft_kind_is_known"
BEFORE = "kind IN ('bulletin', 'withdrawal', 'report')"
AFTER = "kind IN ('bulletin', 'withdrawal', 'report', 'import')"


def upgrade() -> None:
    change_checks("content_draft", {NAME: AFTER})


def downgrade() -> None:
    if op.get_bind().execute(sa.text("SELECT 1 FROM content_draft WHERE kind = 'import' LIMIT 1")).first():
        raise RuntimeError("There are drafts of archives to be taken in.")
    change_checks("content_draft", {NAME: BEFORE})
