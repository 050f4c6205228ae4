"""Sample staff and sample cases, made with the same verbs that people use. Nobody in here exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from disclosure.models.case import Case
from disclosure.operations.application import Application
from disclosure.operations.ask_by_letter import ask_by_letter
from disclosure.operations.assign import assign, note
from disclosure.operations.compare import compare
from disclosure.operations.decide import approve, draft, send_for_approval
from disclosure.operations.filing import Upload
from disclosure.operations.identity_check import confirm_identity, start_identity_check
from disclosure.operations.issue import issue
from disclosure.operations.records import attach_record
from disclosure.operations.redact import keep_boxes, keep_copy
from disclosure.operations.release import release
from disclosure.operations.submit import submit
from disclosure.queries.keys import case_files, case_key, file_data
from disclosure.queries.redaction import as_boxes
from disclosure.rules.decisions import DecisionType, Reason
from disclosure.rules.identity import Checked
from disclosure.rules.kinds import Delivery, FileKind, Format, RecordKind
from disclosure.rules.redaction import Covering, fingerprint
from portal import demo_bodies, demo_pictures
from portal.accounts.models import Department, StaffAccount
from portal.accounts.operations.create_account import create_account
from portal.accounts.operations.departments import create_department
from portal.accounts.operations.one_time import one_time_password
from portal.core import clock, press, redaction
from portal.core.access_code import new_access_code
from portal.core.actor import PUBLIC, SYSTEM, Actor, Role
from portal.core.db import new_id
from portal.core.files import Slot, accept_file
from portal.core.wareki import format_wareki
from portal.services import Services

Say = Callable[[str], None]

DEPARTMENTS = (
    ("見本受付課", "Sample Reception Division"),
    ("見本開示課", "Sample Disclosure Division"),
    ("見本総務課", "Sample General Affairs Division"),
)
# Login, name, roles, and the place of the department in the list above.
STAFF = (
    ("reception", "見本　受子（受付）", (Role.RECEPTION,), 0),
    ("officer", "見本　担男（担当）", (Role.OFFICER,), 1),
    ("approver", "見本　決子（決裁）", (Role.APPROVER,), 1),
    ("approver2", "見本　審男（決裁・担当）", (Role.APPROVER, Role.OFFICER), 0),
    ("publisher", "見本　公子（公表）", (Role.PUBLISHER,), 2),
    ("publisher2", "見本　公男（公表）", (Role.PUBLISHER,), 2),
    ("auditor", "見本　監男（監査）", (Role.AUDITOR,), 2),
    ("administrator", "見本　管子（管理）", (Role.ADMINISTRATOR,), 2),
)
SLOT = Slot("demo")
DAY = timedelta(days=1)
NAME_OF_CLERK = Reason(
    "申請書の受付欄に記載された受付担当者の氏名",
    "N2",
    "請求者以外の個人の氏名であり、特定の個人を識別することができる情報です。",
    "開示すると、受付を担当した個人が識別され、その権利利益を害するおそれがあります。",
)


@dataclass(frozen=True)
class Person:
    """A sample person."""

    name: str
    kana: str
    address: str
    born_on: date


PERSONS = (
    Person("見本　一郎", "ミホン　イチロウ", "東京都千代田区見本町一丁目1番1号", date(1975, 4, 1)),
    Person("見本　花子", "ミホン　ハナコ", "東京都千代田区見本町二丁目2番2号", date(1984, 2, 29)),
    Person("𠮷田　見本", "ヨシダ　ミホン", "東京都葛󠄀飾区見本町三丁目3番3号", date(1990, 12, 31)),
    Person("髙橋　見本", "タカハシ　ミホン", "長野県飯田市見本町4番地", date(1968, 8, 15)),
    Person("渡邉　見本", "ワタナベ　ミホン", "香川県坂出市見本町5番地", date(2001, 1, 7)),
    Person("SAMPLE MARIA", "サンプル　マリア", "神奈川県横浜市見本区見本町6番地", date(1995, 5, 20)),
)


def any_accounts(session: Session) -> bool:
    """Whether somebody can sign in already."""
    return session.scalar(select(StaffAccount.id).limit(1)) is not None


def add(services: Services, say: Say) -> bool:
    """Add samples to an installation without accounts; returns whether it did. Passwords are said once."""
    with services.database.session(write=True) as session:
        if any_accounts(session):
            say("Samples: there are accounts already, nothing is added.")
            return False
        departments = [
            create_department(session, name_ja=name_ja, name_en=name_en, by=SYSTEM, at=clock.now())
            for name_ja, name_en in DEPARTMENTS
        ]
        made = [_account(session, login, name, roles, departments[place]) for login, name, roles, place in STAFF]
        cases = _Samples(services, session, {login: actor for login, _password, actor in made}).make()
        made += demo_bodies.add(session, services.office, at=clock.now())
    say("Samples: these accounts and cases do not belong to anybody. The passwords are shown only now:")
    for login, password, actor in made:
        say(f"  {login:<14} {password}   {actor.name}")
    say("Sample cases, with the access codes that their senders would have:")
    for number, code in cases:
        say(f"  {number}   {code}")
    return True


def _account(
    session: Session, login: str, name: str, roles: tuple[Role, ...], department: Department
) -> tuple[str, str, Actor]:
    password = one_time_password()
    account, _clear = create_account(
        session, login=login, name=name, roles=roles, department=department, by=SYSTEM, at=clock.now(),
        password=password,
    )  # fmt: skip
    session.flush()
    return login, password, account.as_actor()


class _Samples:
    """Six cases, each a step further; the days are counted back from now."""

    def __init__(self, services: Services, session: Session, staff: dict[str, Actor]) -> None:
        self.services, self.session, self.vault = services, session, services.office
        self.reception, self.officer, self.approver = staff["reception"], staff["officer"], staff["approver"]
        self.now = clock.now()

    def make(self) -> list[tuple[str, str]]:
        """The cases' numbers with their access codes, the oldest first."""
        return [
            self._disclosed(PERSONS[3], ago=40),
            self._searched(PERSONS[2], ago=33),
            self._waiting(PERSONS[4], ago=20),
            self._in_approval(PERSONS[1], ago=12),
            self._in_check(PERSONS[5], ago=4),
            self._received(PERSONS[0], ago=1),
        ]

    def _submit(self, person: Person, at: datetime, language: str = "ja") -> tuple[Case, str]:
        code = new_access_code()
        picture = demo_pictures.identity_document(_printed(person))
        application = Application(
            name=person.name,
            kana=person.kana,
            postal_code="100-0000",
            address=person.address,
            birth_date=person.born_on,
            records=RecordKind.BOTH,
            delivery=Delivery.DOWNLOAD,
            format=Format.PDF,
            telephone="03-0000-0000",
            details="平成28年1月ごろ、郵送で申請しました。（見本）",
            language=language,
            files=(self._upload("免許証_見本.png", picture),),
        )
        made = submit(
            self.session,
            application,
            submission_key=new_id(),
            access_code=code,
            vault=self.vault,
            organisation=self.services.settings.organisation,
            by=PUBLIC,
            at=at,
        )
        self.session.flush()
        self.session.refresh(made.case)
        return made.case, code

    def _upload(self, name: str, data: bytes) -> Upload:
        return Upload(name, accept_file(data, name, slot=SLOT))

    def _received(self, person: Person, *, ago: int, language: str = "ja") -> tuple[str, str]:
        case, code = self._submit(person, self.now - ago * DAY, language)
        return case.number, code

    def _in_check(self, person: Person, *, ago: int) -> tuple[str, str]:
        case, code = self._submit(person, self.now - ago * DAY, "en")
        start_identity_check(self.session, case, by=self.reception, at=self.now - (ago - 1) * DAY)
        return case.number, code

    def _waiting(self, person: Person, *, ago: int) -> tuple[str, str]:
        case, code = self._submit(person, self.now - ago * DAY)
        start_identity_check(self.session, case, by=self.reception, at=self.now - (ago - 1) * DAY)
        ask_by_letter(
            self.session,
            case,
            ["identity-unreadable"],
            settings=self.services.settings,
            vault=self.vault,
            signer=self.services.signer,
            by=self.reception,
            at=self.now - 2 * DAY,
            note="書類の四隅が写るように、もう一度撮影してください。",
        )
        return case.number, code

    def _to_search(self, person: Person, ago: int) -> tuple[Case, str]:
        case, code = self._submit(person, self.now - ago * DAY)
        start_identity_check(self.session, case, by=self.reception, at=self.now - (ago - 1) * DAY)
        seen = Checked("driving-licence", (self.now + 900 * DAY).date(), name_agrees=True, address_agrees=True)
        confirm_identity(self.session, case, [seen], by=self.reception, at=self.now - (ago - 2) * DAY)
        assign(
            self.session,
            case,
            assignee_id=self.officer.id,
            assignee_name=self.officer.name,
            by=self.reception,
            at=self.now - (ago - 2) * DAY,
        )
        return case, code

    def _searched(self, person: Person, *, ago: int) -> tuple[str, str]:
        case, code = self._to_search(person, ago)
        text = "「吉田」「𠮷田」の両方で探索すること。代替文字の可能性あり。（見本）"
        note(self.session, case, text, vault=self.vault, by=self.officer, at=self.now - (ago - 3) * DAY)
        return case.number, code

    def _in_approval(self, person: Person, *, ago: int) -> tuple[str, str]:
        case, code = self._drafted(person, ago, DecisionType.PARTIAL, [NAME_OF_CLERK])
        return case.number, code

    def _drafted(self, person: Person, ago: int, kind: DecisionType, reasons: list[Reason]) -> tuple[Case, str]:
        case, code = self._to_search(person, ago)
        at = self.now - (ago - 4) * DAY
        for name, data in (
            ("01_個人番号カード交付申請書.png", demo_pictures.application_form(_printed(person))),
            ("02_顔写真.png", demo_pictures.face_photo()),
        ):
            attach_record(self.session, case, self._upload(name, data), vault=self.vault, by=self.officer, at=at)
        draft(self.session, case, kind, reasons, vault=self.vault, by=self.officer, at=at + DAY)
        if kind is DecisionType.PARTIAL:
            self._cover(case, reasons[0].ground, at + DAY)
        send_for_approval(self.session, case, vault=self.vault, by=self.officer, at=at + DAY)
        return case, code

    def _cover(self, case: Case, ground: str, at: datetime) -> None:
        """The foot of the first record is covered: there a clerk's name would stand."""
        file = case_files(self.session, case, FileKind.RECORD)[0]
        boxes = (Covering(1, 900, 8800, 4000, 500, ground),)
        keep_boxes(self.session, case, file.id, 1, boxes, by=self.officer, at=at)
        data = file_data(case_key(self.vault, case), file)
        made = press.run(redaction.cover, data, file.media_type, as_boxes(case, boxes))
        keep_copy(self.session, case, file.id, made, boxes=fingerprint(boxes), vault=self.vault, by=self.officer, at=at)

    def _disclosed(self, person: Person, *, ago: int) -> tuple[str, str]:
        case, code = self._drafted(person, ago, DecisionType.FULL, [])
        at = self.now - (ago - 6) * DAY
        approve(self.session, case, by=self.approver, at=at)
        issue(
            self.session,
            case,
            settings=self.services.settings,
            vault=self.vault,
            signer=self.services.signer,
            by=self.officer,
            at=at + DAY,
        )
        compare(self.session, case, name_agrees=True, birth_agrees=True, by=self.approver, at=at + 2 * DAY)
        release(self.session, case, compared=True, by=self.officer, at=at + 2 * DAY)
        return case.number, code


def _printed(person: Person) -> demo_pictures.Rows:
    """What the drawn documents say."""
    return (("氏名", person.name), ("住所", person.address), ("生年月日", format_wareki(person.born_on)))
