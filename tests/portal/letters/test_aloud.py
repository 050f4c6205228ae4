"""Letters as text for reading aloud."""

from __future__ import annotations

import pytest

from portal.letters.aloud import linear


def said(body: str) -> list[str]:
    return linear(f"<html lang='ja'><head><title>x</title></head><body>{body}</body></html>").splitlines()


TABLE = (
    "<table><caption>理由</caption><thead><tr><th>部分</th><th>性質</th></tr></thead>"
    "<tbody><tr><th>氏名</th><td>個人の情報です。</td></tr></tbody></table>"
)
HEADLESS = "<table><tbody><tr><th>番号</th><td>1</td></tr></tbody></table>"
NESTED = "<ol><li>一<ol><li>甲</li><li>乙</li></ol></li><li>二</li></ol>"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<h1>通知</h1><h2>１　記録</h2>", ["表題、通知。", "見出し、1　記録。"]),
        ("<p>令和元年5月1日</p><p>昭和37年法律第139号</p>", ["令和元年（2019年）5月1日。", "昭和37年法律第139号。"]),
        ("<p>〒100-0000</p>", ["郵便番号 100-0000。"]),
        ("<p>https://kaiji.example/verify/A</p><p>電話 1</p>", ["https://kaiji.example/verify/A", "電話 1。"]),
        (NESTED, ["その1、一。", "その1の1、甲。", "その1の2、乙。", "その2、二。"]),
        (TABLE, ["表、理由、全部で1行。", "1行目。", "部分は、氏名。", "性質。個人の情報です。", "表は、ここまで。"]),
        (HEADLESS, ["表、全部で1行。", "1行目。", "番号。", "1。", "表は、ここまで。"]),
        ("<div><img src='data:,' alt='公印'><p>葛󠄂城　𠮷之助　様</p></div>", ["葛󠄂城　𠮷之助　様。"]),
        ("<p>第78条<br>（例外）</p>", ["第78条、（例外）。"]),
    ],
)  # fmt: skip
def test_each_part_of_a_letter_becomes_sentences(body: str, lines: list[str]) -> None:
    assert said(body) == lines
