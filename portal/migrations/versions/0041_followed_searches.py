"""Followers are told of what a search finds"""

import sqlalchemy as sa
from alembic import op

from portal.migrations.in_place import change_checks

revision = "0041"
down_revision = "0040"

FOLLOWING = ("content_mail_follower", "content_webhook")


def _topics(table: str, *more: str) -> dict[str, str | None]:
    known = ", ".join(repr(one) for one in sorted(("incidents", "letters", *more)))
    return {f"ck_{table}_topic_is_known": f"topic IN ({known})"}


def upgrade() -> None:
    for table in FOLLOWING:
        op.add_column(table, sa.Column("search", sa.Text(), nullable=True))
        change_checks(table, _topics(table, "search"))


def downgrade() -> None:
    told = "SELECT id FROM content_webhook_delivery WHERE webhook_id IN (SELECT id FROM content_webhook WHERE topic = 'search')"
    op.execute(f"DELETE FROM content_webhook_attempt WHERE delivery_id IN ({told})")
    for table, column, deliveries in zip(
        FOLLOWING, ("follower_id", "webhook_id"), ("content_mail_delivery", "content_webhook_delivery"), strict=True
    ):
        op.execute(f"DELETE FROM {deliveries} WHERE {column} IN (SELECT id FROM {table} WHERE topic = 'search')")
        op.execute(f"DELETE FROM {table} WHERE topic = 'search'")
        change_checks(table, _topics(table))
        op.drop_column(table, "search")
