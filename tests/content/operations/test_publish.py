"""From the first word to the published bulletin."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Bulletin, Fact
from content.models.drafts import Draft
from content.models.incidents import Incident, IncidentSystem
from content.models.revisions import Revision
from content.operations.publish import publish
from content.operations.review import send_back, send_for_review
from content.operations.write_bulletin import discard, edit_draft, write_bulletin
from content.queries.incident_page import incident_page
from portal.core import audit
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Conflict, Forbidden, Invalid, NotFound
from search.models import DirtyRecord
from tests.factories.content import (
    APPROVER,
    NOW,
    WRITER,
    a_correction,
    a_draft,
    a_fact,
    a_published,
    a_writing,
)

pytestmark = pytest.mark.usefixtures("archive")


def marks(session: Session) -> set[str]:
    return set(session.scalars(select(DirtyRecord.key)))


def test_a_draft_is_nowhere_public(session: Session) -> None:
    before = marks(session)
    a_draft(session)
    assert session.get(Incident, "slow-2026") is None
    assert marks(session) == before


def test_publishing_makes_incident_bulletin_and_facts(session: Session) -> None:
    bulletin = a_published(session)
    incident = session.get_one(Incident, "slow-2026")
    assert (bulletin.id, bulletin.number, bulletin.day) == ("slow-2026/1", 1, date(2026, 4, 1))
    assert (bulletin.written_by, bulletin.approved_by) == ("writer", "approver")
    assert (incident.state, incident.last_number, incident.sort_on) == ("open", 1, date(2026, 4, 1))
    assert session.get_one(Fact, "slow-2026/1/1").number == 1200
    assert len(bulletin.content_hash) == 64
    systems = select(IncidentSystem.system_key).where(IncidentSystem.incident_key == "slow-2026")
    assert session.scalars(systems).all() == ["jpki"]


def test_publishing_marks_the_incident_and_its_systems_and_raises_the_revision(session: Session) -> None:
    session.query(DirtyRecord).delete()
    before = session.get_one(Revision, 1).number
    a_published(session)
    assert marks(session) == {"incident/slow-2026", "system/jpki"}
    session.expire_all()
    assert session.get_one(Revision, 1).number == before + 1


def test_each_step_is_in_the_history(session: Session) -> None:
    bulletin = a_published(session)
    draft = session.scalars(select(Draft)).one()
    assert [entry.action for entry in audit.entries(session, subject=draft.id)] == [
        "content.bulletin.write",
        "content.bulletin.send",
    ]
    [published] = audit.entries(session, subject=bulletin.id)
    assert published.action == "content.bulletin.publish"
    assert published.detail["sha256"] == bulletin.content_hash
    assert published.actor_id == "approver"


def test_nobody_approves_what_he_wrote(session: Session) -> None:
    both = Actor(ActorKind.STAFF, "both", frozenset({Role.PUBLISHER, Role.APPROVER}))
    draft = write_bulletin(session, a_writing(), incident_key="slow-2026", new=True, by=both, at=NOW)
    send_for_review(session, draft, by=both, at=NOW)
    with pytest.raises(Forbidden, match="Another person"):
        publish(session, draft, by=both, at=NOW)
    assert publish(session, draft, by=APPROVER, at=NOW).number == 1


def test_what_was_not_sent_cannot_be_published(session: Session) -> None:
    draft = a_draft(session)
    with pytest.raises(Conflict):
        publish(session, draft, by=APPROVER, at=NOW)


def test_publishing_twice_is_refused(session: Session) -> None:
    a_published(session)
    draft = session.scalars(select(Draft)).one()
    with pytest.raises(Conflict):
        publish(session, draft, by=APPROVER, at=NOW)


def test_only_publishers_write(session: Session) -> None:
    reader = Actor(ActorKind.STAFF, "reader", frozenset({Role.OFFICER}))
    for actor in (reader, APPROVER):
        with pytest.raises(Forbidden):
            write_bulletin(session, a_writing(), incident_key="slow-2026", new=True, by=actor, at=NOW)


def test_every_publisher_changes_a_draft_and_its_writer_alone_discards_it(session: Session) -> None:
    draft = a_draft(session)
    other = Actor(ActorKind.STAFF, "other", frozenset({Role.PUBLISHER}))
    with pytest.raises(Forbidden):
        edit_draft(session, draft, a_writing(title_en="Changed"), by=APPROVER, at=NOW)
    edit_draft(session, draft, a_writing(title_en="Changed by another"), by=other, at=NOW)
    assert draft.editors == ["other"]
    with pytest.raises(Forbidden):
        discard(session, draft, by=other, at=NOW)
    edit_draft(session, draft, a_writing(title_en="Changed"), by=WRITER, at=NOW)
    discard(session, draft, by=WRITER, at=NOW)
    assert draft.state == "discarded"
    with pytest.raises(Conflict):
        edit_draft(session, draft, a_writing(), by=WRITER, at=NOW)


def test_sent_back_with_a_reason_it_can_be_changed_and_sent_again(session: Session) -> None:
    draft = a_draft(session)
    send_for_review(session, draft, by=WRITER, at=NOW)
    with pytest.raises(Invalid):
        send_back(session, draft, reason=" ", by=APPROVER, at=NOW)
    send_back(session, draft, reason="Say who is affected.", by=APPROVER, at=NOW)
    assert (draft.state, draft.returned_because) == ("draft", "Say who is affected.")
    edit_draft(session, draft, a_writing(body_en="Counters everywhere."), by=WRITER, at=NOW)
    send_for_review(session, draft, by=WRITER, at=NOW)
    assert draft.returned_because == ""
    assert publish(session, draft, by=APPROVER, at=NOW).body_en == "Counters everywhere."


def test_an_address_is_used_once(session: Session) -> None:
    a_published(session)
    with pytest.raises(Conflict, match="already published"):
        a_draft(session)
    with pytest.raises(NotFound):
        a_draft(session, key="never-published", new=False)
    for key in ("Big", "a b", "a--b", "-a", "", "a/b", "x" * 81):
        with pytest.raises(Invalid):
            a_draft(session, key=key)


def test_of_two_drafts_about_the_same_the_second_is_not_published_unseen(session: Session) -> None:
    a_published(session)
    first, second = (a_draft(session, a_writing(title_en=t), new=False) for t in ("One", "Two"))
    for draft in (first, second):
        send_for_review(session, draft, by=WRITER, at=NOW)
    assert publish(session, first, by=APPROVER, at=NOW).number == 2
    with pytest.raises(Conflict, match="meanwhile"):
        publish(session, second, by=APPROVER, at=NOW)
    send_back(session, second, reason="Look at bulletin 2.", by=APPROVER, at=NOW)
    edit_draft(session, second, a_writing(title_en="Two, knowing One"), by=WRITER, at=NOW)
    send_for_review(session, second, by=WRITER, at=NOW)
    assert publish(session, second, by=APPROVER, at=NOW).number == 3


def test_a_correction_names_old_and_new_and_leaves_the_old_bulletin_as_it_was(session: Session) -> None:
    first = a_published(session)
    before = (first.content_hash, first.body_en)
    a_published(session, a_correction("slow-2026/1/1", number=1100.0), new=False)
    page = incident_page(session, "slow-2026")
    [current] = page.today
    assert [fact.number for fact in current.facts] == [1100]
    assert [fact.number for fact in current.earlier] == [1200]
    view = page.view(2)
    assert view.bulletin.correction
    assert (view.bulletin.reason_en, view.bulletin.noticed_on) == ("Counted wrongly", date(2026, 4, 2))
    assert view.corrected["slow-2026/2/1"].number == 1200
    session.expire_all()
    old = session.get_one(Bulletin, "slow-2026/1")
    assert (old.content_hash, old.body_en) == before


def test_a_correction_can_only_name_what_holds_today(session: Session) -> None:
    a_published(session)
    a_published(session, a_correction("slow-2026/1/1", number=1100.0), new=False)
    for wrong in ("slow-2026/1/1", "relay-servers-2016-01/2/2", "nothing"):
        with pytest.raises(Invalid):
            a_draft(session, a_correction(wrong), new=False)


def test_a_further_bulletin_changes_the_incident_and_tells_what_changed(session: Session) -> None:
    a_published(session)
    closing = a_writing(a_fact(number=1500.0), a_fact(field="recovered", number=None, unit=None, day=date(2026, 4, 2)),
                        incident={"state": "closed", "systems": ("juki-net",)}, final=True)  # fmt: skip
    a_published(session, closing, new=False)
    page = incident_page(session, "slow-2026")
    assert page.incident.state == "closed"
    assert [system.key for system in page.systems] == ["juki-net"]
    assert "system/jpki" in marks(session)
    changes = page.view(2).changes
    assert [(len(change.old), len(change.new)) for change in changes] == [(1, 1), (0, 1)]


def test_the_hash_depends_on_every_word(session: Session) -> None:
    one = a_published(session, key="one-2026")
    other = a_published(session, a_writing(replace(a_fact(), certainty="confirmed")), key="one-2027")
    same = a_published(session, key="one-2028")
    assert len({one.content_hash, other.content_hash, same.content_hash}) == 3
