"""Signatures of webhook messages, in the manner of Standard Webhooks: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import base64
import hashlib
import hmac

PREFIX = "whsec_"


def secret_of(token: str) -> str:
    """The signing secret that belongs to an owner's token; who has the token can always read it."""
    key = hmac.digest(token.encode(), b"kaiji|webhook-signing|v1", "sha256")
    return PREFIX + base64.b64encode(key).decode("ascii")


def headers(secret: str, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows that the message is ours, unchanged and not an old one again."""
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message, timestamp, body),
    }


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """``v1,<base64>``."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode("ascii")
