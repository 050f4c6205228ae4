"""A request for documents from its filing to the reading room, by the verbs that residents and staff use."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from content.models.reading_room import ReadingDocument
from content.operations.reading_room import screen_text, withdraw_document
from content.queries.reading_room import Filters, documents, file_data, found_by_words
from content.records import records
from disclosure.operations import publish_document
from disclosure.operations.choose import Wished, choose
from disclosure.operations.compare import compare
from disclosure.operations.correct import answer_correction, ask_correction
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.disclosure_fee import charge_disclosure
from disclosure.operations.fees import pay
from disclosure.operations.further import ask_further
from disclosure.operations.identity_check import start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.look import read_letter
from disclosure.operations.reception import PaperRequest, receive
from disclosure.operations.records import attach_record
from disclosure.operations.redact import keep_boxes, keep_copy
from disclosure.operations.release import Handing, close, release
from disclosure.operations.submit import make_secrets
from disclosure.queries.clock import clocks
from disclosure.queries.fees import fee_account
from disclosure.queries.keys import case_files, case_key, letter_context
from disclosure.queries.keys import file_data as record_bytes
from disclosure.queries.opening import OpenedCase, resident
from disclosure.queries.publications import Said, covered_parts, places
from disclosure.queries.redaction import as_boxes, record_data
from disclosure.queries.status import status
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.fees import INSPECTED, Way
from disclosure.rules.kinds import Channel, Delivery, Field, FileKind, Format, RecordKind
from disclosure.rules.redaction import Covering, fingerprint
from disclosure.rules.states import Action, State
from portal.core import redaction
from portal.core.access_code import new_access_code
from portal.core.clock import day_in_japan
from portal.core.errors import Conflict, Forbidden, Invalid
from tests.factories.disclosure import (
    APPROVER,
    NOON,
    OFFICER,
    PUBLISHER,
    RECEPTION,
    a_case,
    an_application,
    an_upload,
    submitted,
)

GROUP = {
    "name": "見本市民情報クラブ",
    "representative": "見本　代子",
    "contact_person": "見本　当太",
    "kana": "",
    "birth_date": None,
    "records": RecordKind.DOCUMENTS,
    "details": "中継サーバーの改修に係る契約書",
    "delivery": Delivery.OFFICE,
    "format": Format.INSPECTION,
    "files": (),
    "items": 2,
}
NAMES = Reason("担当者の氏名", "C1", "個人を識別することができる情報です。", "公にすると個人が特定されます。")
COUNTS = Reason("影響を受けた件数", "C8", "検討に関する情報（第5条第3号）です。", "住民の権利の行使に欠かせません。")
SAID = Said(
    "中継サーバー改修の契約書", "Contract for the repair of the relay server", "", "", (("C1", "担当者の氏名"),)
)


def day(number):
    """Noon so many days after the request."""
    return NOON + timedelta(days=number)


@pytest.fixture
def asked(session, settings, office):
    """A request of a group for two documents, filed on the web on 1 April."""
    made = submitted(session, settings, office, **GROUP)
    session.flush()
    session.refresh(made.case)
    return made.case


@pytest.fixture
def decided(session, settings, office, asked):
    """The same, decided in part on 9 April; its letter was read on that day."""
    key = case_key(office, asked)
    start_identity_check(session, asked, by=RECEPTION, at=day(1))
    attach_record(session, asked, an_upload("01_契約書.png"), vault=office, by=OFFICER, at=day(2))
    draft(session, asked, DecisionType.PARTIAL, (NAMES, COUNTS), vault=office, by=OFFICER, at=day(3))
    (file,) = case_files(session, asked, FileKind.RECORD)
    now = keep_boxes(session, asked, file.id, 1, [Covering(1, 1000, 1000, 4000, 500, "C1")], by=OFFICER, at=day(3))
    made = redaction.cover(record_bytes(key, file), file.media_type, as_boxes(asked, now.coverings))
    boxes = fingerprint(now.coverings)
    keep_copy(session, asked, file.id, made, boxes=boxes, vault=office, by=OFFICER, at=day(3))
    send_for_approval(session, asked, vault=office, by=OFFICER, at=day(4))
    approve(session, asked, by=APPROVER, at=day(5))
    letter = issue(session, asked, settings=settings, vault=office, signer=None, by=OFFICER, at=day(8))
    read_letter(session, asked, letter.id, key=key, by=resident(asked), at=day(8))
    return asked, key, letter


def pay_all(session, case, at):
    for one in fee_account(session, case).charges:
        if one.open_yen:
            pay(session, case, one.entry.id, Way.CASH, one.open_yen, paid_on=day_in_japan(at), by=RECEPTION, at=at)


def test_anybody_asks_without_showing_who_they_are_and_pays_for_each_document(session, asked, office):
    assert (asked.regime, asked.due_on, asked.birth_index, asked.kana_index) == ("P6", date(2026, 5, 1), None, None)
    assert [one.entry.yen for one in fee_account(session, asked).charges] == [600]
    start_identity_check(session, asked, by=RECEPTION, at=day(1))
    assert asked.state is State.SEARCH
    shown = status(session, OpenedCase(asked, case_key(office, asked), resident(asked)), today=day_in_japan(day(1)))
    assert [stage.state for stage in shown.stages][:2] == [State.RECEIVED, State.SEARCH]
    assert "documents" in shown.explanation


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"address": ""}, "address"),
        ({"details": " "}, "details"),
        ({"items": 51}, "items"),
        ({"birth_date": date(1980, 1, 1)}, None),
        ({"files": (an_upload(),)}, None),
        ({"details": "個人番号 1234 5678 9018 の契約書"}, "details"),
    ],
)
def test_what_a_request_for_documents_must_say_and_must_not(session, settings, office, change, field):
    with pytest.raises(Invalid) as refused:
        submitted(session, settings, office, **{**GROUP, **change})
    assert refused.value.params.get("field") == field


def test_a_request_on_paper_and_one_that_is_not_clear(session, settings, office):
    paper = PaperRequest(an_application(**{**GROUP, "channel": Channel.POST, "received_on": date(2026, 4, 1)}))
    made = receive(
        session, paper, submission_key="k" * 24, secrets=make_secrets(office, new_access_code()), vault=office,
        organisation=settings.organisation, by=RECEPTION, at=day(1),
    )  # fmt: skip
    session.flush()
    session.refresh(case := made.case)
    start_identity_check(session, case, by=RECEPTION, at=day(1))
    ask_correction(session, case, ["documents"], vault=office, by=RECEPTION, at=day(2))
    answer_correction(
        session, case, key=case_key(office, case), vault=office, by=RECEPTION, at=day(9),
        changes={Field.DETAILS: "令和7年度の中継サーバー改修契約の契約書"},
    )  # fmt: skip
    assert (case.state, case.due_on) == (State.SEARCH, date(2026, 5, 8))  # seven days were not counted


def test_the_letter_names_the_documents_the_fee_the_discretion_and_the_further_disclosure(decided):
    case, key, letter = decided
    context = letter_context(key, letter)
    assert letter.kind == "d4"
    assert context["records"] == ["中継サーバーの改修に係る契約書"]
    assert (context["addressee"], context["honorific"]) == ("見本市民情報クラブ", "御中")
    assert [row["ground"] for row in context["reasons"]] == ["C1"]
    assert [row["article"] for row in context["granted"]] == ["第7条"]
    assert "第15条第5項" in context["further"]
    assert "第17条" in context["costs"][0]
    assert context["purposes"] == []
    assert case.decision_type is DecisionType.PARTIAL


def test_the_whole_way_to_the_further_disclosure(session, office, decided):
    case, key, _letter = decided
    wished = Wished(Delivery.OFFICE, Format.INSPECTION, wished_on="4月15日の午前")
    choose(session, case, wished, key=key, by=resident(case), at=day(9))
    with pytest.raises(Conflict, match="Fees are not paid yet: 600 yen"):
        release(session, case, compared=False, by=OFFICER, at=day(10), handing=Handing(signed=True))
    assert charge_disclosure(session, case, {INSPECTED: 30}, by=RECEPTION, at=day(10)) is None  # 100 yen, all credited
    pay_all(session, case, day(10))
    with pytest.raises(Invalid, match="signed receipt"):
        release(session, case, compared=False, by=OFFICER, at=day(14), handing=Handing())
    release(session, case, compared=False, by=OFFICER, at=day(14), handing=Handing(signed=True))
    assert (case.state, case.next_due_on) == (State.IMPLEMENTED, date(2026, 5, 15))  # 30 days from 15 April
    assert "D17" in {row.due.code for row in clocks(session, case, today=day_in_japan(day(15)))}
    with pytest.raises(Conflict, match="further disclosure until"):
        close(session, case, by=OFFICER, at=day(20))

    copies = Wished(Delivery.POST, Format.PAPER)
    again = Wished(Delivery.OFFICE, Format.INSPECTION)
    with pytest.raises(Invalid, match="in this way already"):
        ask_further(session, case, again, key=key, by=resident(case), at=day(20))
    ask_further(session, case, copies, key=key, by=resident(case), at=day(44))  # the last day
    assert (case.state, case.next_due_on) == (State.METHOD_CHOICE, date(2026, 6, 14))
    charged = charge_disclosure(session, case, {"a4-mono": 90}, by=RECEPTION, at=day(45))
    assert charged is not None
    assert charged.yen == 300  # 900 less the 600 for the request
    pay_all(session, case, day(46))
    release(session, case, compared=False, by=OFFICER, at=day(47), handing=Handing("123-45-67890-1"))
    assert case.state is State.IMPLEMENTED
    with pytest.raises(Conflict, match="passed on"):
        ask_further(session, case, Wished(Delivery.OFFICE, Format.PAPER), key=key, by=resident(case), at=day(48))
    late = Wished(Delivery.OFFICE, Format.PAPER, reason="入院していたため")
    ask_further(session, case, late, key=key, by=RECEPTION, at=day(48))
    assert case.state is State.METHOD_CHOICE


def test_a_document_is_put_into_the_reading_room_by_two_people_and_taken_back_by_one(session, office, decided):
    case, key, _letter = decided
    (file,) = case_files(session, case, FileKind.RECORD)
    with pytest.raises(Conflict, match="handed out"):
        publish_document.propose(session, case, file.id, SAID, vault=office, by=OFFICER, at=day(9))
    pay_all(session, case, day(9))
    release(session, case, compared=False, by=OFFICER, at=day(10), handing=Handing(signed=True))
    assert covered_parts(session, case, file, key) == (("C1", "担当者の氏名"),)
    row = publish_document.propose(session, case, file.id, SAID, vault=office, by=OFFICER, at=day(11))
    with pytest.raises(Conflict, match="already"):
        publish_document.propose(session, case, file.id, SAID, vault=office, by=OFFICER, at=day(11))
    both = type(APPROVER)(APPROVER.kind, OFFICER.id, APPROVER.roles, OFFICER.name)
    with pytest.raises(Forbidden, match="somebody else"):
        publish_document.publish(session, case, row.id, text="", vault=office, by=both, at=day(12))
    shown = publish_document.publish(session, case, row.id, text="", vault=office, by=APPROVER, at=day(12))
    data, _kind = record_data(session, key, file)
    assert file_data(session, shown.key) == data, "the very bytes that were handed out"
    assert (shown.key, shown.request_number, shown.disclosed_on) == ("r08-000001-1", case.number, date(2026, 4, 11))
    assert shown.withheld == [
        {"part": "担当者の氏名", "article": "第5条第1号", "label_ja": "個人に関する情報",
         "label_en": "Information about an individual"}
    ]  # fmt: skip
    told = str({column.name: getattr(shown, column.name) for column in ReadingDocument.__table__.columns})
    assert "見本市民" not in told
    assert "代子" not in told
    assert [one.publication.document_key for one in places(session, case, key)] == [shown.key]
    assert documents(session, Filters("契約書")).total == 1
    assert documents(session, Filters("契約書", article="第5条第2号イ")).total == 0
    assert [one.key for one in found_by_words(session, "中継サーバー改修の契約書 の写し")] == [shown.key]
    assert {one.url for one in records(session, {f"document/{shown.key}"})} == {f"/documents/{shown.key}"}

    with pytest.raises(Invalid, match="both languages"):
        withdraw_document(session, shown.key, "誤り", "", by=PUBLISHER, at=day(13))
    why = ("誤って公開した部分がありました。", "A part was shown by mistake.")
    withdraw_document(session, shown.key, *why, by=PUBLISHER, at=day(13))
    assert file_data(session, shown.key) is None
    assert documents(session, Filters()).total == 0
    assert list(records(session, {f"document/{shown.key}"})) == []
    assert session.scalar(select(ReadingDocument.key)) == shown.key, "its place stays"


def test_a_file_whose_text_has_a_personal_number_is_not_shown(session, office, decided):
    case, _key, _letter = decided
    (file,) = case_files(session, case, FileKind.RECORD)
    pay_all(session, case, day(9))
    release(session, case, compared=False, by=OFFICER, at=day(10), handing=Handing(signed=True))
    row = publish_document.propose(session, case, file.id, SAID, vault=office, by=OFFICER, at=day(11))
    with pytest.raises(Invalid, match="personal number"):
        screen_text("あ" * 19_990 + "個人番号 1234 5678 9018")
    publish_document.drop(session, case, row.id, by=APPROVER, at=day(12))
    with pytest.raises(Conflict, match="decided on already"):
        publish_document.publish(session, case, row.id, text="", vault=office, by=APPROVER, at=day(12))


def test_records_about_oneself_never_go_to_the_reading_room(session, settings, office):
    case = a_case(session, settings, office, state=State.APPROVED)
    (file,) = case_files(session, case, FileKind.RECORD)
    compare(session, case, name_agrees=True, birth_agrees=True, by=OFFICER, at=day(7))
    with pytest.raises(Conflict, match="handed out"):
        publish_document.propose(session, case, file.id, SAID, vault=office, by=OFFICER, at=day(8))
    assert (
        Action.ASK_FURTHER
        not in status(session, OpenedCase(case, case_key(office, case), resident(case)), today=day_in_japan(day(8))).can
    )
