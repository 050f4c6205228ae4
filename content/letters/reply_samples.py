"""Sample letters that answer a question letter: an answer, an interim letter, a later one. Nobody asked this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from content.letters import reply_letter
from content.letters.reply_letter import Answered, Asked, Pointed, ReplyText
from content.letters.versions import LETTERS
from content.rules.question_letters.blocks import BlockKind
from content.rules.question_letters.senders import SenderKind
from content.rules.question_letters.states import ReplyKind
from portal.core.settings import Settings
from portal.letters.draft import Draft, TreeHead
from portal.letters.engine import Context
from portal.letters.samples import Sample

TOKEN = "A" * 26
PARTS = (
    Asked(BlockKind.SECTION, "1", "[1]", 0, "カードの受け渡しが止まったことについて"),
    Asked(BlockKind.PASSAGE, "", "", 1, "会に寄せられた声によると、次の出来事があったようです。"),
    Asked(BlockKind.FACT, "1-f1", "(１)", 1, "中継の設備が不調になり、受け渡しができなくなった（1月に４回）"),
    Asked(BlockKind.FACT, "1-f2", "(２）", 1, "ＩＣチップが読めなくなり、作り直しになった"),
    Asked(BlockKind.GROUP, "1-1", "(１)", 1, "2026年1月の出来事について"),
    Asked(BlockKind.QUESTION, "1-1-1", "１）", 2, "原因はなにか。すでに直っているのか。"),
    Asked(BlockKind.QUESTION, "1-1-2", "２）", 2, "カード発行業務への影響をどのように調べたか"),
    Asked(BlockKind.GROUP, "1-2", "(２）", 1, "ＩＣチップについて"),
    Asked(BlockKind.QUESTION, "1-2-1", "１）", 2, "予定の三分の一に届かない量で「集まりすぎ」となったのはなぜか"),
    Asked(BlockKind.QUESTION, "1-2-2", "２）", 2, "二つの市で先に行われた改修の結果を明らかにされたい"),
    Asked(BlockKind.SECTION, "2", "[2]", 0, "情報公開について"),
    Asked(BlockKind.QUESTION, "2-1", "１）", 1, "設計書を市町村に渡さない理由を明らかにされたい。"),
    Asked(BlockKind.QUESTION, "2-2", "２）", 1, "担当ごとの職員数を明らかにされたい。"),
)
NOTICE = Pointed("障害の記録「中継の設備の不調（見本）」", "https://kaiji.example/incidents/relay-sample")
ANSWER = ReplyText(
    kind=ReplyKind.ANSWER,
    key="q-2026-0001",
    fiscal_year=2026,
    sequence=1,
    title="カードの発行と記録の公開についての質問書",
    sent_on=date(2026, 5, 25),
    sender_kind=SenderKind.GROUP,
    sender_name="カードの記録を読む会（見本）",
    language="ja",
    url="https://kaiji.example/letters/q-2026-0001",
    parts=PARTS,
    answers=(
        Answered(
            ("1-1-1",),
            "6月1日に公表したとおり、通信機器の設定の誤りが原因で、同日に直しました。",
            ("A2", "A1"),
            links=(NOTICE,),
        ),
        Answered(
            ("1-1-2",),
            "現在、総点検を行っているところですので、回答を差し控えさせていただきます。",
            ("A6",),
            "under-review",
            date(2026, 9, 30),
        ),
        Answered(
            ("1-2-1", "1-2-2"),
            "処理の順番に誤りがあり、見込みより少ない量で待ちが生じました。\n改修の後は生じていません。",
            ("A1",),
        ),
        Answered(
            ("2-1",), "設計情報は機密情報であるため、セキュリティ上、提供していません。", ("A7",), "confidential-design"
        ),
    ),
    quoted={"1-1-1": "原因はなにか。"},
    unanswered={"2-2": "担当ごとの人数を記録した資料がないため。"},
)
INTERIM = replace(
    ANSWER,
    kind=ReplyKind.INTERIM,
    sender_kind=SenderKind.PERSON,
    sender_name=None,
    answers=(),
    quoted={},
    unanswered={},
    preface="ご質問の一部について、市区町村への確認に時間を要しています。",
    promised_on=date(2026, 7, 10),
)
LATER = replace(
    ANSWER,
    kind=ReplyKind.LATER,
    answers=(
        Answered(
            ("1-1-2",),
            "総点検の結果、発行の業務に影響した件数は、4回で合わせて1,204件でした。",
            ("A1",),
            follows=("見情機第12号", date(2026, 6, 22)),
        ),
    ),
    quoted={},
    unanswered={},
)
LONG_TITLE = replace(
    INTERIM, title="カードの発行の遅れと記録の公開、窓口での案内、委託先の監督、再発防止についての質問書"
)


def context(text: ReplyText, number: int, day: date) -> Context:
    """The values of a sample letter, with the sample seal."""
    organisation = Settings.from_env({"KAIJI_PROFILE": "public-body"}).organisation
    draft = Draft(
        id="",
        number=f"{organisation.letter_mark}第{number}号",
        issued_on=day,
        verify_url=f"https://kaiji.example/verify/{TOKEN}",
        tree=TreeHead(0, ""),
        signed="sample",
        seal_picture="",
    )
    made = reply_letter.context(text, numbered=draft, organisation=organisation, sample=True)
    return {**made, "seal": "", "seal_image": True}


def samples() -> Iterator[Sample]:
    """The answer, interim letters to somebody whose name is not published, and a later letter."""
    for name, title, text, number, day in (
        ("reply-answer", "質問書への回答書", ANSWER, 12, date(2026, 6, 22)),
        ("reply-interim", "質問書への中間回答（氏名を公表しない差出人あて）", INTERIM, 9, date(2026, 6, 10)),
        ("reply-later", "質問書への追加回答", LATER, 40, date(2026, 9, 28)),
        ("reply-interim-long-title", "長い表題の質問書への中間回答", LONG_TITLE, 52, date(2026, 12, 1)),
    ):
        template = LETTERS.current(reply_letter.KIND, day).name
        yield Sample(name, title, LETTERS, template, context(text, number, day))
