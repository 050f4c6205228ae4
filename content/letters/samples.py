"""Sample values for every template of the room: the answer of 13 October 2016, put together again from the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from content.letters import answer_letter, incident_paper, reply_samples
from content.letters.incident_paper import Entry, Paper, Section
from content.letters.versions import LETTERS
from content.rules.archive.reading import read_archive
from portal.core.errors import NotFound
from portal.letters.engine import Context
from portal.letters.samples import Sample

ARCHIVE = Path(__file__).parents[1] / "archive"
KEY = "question-letter-2016-05-25"
DAY = date(2026, 4, 1)

RECONSTRUCTED = (
    "【再構成】平成28年10月13日の回答を、公開された資料の要旨から組み直した見本です。原文ではなく、効力はありません。"
)


@cache
def sample_context() -> Context:
    """The reconstructed answer letter, with its two annexes. NotFound when the archive has no such letter."""
    archive = read_archive(ARCHIVE)
    letter = next((one for one in archive.letters if one.key == KEY), None)
    if letter is None or letter.answered_on is None:
        raise NotFound
    names = {body.key: body.name_ja for body in archive.bodies}
    made = answer_letter.context(
        letter,
        title="マイナンバー関連システムの質問書に対する回答",
        addressee=names[letter.sender],
        sender=names[letter.addressee],
        contact={
            "organisation": names[letter.addressee],
            "department": "情報化支援戦略部　企画担当",
            "telephone": "（省略）",
            "fax": "（省略）",
        },
        number="",
        issued_on=letter.answered_on,
    )
    return {**made, "seal": "", "reading_note": RECONSTRUCTED}


def samples() -> Iterator[Sample]:
    """Everything that the room prints."""
    made = sample_context()
    template = LETTERS.current(answer_letter.KIND, date.fromisoformat(made["date_iso"])).name
    yield Sample("answer-2016", "回答書（2016年10月13日の回答の再構成）", LETTERS, template, made)
    yield from reply_samples.samples()
    paper = LETTERS.current(incident_paper.KIND, DAY).name
    yield Sample("incident-drill", "障害の記録（訓練の見本）", LETTERS, paper, incident_paper.context(drill(), day=DAY))


def drill() -> Paper:
    """An exercise with two bulletins, the second of which corrects the first."""
    return Paper(
        language="ja",
        title="【訓練】窓口で証明書を発行できない想定の訓練",
        version="第2報の時点の記録",
        made_of="令和8年4月1日（2026-04-01）",
        notices=("【訓練】これは訓練です。実際には何も起きていません。",),
        summary=Section(
            title="最新の内容", paragraphs=("影響を受けるカードの数を訂正しました。", "重大さ：限定的 2/4")
        ),
        sections=(
            Section(
                title="分かっていること",
                head=("項目", "現在の内容", "確かさ", "示した報"),
                widths=("part", "asked", "part", "article"),
                rows=(
                    ("発生", "令和8年4月1日（2026-04-01） 08:30", "確定", "第1報"),
                    ("影響を受けたカード", "1,100枚", "確定", "第2報"),
                ),
            ),
        ),
        bulletins=(
            Entry(
                name="第2報",
                title="数の訂正",
                day="令和8年4月1日（2026-04-01）",
                marks=("訂正",),
                notes=("訂正：影響を受けたカードを「1,200枚」から「1,100枚」に", "訂正の理由：集計の誤り"),
                paragraphs=("影響を受けるカードの数を訂正しました。",),
            ),
            Entry(
                name="第1報",
                title="発行が止まっています",
                day="令和8年4月1日（2026-04-01）",
                paragraphs=("窓口で証明書を発行できません。", "原因は調査中です。"),
            ),
        ),
        sources=("見本の資料（1ページ）",),
        citation="出典：見本情報システム機構「【訓練】窓口で証明書を発行できない想定の訓練」第2報（見本）",
        address="https://kaiji.example/incidents/drill-2026/versions/2",
        fingerprint="0" * 64,
        exercise=True,
        labels={
            "bulletins": "経過（各報）",
            "sources": "出典",
            "cite": "引用する",
            "qr": "下のアドレスのQRコード",
            "where": "この時点の障害の記録の永続アドレス：",
        },
    )
