"""The page by which somebody finds their way in the export of a case: what it holds, in Japanese, without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from portal.core.wareki import format_wareki

NAMES = {
    "case": "事案の内容と請求者の申出事項",
    "files": "提出された書類・対象となった記録の一覧",
    "letters": "発行した文書の一覧",
    "decisions": "決定の案及び決定とその理由",
    "corrections": "補正の求めと回答",
    "extensions": "期限の延長・特例",
    "identity": "本人確認の記録",
    "deliveries": "文書の到達の記録",
    "clocks": "期限とその計算の説明",
    "history": "経過",
    "looks": "閲覧の記録",
    "appeals": "審査請求・不服の申出",
    "suits": "訴訟",
    "complaints": "苦情",
    "notes": "職員間のメモ",
    "journal": "監査記録（ハッシュの連鎖）",
}
PROTECTED = Markup(
    "<p><strong>住所の秘匿の対象です。</strong>住所等は記載せず、本人確認等の書類と住所の記載のある書面は含めていません。"
    "必要があるときは、別に求めてください。</p>"
)
STYLE = (
    "body{font-family:sans-serif;line-height:1.7;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}h2{margin-top:2rem}"
)


def index_html(
    number: str,
    day: date,
    organisation: str,
    records: Mapping[str, Any],
    paths: Sequence[str],
    *,
    protected: bool = False,
) -> str:
    """The page. ``records`` are the values of the JSON files by name; ``paths`` are all files but itself."""
    case = records["case"]
    rows = [
        ("受付番号", number),
        ("氏名", case["values"].get("name", "")),
        ("受付日", _day(case["received_on"])),
        ("状態", case["state"]),
        ("根拠", case["regime"]),
        ("通知日", _day(case["notified_on"])),
        ("作成日", format_wareki(day)),
        ("作成者", organisation),
    ]
    history = [(_day(row["at"][:10]), row["text"], row["by"]) for row in records["history"]]
    files = [(row["path"], row["kind"], _named(row), row["pages"]) for row in records["files"]]
    letters = [(row["path"], row["number"], _day(row["issued_on"])) for row in records["letters"]]
    parts = [
        _table("概要", ("項目", "内容"), rows),
        _table("発行した文書", ("ファイル", "文書番号", "発行日"), letters),
        _table("書類と記録", ("ファイル", "種類", "名称", "頁"), files),
        _table("経過", ("日", "内容", "行為者"), history),
        _links(paths),
    ]
    head = Markup("<title>{}</title><style>{}</style>").format(f"{number} 一件記録", Markup(STYLE))  # noqa: S704
    note = Markup(
        "<p>この一件記録の各ファイルのSHA-256は manifest.json にあります。"
        "個人情報を含みます。目的の外では使わないでください。</p>"
    )
    if protected:
        note += PROTECTED
    body = Markup("").join((Markup("<h1>{}　一件記録</h1>").format(number), note, *parts))
    page = Markup('<!doctype html>\n<html lang="ja"><head><meta charset="utf-8">{}</head><body>{}</body></html>\n')
    return str(page.format(head, body))


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['name']}（含めていない）" if row.get("left_out") else str(row["name"])


def _day(iso: str | None) -> str:
    return format_wareki(date.fromisoformat(iso)) if iso else "―"


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> Markup:
    if not rows:
        return Markup("<h2>{}</h2><p>ありません。</p>").format(caption)
    top = Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in heads)
    lines = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    return Markup("<h2>{}</h2><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(caption, top, lines)


def _links(paths: Sequence[str]) -> Markup:
    items = Markup("").join(
        Markup('<li><a href="{}">{}</a>{}</li>').format(path, path, escape(_said(path))) for path in paths
    )
    return Markup("<h2>すべてのファイル</h2><ul>{}</ul>").format(items)


def _said(path: str) -> str:
    name = NAMES.get(path.removesuffix(".json"), "") if path.endswith(".json") else ""
    return f"　{name}" if name else ""
