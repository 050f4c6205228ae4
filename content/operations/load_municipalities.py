"""Load the names of municipalities: what is new or changed is written, a second time nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import policy
from content.models.areas import Municipality
from content.models.incidents import IncidentArea
from content.operations import upsert
from content.operations.public_change import public_changed, record_key
from content.rules.municipalities import Place
from content.rules.owners import Owner
from portal.core import audit
from portal.core.actor import Actor
from portal.core.errors import Forbidden


def load_municipalities(session: Session, places: Sequence[Place], *, by: Actor, at: datetime) -> int:
    """Bring the table to ``places`` (prefectures are left out); returns how many rows were added or changed.

    Nothing is dropped: an area that a bulletin names keeps its name.
    """
    if not policy.may_load(by):
        raise Forbidden
    table = upsert.table_of(Municipality)
    found = upsert.stored(session, table, "", ())
    wanted = [_values(place) for place in places if not place.is_prefecture]
    # What takes the place of another stands before it.
    wanted.sort(key=lambda values: (values["into_code"] is not None, values["code"]))
    new = [values for values in wanted if upsert.identity(table, values) not in found]
    changed = [v for v in wanted if (b := found.get(upsert.identity(table, v))) and upsert.differs(v, b, ())]
    upsert.add(session, table, new)
    for values in changed:
        upsert.change(session, table, values)
    codes = {values["code"] for values in (*new, *changed)}
    if codes:
        named = session.execute(select(IncidentArea.incident_key, IncidentArea.area).distinct())
        touched = {record_key(Owner.INCIDENT, key) for key, area in named if area in codes}
        public_changed(session, touched, at=at)
        detail = {"added": len(new), "changed": len(changed)}
        audit.record(session, at=at, actor=by, action="content.municipalities.load", subject="areas", detail=detail)
    return len(codes)


def _values(place: Place) -> upsert.Values:
    return {
        "code": place.code,
        "prefecture": place.prefecture,
        "name_ja": place.name_ja,
        "name_en": place.name_en,
        "kana": place.kana,
        "until_on": place.until_on,
        "into_code": place.into_code,
    }
