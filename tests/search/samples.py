"""A small corpus in the manner of the archive."""

from collections.abc import Mapping
from datetime import date

from search.backend import Backend
from search.query import parse
from search.record import Record


def a_record(
    key: str = "page/sample",
    title: str = "見本",
    body: str = "",
    *,
    language: str = "ja",
    day: date | None = None,
    facets: Mapping[str, tuple[str, ...]] | None = None,
    weight: float = 1.0,
) -> Record:
    return Record(key, key.split("/")[0], title, body, language, day, f"/{key}s", facets or {}, weight)


RECORDS = (
    a_record(
        "incident/relay-server",
        "中継サーバの負荷によるカード管理システムの障害",
        "平成28年1月18日、カード管理システムの中継サーバーが高い負荷で停止し、市区町村の窓口で個人番号カードの交付が止まった。\n\n"
        "原因は統合端末との接続数が設計を超えたことである。機器を交換し、4月に終息した。",
        day=date(2016, 1, 18),
        facets={"system": ("card-management",), "area": ("JP",)},
    ),
    a_record(
        "incident/relay-server",
        "Card management system halted by load on its relay servers",
        "On 18 January 2016 the relay servers of the card management system stopped under load. No cards were issued.",
        language="en",
        day=date(2016, 1, 18),
        facets={"system": ("card-management",), "area": ("JP",)},
    ),
    a_record(
        "incident/withheld-cards",
        "交付できない個人番号カード2万6千枚",
        "2万6千枚のカードについて交付の前処理に誤りがあり、機構は交付の差し控えを市区町村に求めた。",
        day=date(2016, 2, 3),
    ),
    a_record(
        "incident/withheld-cards",
        "26,000 cards that could not be handed out",
        "The issuing of 26,000 cards was held back after an error in preparation. The server was not involved.",
        language="en",
        day=date(2016, 2, 3),
    ),
    a_record(
        "incident/leap-day",
        "うるう日に生まれた人のカードの有効期限の誤り",
        "2月29日生まれの住民に交付したカードの有効期限が誤って記録された。うるう日の扱いが設計書になかった。",
        day=date(2016, 2, 29),
    ),
    a_record(
        "incident/katsushika",
        "葛飾区の通知カードの不達",
        "東京都葛飾区で約5,000世帯の通知カードが配達されなかった。",
        day=date(2015, 11, 20),
        facets={"area": ("131229",)},
    ),
    a_record(
        "letter/questions-2016",
        "公開質問状（2016年5月25日）とその回答",
        "問い１ サーバの設計について。回答：構成の詳細は安全のため、お答えを差し控えさせていただきます。\n\n"
        "問い２ 再発の防止について。回答：監視を強める。",
        day=date(2016, 10, 13),
    ),
    a_record("page/tokyo", "東京都の窓口", "東京都の各区の窓口を示す。", day=date(2017, 1, 1)),
    a_record("page/kyoto", "各地の窓口", "京都府と大阪府の窓口を示す。", day=date(2015, 1, 1)),
    a_record("system/lgwan", "総合行政ネットワーク（LGWAN）", "J-LISが運営する行政専用のネットワーク。", day=None),
    a_record(
        "system/servers",
        "ｻｰﾊﾞｰ室",
        "ﾌﾟﾛｸﾞﾗﾑを動かす機器の部屋。國土の各地にある。ＩＣカードの検査も行う。",
        day=date(2015, 10, 5),
    ),
    a_record(
        "figure/returns", "通知カードの返戻", "返戻は９８.５％が再交付された。第3報による。", day=date(2016, 3, 1)
    ),
)


def keys(engine: Backend, text: str, **more: object) -> list[str]:
    return [hit.key for hit in engine.find(parse(text), **more).hits]  # type: ignore[arg-type]
