"""A made corpus in the vocabulary of the archive, and queries for it.

Documents of 600 to 1,500 characters, a fifth of them in English as well as in Japanese. Words follow Zipf's law: the
first of them stand in nearly every document, the names of some 1,700 municipalities at the end of the list in a few
each. Of the queries some are words as they stand, some are cut out of longer ones.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from search.record import Record

_MUNICIPALITIES = Path(__file__).parents[1] / "content/data/municipalities.csv"
_WORDS = """
障害 カード 中継サーバ 中継サーバー システム 市町村 交付 個人番号カード 住民基本台帳 再起動 遅延 通知カード
発行 統合端末 暗証番号 回線 復旧 原因 調査 対策 住民 窓口 更新 電子証明書 失効 公的個人認証 署名 区画 容量
不足 設定 誤り 文字 外字 転入 転出 うるう日 生年月日 写真 申請書 送付 封入 漏れ 委託先 工場 検査 手順 運用
監視 機器 交換 予備 切替 業務 停止 影響 件数 報告 総務省 都道府県 葛飾区 飯田市 長野県 坂出市 香川県 京都府
東京都 札幌市 大阪市 仙台市 横浜市 再発防止 差し控え 公表 質問状 回答 コールセンター 研修 満足度 職員 予算
ＬＧＷＡＮ J-LIS サーバー ネットワーク データベース プログラム 不具合 ログ
"""
_JOINTS = ("の", "が", "を", "に", "で", "は", "と", "により、", "について", "から", "した。", "があった。", "、")
_ENGLISH = ("relay", "server", "failure", "cards", "issued", "restart", "capacity", "certificate", "outage", "report")
_SMALL = ("the", "of", "a", "in", "was", "after", "municipality", "several", "system", "restored")
_QUERIES = """
中継サーバ 中継サーバー ｻｰﾊﾞｰ 障害 カード システム 葛飾区 うるう日 2万6千 差し控え relay_server 京都
東京都 住民基本台帳 個人番号カード 再発防止 統合端末_遅延 平成28年1月18日 2016-01 中継サーバ_OR_統合端末
障害_-復旧 "電子証明書の失効" 市 文 字 外字 コールセンター 質問状_回答 J-LIS LGWAN 職員 予算 公的個人認証
ネットワーク データベース 写真_申請書 長野県_坂出市 server municipality 26000 暗証番号 さーばー
松本市 松本市_障害 根室市_OR_稚内市 屋久島町 奈良市_カード_交付 "那覇市の障害" 宇都宮市_-障害 金沢市_2016年
高知市_中継サーバー 鳥取市_公表 基本台帳 番号カード 継サーバ 電子証明 が停止 再起動により 都道府県が
system:system-3_障害 year:2016_カード 平成28年4月以降_障害
"""
QUERIES = [query.replace("_", " ") for query in _QUERIES.split()]
CAUSES = ("capacity", "software", "hardware", "network", "procedure", "contractor", "unknown")
FOREIGN = 5  # one document in so many is the English text of the one before it


@lru_cache(maxsize=1)
def words() -> list[str]:
    """The frequent words first."""
    with _MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        names = [row["name_ja"] for row in csv.DictReader(line for line in lines if line[:1] != "#")]
    return list(dict.fromkeys([*_WORDS.split(), *names]))


def corpus(count: int, seed: int = 7) -> Iterator[Record]:
    """So many records, the same ones each time."""
    chance = random.Random(seed)
    vocabulary = words()
    weights = list(accumulate(1 / (rank + 1) for rank in range(len(vocabulary))))
    before: Record | None = None
    for number in range(count):
        if before and number % FOREIGN == FOREIGN - 1:
            yield replace(before, title=_english(chance, 6), body=_english(chance, 150), language="en")
            continue
        day = date(2015, 10, 5) + timedelta(days=chance.randrange(900))
        title = "".join(chance.choices(vocabulary, cum_weights=weights, k=2)) + "について"
        facets = {
            "system": (f"system-{chance.randrange(12)}",),
            "cause": (chance.choice(CAUSES),),
            "area": tuple({f"area-{int(chance.paretovariate(0.3)) % 1788:04}" for _ in range(chance.randrange(4))}),
            "year": (str(day.year),),
        }
        kind = chance.choice(("incident", "letter", "figure", "page"))
        body = _japanese(chance, vocabulary, weights, day)
        before = Record(f"{kind}/{number}", kind, title, body, "ja", day, f"/{kind}/{number}", facets)
        yield before


def _japanese(chance: random.Random, vocabulary: list[str], weights: list[float], day: date) -> str:
    body = [f"{day.year}年{day.month}月{day.day}日、"]
    size, length = len(body[0]), chance.randint(600, 1500)
    while size < length:
        part = chance.choices(vocabulary, cum_weights=weights)[0] + chance.choice(_JOINTS)
        if chance.random() < 0.02:
            part += f"{chance.randrange(1, 90_000)}件"
        if chance.random() < 0.01:
            part += "2万6千枚"
        if chance.random() < 0.02:
            part += " ".join(chance.sample(_ENGLISH, 3)) + " "
        body.append(part)
        size += len(part)
    return "".join(body)


def _english(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices((*_ENGLISH, *_SMALL), k=count))
