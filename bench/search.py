"""The search measured: building an index and asking it, on a made corpus in the vocabulary of the archive.

Run: ``python -m bench.search [documents]``. Times are CPU time of this process.
"""

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from search.queries import find
from search.record import Record
from search.whoosh_engine import WhooshEngine

_WORDS = """
障害 カード 中継サーバ 中継サーバー システム 市町村 交付 個人番号カード 住民基本台帳 再起動 遅延 通知カード
発行 統合端末 暗証番号 回線 復旧 原因 調査 対策 住民 窓口 更新 電子証明書 失効 公的個人認証 署名 区画 容量
不足 設定 誤り 文字 外字 転入 転出 うるう日 生年月日 写真 申請書 送付 封入 漏れ 委託先 工場 検査 手順 運用
監視 機器 交換 予備 切替 業務 停止 影響 件数 報告 総務省 都道府県 葛飾区 飯田市 長野県 坂出市 香川県 京都府
東京都 札幌市 大阪市 仙台市 横浜市 再発防止 差し控え 公表 質問状 回答 コールセンター 研修 満足度 職員 予算
ＬＧＷＡＮ J-LIS サーバー ネットワーク データベース プログラム 不具合 ログ
"""
WORDS = _WORDS.split()
JOINTS = (
    "の",
    "が",
    "を",
    "に",
    "で",
    "は",
    "と",
    "により、",
    "について",
    "から",
    "した。",
    "があった。",
    "について確認した。",
    "、",
)
_ENGLISH = """
relay server failure cards issued municipality restart capacity notification certificate outage report
"""
ENGLISH = _ENGLISH.split()
_QUERIES = """
中継サーバ 中継サーバー ｻｰﾊﾞｰ 障害 カード システム 葛飾区 うるう日 2万6千 差し控え relay_server 京都
東京都 住民基本台帳 個人番号カード 再発防止 統合端末_遅延 平成28年1月18日 2016-01 中継サーバ_OR_統合端末
障害_-復旧 "電子証明書の失効" 市 文 字 外字 コールセンター 質問状_回答 J-LIS LGWAN 職員 予算 公的個人認証
ネットワーク データベース 写真_申請書 長野県_坂出市 server municipality 26000 暗証番号 さーばー
"""
QUERIES = _QUERIES.split()


def corpus(count: int, seed: int = 7) -> Iterator[Record]:
    """Documents of 600 to 1,500 characters; frequent words are much more frequent than rare ones."""
    chance = random.Random(seed)
    weights = [1 / (rank + 1) ** 0.8 for rank in range(len(WORDS))]
    for number in range(count):
        day = date(2015, 10, 5) + timedelta(days=chance.randrange(900))
        parts = [f"{day.year}年{day.month}月{day.day}日、"]
        length = chance.randint(600, 1500)
        while sum(map(len, parts)) < length:
            parts.append(chance.choices(WORDS, weights)[0] + chance.choice(JOINTS))
            if chance.random() < 0.02:
                parts.append(f"{chance.randrange(1, 90_000)}件")
            if chance.random() < 0.01:
                parts.append("2万6千枚")
            if chance.random() < 0.02:
                parts.append(" ".join(chance.sample(ENGLISH, 3)) + " ")
        title = "".join(chance.choices(WORDS, weights, k=2)) + "について"
        facets = {"system": (f"system-{chance.randrange(12)}",), "year": (str(day.year),)}
        kind = chance.choice(("incident", "letter", "figure", "page"))
        yield Record(f"{kind}/{number}", kind, title, "".join(parts), "ja", day, f"/{kind}/{number}", facets)


def measure(count: int = 2000, rounds: int = 3) -> dict[str, object]:
    """Build and ask; returns the figures."""
    records = list(corpus(count))
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index")
        began = time.process_time()
        engine.put(records, afresh=True)
        build = time.process_time() - began
        began = time.process_time()
        engine.put([Record("page/new", "page", "新しい頁", "本文", "ja", None, "/new")])
        one = time.process_time() - began
        cold = [_ask(engine, query) for query in QUERIES]
        warm = [_ask(engine, query) for _ in range(rounds) for query in QUERIES]
        size = engine.stats().size
    return {
        "documents": count,
        "build_documents_per_second": round(count / build),
        "one_more_document_ms": round(one * 1000, 1),
        "index_megabytes": round(size / 1e6, 1),
        "queries": len(QUERIES),
        "first_time_ms": _spread(cold),
        "again_ms": _spread(warm),
    }


def _ask(engine: WhooshEngine, query: str) -> float:
    began = time.process_time()
    find(engine, query.replace("_", " "), language="ja", facets=("kind", "system", "year"))
    return (time.process_time() - began) * 1000


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(ordered[len(ordered) // 2], 2),
        "p95": round(ordered[int(len(ordered) * 0.95)], 2),
        "max": round(ordered[-1], 2),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2000), indent=2))
