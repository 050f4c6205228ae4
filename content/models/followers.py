"""Who is told of new bulletins: followers by mail and webhooks, and what was delivered to them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from content.models.words import one_of
from content.rules.following import DeliveryState, Event, HookState, Interest, Pace, Topic
from portal.core.db import Base, UtcDateTime


class Interested:
    """What a follower asked to hear of: bulletins, steps of question letters, or what a search finds (``topic``).

    Empty: anything.
    """

    system_key: Mapped[str | None] = mapped_column(String(80))
    cause_key: Mapped[str | None] = mapped_column(String(40))
    area: Mapped[str | None] = mapped_column(String(6))
    severity: Mapped[int | None] = mapped_column(Integer)
    incident_key: Mapped[str | None] = mapped_column(String(80))
    topic: Mapped[str] = mapped_column(String(12), default=Topic.INCIDENTS, server_default=Topic.INCIDENTS)
    letter_key: Mapped[str | None] = mapped_column(String(80))
    search: Mapped[str | None] = mapped_column(Text)

    @property
    def interest(self) -> Interest:
        """The same, as the rules read it."""
        about = (self.system_key, self.cause_key, self.area, self.severity, self.incident_key)
        return Interest(*about, topic=Topic(self.topic), letter=self.letter_key, search=self.search)


class MailFollower(Interested, Base):
    """A mail address; it is told nothing before ``confirmed_at``.

    ``sealed`` holds the address and the token under a key of the row's own, which only the office opens
    (``key_wrap``); ``address_blind`` finds the rows of an address, ``token_hash`` the row of a link in a mail.
    ``refusals`` counts the deliveries in a row that the receiving server refused.
    """

    __tablename__ = "content_mail_follower"
    __table_args__ = (one_of("pace", Pace), one_of("topic", Topic))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    address_blind: Mapped[str] = mapped_column(String(32), index=True)
    key_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(2))
    pace: Mapped[str] = mapped_column(String(8))
    refusals: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class MailDelivery(Base):
    """A follower is to be told of what happened to a bulletin or a question letter; once, however often the job runs.

    ``step_id`` is a letter's step; these are never taken away.
    """

    __tablename__ = "content_mail_delivery"
    __table_args__ = (
        UniqueConstraint("follower_id", "bulletin_id", "event"),
        one_of("event", Event),
        one_of("state", DeliveryState),
        CheckConstraint("(bulletin_id IS NULL) <> (step_id IS NULL)", name="of_one_thing"),
        Index("ix_content_mail_delivery_created_at", "created_at"),
        Index("ix_content_mail_delivery_follower_id_step_id", "follower_id", "step_id", unique=True),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    follower_id: Mapped[str] = mapped_column(ForeignKey("content_mail_follower.id"))
    bulletin_id: Mapped[str | None] = mapped_column(ForeignKey("content_bulletin.id"))
    step_id: Mapped[str | None] = mapped_column(String(36))
    event: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Webhook(Interested, Base):
    """An address of a program.

    ``sealed`` holds the address and the signing secret for the worker as a mail follower's; ``owner_sealed`` the
    address under the owner's token, of which only the hash is here. ``failures`` counts failed attempts in a row.
    """

    __tablename__ = "content_webhook"
    __table_args__ = (
        one_of("state", HookState),
        one_of("topic", Topic),
        CheckConstraint("(state = 'stopped') = (stopped_at IS NOT NULL)", name="stopped_has_day"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    key_wrap: Mapped[bytes] = mapped_column(LargeBinary)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    owner_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(8), index=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WebhookDelivery(Base):
    """A message to a webhook; its id is the message's. About no bulletin and no letter's step it is the challenge."""

    __tablename__ = "content_webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "bulletin_id", "event"),
        one_of("event", Event),
        one_of("state", DeliveryState),
        CheckConstraint("(bulletin_id IS NULL AND step_id IS NULL) = (event IS NULL)", name="news_has_event"),
        CheckConstraint("bulletin_id IS NULL OR step_id IS NULL", name="of_one_thing"),
        Index("ix_content_webhook_delivery_webhook_id_created_at", "webhook_id", "created_at"),
        Index("ix_content_webhook_delivery_webhook_id_step_id", "webhook_id", "step_id", unique=True),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("content_webhook.id"))
    bulletin_id: Mapped[str | None] = mapped_column(ForeignKey("content_bulletin.id"))
    step_id: Mapped[str | None] = mapped_column(String(36))
    event: Mapped[str | None] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_challenge(self) -> bool:
        """Whether it only asks the receiver if it wants messages."""
        return self.event is None


class WebhookAttempt(Base):
    """One try of a delivery: the receiver's HTTP status, or why there is none; how long it took."""

    __tablename__ = "content_webhook_attempt"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    delivery_id: Mapped[str] = mapped_column(ForeignKey("content_webhook_delivery.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[int | None] = mapped_column(Integer)
    problem: Mapped[str] = mapped_column(Text, default="")
    milliseconds: Mapped[int] = mapped_column(Integer)
