"""What an answer's wording gives away."""

from __future__ import annotations

import pytest

from content.rules.archive.kinds import AnswerType as T
from content.rules.question_letters.wording import is_formula, proposed_types


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("窓口の端末を増やし、3月1日に置き換えを終えました。", T.A1),
        ("4月20日に公表した「障害の経緯」のとおりです。", T.A2),
        ("ご理解のとおりです。", T.A3),
        ("お尋ねの件が資料2の状況であれば、お見込みのとおりです。", T.A4),
        ("システムの詳細に関わりますので、回答は差し控えます。", T.A5),
        ("現在、全体の点検を行っているところですので、回答を差し控えます。", T.A6),
        ("設計情報は機密情報であるため、提供していません。", T.A7),
        ("当機構が実施した調達ではありません。", T.A8),
        ("市区町村が保有する記録であり、各市区町村において対応することとなります。", T.A9),
        ("委任者である市に対して説明を行っているところです。", T.A10),
        ("関係法令に基づき適正に対応いたします。", T.A11),
        ("カードの不具合ではなく、製造の手順を誤ったことによるものです。", T.A12),
    ],
)
def test_each_type_is_proposed_for_its_wording(text: str, first: T) -> None:
    assert proposed_types(text)[0] is first


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("関係法令に基づき適正に対応いたします。", True),
        ("関係法令に基づき\n適正に対応いたします。引き続き改善に努めてまいります。", True),
        ("回答は差し控えさせていただきます。", True),
        ("現在、全体の点検を行っているところですので、回答を差し控えます。", False),
        ("お見込みのとおりです。", False),
        ("関係法令に基づき適正に対応いたします。請求の窓口は総務課で、用紙は各窓口にあります。", False),
        ("", False),
    ],
)
def test_a_formula_is_told_from_an_answer(text: str, formula: bool) -> None:
    assert is_formula(text) is formula
