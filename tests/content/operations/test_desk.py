"""What the desk keeps, and what two people have to say to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from content.models.bulletins import Approval, Attachment, Blob, Bulletin
from content.models.drafts import Draft
from content.models.incidents import Incident
from content.models.measures import Measure, MeasureReport
from content.models.revisions import Revision
from content.models.typings import Typing
from content.operations.blobs import drop_stray, store
from content.operations.promises import look_at_promise
from content.operations.publish import approve_afterwards, publish, publish_now
from content.operations.report_measure import ask_report, publish_report
from content.operations.review import send_back, send_for_review
from content.operations.typing import forget_old, keep_typed, throw_away
from content.operations.withdraw import ask_withdrawal, withdraw
from content.operations.write_bulletin import edit_draft
from content.queries import desk_lists, promises
from content.rules.writing import WrittenAttachment, WrittenMeasure, WrittenReport, WrittenWithdrawal
from portal.core.actor import Actor, ActorKind, Role
from portal.core.errors import Conflict, Forbidden, Invalid
from portal.core.files import CleanFile
from portal.core.jobs import Job
from tests.factories.content import APPROVER, NOW, WRITER, a_draft, a_published, a_published_at_once, a_writing
from tests.factories.stage import a_stage

SECOND = Actor(ActorKind.STAFF, "second", frozenset({Role.PUBLISHER}), "見本 二郎")


@pytest.fixture(autouse=True)
def stage(session: Session) -> None:
    a_stage(session)


def typed(session: Session, text: str, *, typing: Typing | None = None, version: int = 0, by: Actor = WRITER) -> Typing:
    kept, _refused = keep_typed(
        session, "new", {"body_ja": [text]}, typing_id=typing.id if typing else None, version=version, title=text,
        by=by, at=NOW,
    )  # fmt: skip
    return kept


def test_a_form_is_kept_under_its_name_while_its_version_is_known(session: Session) -> None:
    one = typed(session, "あ")
    again = typed(session, "あい", typing=one, version=one.version)
    assert again is one
    assert one.values == {"body_ja": ["あい"]}


def test_a_form_kept_elsewhere_since_is_not_written_over(session: Session) -> None:
    one = typed(session, "あ")
    typed(session, "あい", typing=one, version=one.version)
    other = typed(session, "あう", typing=one, version=1)
    assert other.id != one.id
    assert {form.values["body_ja"][0] for form in desk_lists.open_forms(session, WRITER)} == {"あい", "あう"}
    assert typed(session, "え", typing=one, version=one.version, by=SECOND).id != one.id


def test_a_personal_number_is_kept_nowhere(session: Session) -> None:
    values = {"body_ja": ["番号は123456789018です"], "attachments-0-sha256": ["123456789018"], "title_ja": ["見本"]}
    kept, refused = keep_typed(
        session, "new", values, typing_id=None, version=0, title="123456789018", by=WRITER, at=NOW
    )
    assert refused == ["body_ja"]
    assert (sorted(kept.values), kept.title) == (["attachments-0-sha256", "title_ja"], "")


def test_what_is_no_form_of_the_desk_is_not_kept(session: Session) -> None:
    for place in ("../x", "drafts/x", "", "incidents/Big/bulletin"):
        with pytest.raises(Invalid):
            keep_typed(session, place, {}, typing_id=None, version=0, title="", by=WRITER, at=NOW)
    with pytest.raises(Forbidden):
        typed(session, "あ", by=APPROVER)


def test_only_its_writer_throws_a_form_away_and_time_does(session: Session) -> None:
    one, two = typed(session, "あ"), typed(session, "い")
    throw_away(session, one.id, by=SECOND)
    throw_away(session, two.id, by=WRITER)
    assert session.scalars(select(Typing.id)).all() == [one.id]
    forget_old(session, now=NOW + timedelta(days=91))
    assert session.scalars(select(Typing.id)).all() == []


def test_whoever_changed_a_draft_does_not_approve_it(session: Session) -> None:
    draft = a_draft(session)
    edit_draft(session, draft, a_writing(title_en="Two wrote it"), by=SECOND, at=NOW, version=draft.version)
    send_for_review(session, draft, by=SECOND, at=NOW)
    with pytest.raises(Forbidden, match="Another person"):
        publish(session, draft, by=SECOND, at=NOW)
    assert publish(session, draft, by=APPROVER, at=NOW).title_en == "Two wrote it"


def test_a_draft_that_moved_on_is_not_written_over(session: Session) -> None:
    draft = a_draft(session)
    seen = draft.version
    edit_draft(session, draft, a_writing(title_en="First"), by=SECOND, at=NOW, version=seen)
    with pytest.raises(Conflict, match="both texts"):
        edit_draft(session, draft, a_writing(title_en="Second"), by=WRITER, at=NOW, version=seen)
    assert draft.payload["bulletin"]["title_en"] == "First"


def test_published_at_once_waits_for_another_persons_approval_and_becomes_late(session: Session) -> None:
    bulletin = a_published_at_once(session)
    draft = session.scalars(select(Draft)).one()
    draft.editors = [SECOND.id]
    session.flush()
    [mine] = desk_lists.to_approve(session, WRITER, NOW)
    [theirs] = desk_lists.to_approve(session, APPROVER, NOW + timedelta(hours=25))
    assert ((mine.may_approve, mine.late), (theirs.may_approve, theirs.late)) == ((False, False), (True, True))
    for actor in (WRITER, SECOND):
        with pytest.raises(Forbidden):
            approve_afterwards(session, bulletin, by=actor, at=NOW)
    approve_afterwards(session, bulletin, by=APPROVER, at=NOW)
    assert session.get_one(Approval, bulletin.id).approved_by_name == APPROVER.name
    assert desk_lists.to_approve(session, APPROVER, NOW) == []


def test_an_emergency_needs_its_reason(session: Session) -> None:
    with pytest.raises(Invalid):
        publish_now(session, a_draft(session), reason=" ", by=WRITER, at=NOW)


def test_a_promise_that_was_missed_shows_once_its_moment_is_looked_at(session: Session) -> None:
    due = NOW + timedelta(hours=1)
    a_published(session, a_writing(next_update_at=due))
    incident = session.get_one(Incident, "slow-2026")
    [job] = session.scalars(select(Job).where(Job.kind == "content.promise_due")).all()
    assert (job.due_at, job.payload) == (due, {"incident": "slow-2026"})
    assert promises.overdue(session, due) == []
    look_at_promise(session, "slow-2026", now=due - timedelta(minutes=1))
    assert not promises.missed(session, incident)
    look_at_promise(session, "slow-2026", now=due)
    session.expire_all()
    assert promises.missed(session, incident)
    assert promises.overdue(session, due + timedelta(minutes=1)) == [incident]
    a_published(session, a_writing(title_en="Further"), new=False)
    assert not promises.missed(session, incident)


def test_a_kept_promise_changes_nothing(session: Session) -> None:
    a_published(session, a_writing(next_update_at=NOW + timedelta(hours=1)))
    a_published(session, a_writing(next_update_at=NOW + timedelta(hours=2)), new=False)
    before = session.get_one(Revision, 1).number
    look_at_promise(session, "slow-2026", now=NOW + timedelta(hours=1))
    session.expire_all()
    assert session.get_one(Revision, 1).number == before


def test_a_report_brings_the_measure_to_what_it_says(session: Session) -> None:
    announced = WrittenMeasure(text_ja="増強", text_en="More capacity", owner="jlis", status="promised")
    a_published(session, a_writing(measures=(announced,)))
    text = WrittenReport(
        measure_id="slow-2026/measure/1", status="done", effect="worked", text_ja="済み", text_en="Done",
        evidence_ja="試験", evidence_en="Tests",
    )  # fmt: skip
    draft = ask_report(session, text, by=WRITER, at=NOW)
    with pytest.raises(Forbidden):
        publish_report(session, draft, by=WRITER, at=NOW)
    row = publish_report(session, draft, by=APPROVER, at=NOW)
    measure = session.get_one(Measure, text.measure_id)
    assert (measure.status, measure.effect, measure.evidence_en) == ("done", "worked", "Tests")
    assert (row.id, row.written_by, row.approved_by) == ("slow-2026/measure/1/1", "writer", "approver")
    assert session.scalars(select(MeasureReport)).all() == [row]
    with pytest.raises(Conflict):
        publish_report(session, draft, by=APPROVER, at=NOW)


def test_what_was_sent_back_is_asked_again_in_other_words(session: Session) -> None:
    a_published(session)
    text = WrittenWithdrawal(number=1, reason_ja="誤り", reason_en="Wrong")
    draft = ask_withdrawal(session, "slow-2026", text, by=WRITER, at=NOW)
    with pytest.raises(Conflict):
        ask_withdrawal(session, "slow-2026", text, again=draft, by=WRITER, at=NOW)
    send_back(session, draft, reason="Say what was wrong", by=APPROVER, at=NOW)
    better = replace(text, reason_en="It was about another fault")
    assert ask_withdrawal(session, "slow-2026", better, again=draft, by=SECOND, at=NOW) is draft
    assert (draft.state, draft.returned_because, draft.editors) == ("review", "", [SECOND.id])
    with pytest.raises(Forbidden, match="Another person"):
        withdraw(session, draft, by=SECOND, at=NOW)
    assert withdraw(session, draft, by=APPROVER, at=NOW).reason_en == better.reason_en


def test_files_are_kept_while_a_bulletin_a_draft_or_a_form_holds_them(session: Session) -> None:
    for name in ("a", "b", "c", "d"):
        store(session, CleanFile("image/png", name.encode(), 1, name * 64), at=NOW)
        store(session, CleanFile("image/png", name.encode(), 1, name * 64), at=NOW)
    held = WrittenAttachment(
        name="a.png", title_ja="図", title_en="Picture", media_type="image/png", size=1, sha256="a" * 64
    )
    a_published(session, a_writing(attachments=(held,)))
    a_draft(
        session, a_writing(attachments=(WrittenAttachment(**{**vars(held), "sha256": "b" * 64}),)), key="other-2026"
    )
    keep_typed(
        session, "new", {"attachments-0-sha256": ["c" * 64]}, typing_id=None, version=0, title="", by=WRITER, at=NOW
    )
    drop_stray(session, now=NOW + timedelta(days=89))
    assert len(session.scalars(select(Blob.sha256)).all()) == 4
    drop_stray(session, now=NOW + timedelta(days=91))
    assert set(session.scalars(select(Blob.sha256))) == {letter * 64 for letter in "abc"}
    assert session.scalars(select(Attachment.id)).all() == ["slow-2026/1/file/1"]
    assert session.get_one(Bulletin, "slow-2026/1").content_hash
