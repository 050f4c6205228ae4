"""Requests on paper: when they may have arrived, and the columns and words of the table that enters many at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from disclosure.rules.identity import DOCUMENTS
from disclosure.rules.kinds import Channel, Delivery, Format, RecordKind
from disclosure.rules.tables import read
from portal.core.errors import N_
from portal.core.law_tables import in_force

FUTURE = N_("A request cannot have arrived in the future.")
TOO_LONG_AGO = N_("This is more than %(days)s days ago. Check the day; if it is right, ask the administrator.")
NOT_ON_PAPER = N_("Requests over the web are filed by their requesters themselves.")
BACK_OF_A_CARD = N_("The back of a card shows the personal number and is never taken. Take the front only.")
NOT_PROOF = N_("This document is not accepted as proof of identity.")

ON_PAPER = (Channel.WINDOW, Channel.POST, Channel.FAX)
# So many are filed in less than 20 seconds on two busy cores; a longer pile is entered in several tables.
MOST_ROWS = 150


@dataclass(frozen=True)
class Terms:
    """The office's own numbers of days, from a day on."""

    effective_from: date
    longest_back_days: int
    source: str


TERMS = read("reception.toml", "terms", Terms)


def day_problem(received_on: date, *, today: date) -> tuple[str, dict[str, int]] | None:
    """Why a request cannot have arrived on this day, as a message id with its parameters; None when it can."""
    if received_on > today:
        return FUTURE, {}
    terms = in_force(TERMS, today)
    if terms is None or (today - received_on).days > terms.longest_back_days:
        return TOO_LONG_AGO, {"days": terms.longest_back_days if terms else 0}
    return None


_BACK = re.compile(
    r"裏面|裏側|うら面|ウラ面|(?:の|カード|証|[_(\-\s])裏|^裏$|^裏\.|(?<![a-z])back(?![a-z])", re.IGNORECASE
)


def names_a_back(text: str) -> bool:
    """Whether words, as of a file's name, speak of the back of a card."""
    return bool(_BACK.search(unicodedata.normalize("NFKC", text)))


def document_problem(code: str, day: date) -> str | None:
    """Why a kind of document that was shown is no proof of identity on ``day``; None when it is one."""
    kind = DOCUMENTS.get(code)
    return None if kind and kind.accepted and kind.effective_from <= day else NOT_PROOF


def plain(text: str) -> str:
    """A word as it is compared: any width, any case, any spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True)
class Column:
    """A column of the table: the field of the form, its heading, and the words for its values, if it is a closed list.

    The first word of a value is the one that the template offers.
    """

    field: str
    heading: str
    required: bool = False
    words: Mapping[Any, tuple[str, ...]] | None = None

    @property
    def is_day(self) -> bool:
        """Whether a number in it can be a day as spreadsheets count them."""
        return self.field in ("birth_date", "received_on")

    @property
    def offers(self) -> tuple[str, ...]:
        """The words that the template offers, one for each value."""
        return tuple(words[0] for words in (self.words or {}).values())

    def value(self, text: str) -> str | None:
        """What the form is given: the value that a word or the value itself stands for; None for an unknown word."""
        if self.words is None:
            return text
        said = plain(text)
        return next((str(key) for key, words in self.words.items() if said in (key, *map(plain, words))), None)


_DOCUMENTS = {
    "driving-licence": ("運転免許証", "免許証"),
    "number-card": (
        "マイナンバーカード",
        "個人番号カード",
        "マイナンバーカード（表面）",
        "マイナンバーカード（表面のみ）",
    ),
    "residence-card": ("在留カード",),
    "special-permanent-resident": ("特別永住者証明書",),
    "passport": ("旅券", "パスポート"),
    "eligibility-certificate": ("資格確認書", "健康保険の資格確認書"),
    "resident-record": ("住民票の写し", "住民票"),
    "register-addresses": ("戸籍の附票の写し", "戸籍の附票", "附票"),
    "residence-abroad": ("在留証明",),
}
_CHANNELS = {Channel.WINDOW: ("窓口",), Channel.POST: ("郵送", "郵便"), Channel.FAX: ("ファクス", "ファックス", "FAX")}
_RECORDS = {
    RecordKind.FORM: ("交付申請書", "申請書"),
    RecordKind.PHOTO: ("顔写真", "写真"),
    RecordKind.BOTH: ("両方",),
    RecordKind.IDENTITY_DATA: ("本人確認情報",),
    RecordKind.CERTIFICATES: ("電子証明書の記録", "認証業務情報"),
    RecordKind.EXCHANGE_LOG: ("情報提供等の記録",),
    RecordKind.INQUIRY: ("捜査関係事項照会",),
    RecordKind.OTHER: ("その他", "その他の記録"),
}
_WHOSE = {
    "mine": ("本人",),
    "statutory": ("法定代理人", "親権者", "後見人"),
    "mandated": ("任意代理人", "委任による代理人"),
}
_CAPACITIES = {
    "parent": ("親権者", "親権者（父母）", "父", "母"),
    "minor-guardian": ("未成年後見人",),
    "adult-guardian": ("成年後見人",),
    "curator": ("保佐人・補助人", "保佐人", "補助人"),
    "mandate": ("委任による代理人", "任意代理人", "受任者"),
}
_PROOFS = {
    "family-register": ("戸籍謄本", "戸籍全部事項証明書"),
    "registered-matters": ("登記事項証明書",),
    "other-capacity": ("審判書", "その他の証明書"),
    "mandate": ("委任状",),
    "seal-certificate": ("印鑑登録証明書", "印鑑証明書"),
    "mandator-identity": ("委任者の本人確認書類",),
}
_DELIVERIES = {
    Delivery.DOWNLOAD: ("ダウンロード",),
    Delivery.POST: ("郵送", "郵便"),
    Delivery.OFFICE: ("窓口", "来所"),
}
_FORMATS = {
    Format.PDF: ("PDF",),
    Format.IMAGE: ("画像",),
    Format.PAPER: ("紙",),
    Format.LARGE_PRINT: ("拡大文字",),
    Format.TEXT: ("テキスト",),
    Format.CARRIER: ("CD-R", "記録媒体"),
    Format.INSPECTION: ("閲覧",),
}
COLUMNS = (
    Column("channel", "受付の方法", required=True, words=_CHANNELS),
    Column("received_on", "到達日"),
    Column("whose", "請求者の区分", words=_WHOSE),
    Column("name", "氏名", required=True),
    Column("kana", "ふりがな", required=True),
    Column("birth_date", "生年月日", required=True),
    Column("postal_code", "郵便番号"),
    Column("address", "住所", required=True),
    Column("telephone", "電話番号"),
    Column("email", "メールアドレス"),
    Column("language", "言語", words={"ja": ("日本語",), "en": ("英語", "English")}),
    Column("protected", "住所の秘匿", words={"y": ("はい", "必要"), "": ("いいえ",)}),
    Column("capacity", "代理の資格", words=_CAPACITIES),
    Column("agent_name", "代理人の氏名"),
    Column("agent_kana", "代理人のふりがな"),
    Column("agent_postal_code", "代理人の郵便番号"),
    Column("agent_address", "代理人の住所"),
    Column("agent_telephone", "代理人の電話番号"),
    Column("proofs_shown", "確認した代理権の書類", words=_PROOFS),
    Column("records", "請求する記録", required=True, words=_RECORDS),
    Column("address_then", "申請時の住所"),
    Column("details", "記録の手掛かり"),
    Column("delivery", "受け取り方", required=True, words=_DELIVERIES),
    Column("format", "写しの形式", required=True, words=_FORMATS),
    Column("shown", "確認した書類", words=_DOCUMENTS),
    Column("proxy_name", "代筆者"),
    Column("proxy_reason", "代筆の理由"),
)
_HEADINGS = {plain(column.heading): column for column in COLUMNS}


def column_of(heading: str) -> Column | None:
    """The column with this heading, in any width and with any spaces."""
    return _HEADINGS.get(plain(heading))


def listed(text: str) -> list[str]:
    """The words of a cell that may name several things, separated by commas or signs of enumeration."""
    return [part.strip() for part in re.split(r"[、，,;；/／+＋\n]", text) if part.strip()]
