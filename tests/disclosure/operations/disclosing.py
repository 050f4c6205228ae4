"""When and by whom records are disclosed in tests."""

from __future__ import annotations

from datetime import date, timedelta

from disclosure.operations.release import Handing
from disclosure.rules.identity import Checked
from portal.core.actor import Actor, ActorKind, Role
from tests.factories.disclosure import NOON

LATER = NOON + timedelta(days=7)  # Wednesday, 8 April 2026
DAY = timedelta(days=1)
SECOND = Actor(ActorKind.STAFF, "staff-second", frozenset({Role.OFFICER}), "見本 次郎")
BOTH = Actor(ActorKind.STAFF, "staff-both", frozenset({Role.OFFICER, Role.APPROVER}), "見本 兼男")
CARD = Checked("driving-licence", date(2029, 1, 1), name_agrees=True, address_agrees=True)
AT_OFFICE = Handing(document=CARD, signed=True)
PLACE = "本部1階 開示室"
