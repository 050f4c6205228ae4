"""Fields: what each refuses, in words."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal.web.fields import (
    CheckField,
    ChoiceField,
    ChoicesField,
    DateField,
    EmailField,
    KanaField,
    NameField,
    SelectField,
    TextAreaField,
    TextField,
)  # fmt: skip
from portal.web.forms import Form

OPTIONS = [("a", "A"), ("b", "B")]


class Sample(Form):
    class Meta:
        csrf = False

    text = TextField("Text", longest=5, required=False)
    area = TextAreaField("Area", longest=10, required=False)
    name = NameField("Name", required=False)
    kana = KanaField("Reading", required=False)
    day = DateField("Day", required=False)
    email = EmailField("Mail", required=False)
    choice = ChoiceField("One", choices=OPTIONS, required=False)
    choices = ChoicesField("Some", choices=OPTIONS, required=False)
    select = SelectField("Listed", choices=OPTIONS, required=False)
    check = CheckField("Tick")


class Needed(Form):
    class Meta:
        csrf = False

    text = TextField("Text")
    choice = ChoiceField("One", choices=OPTIONS)
    choices = ChoicesField("Some", choices=OPTIONS)
    check = CheckField("Tick", required=True)


def errors(app: Flask, kind: type[Form] = Sample, **values: Any) -> dict[str, Any]:
    with app.test_request_context("/en/form", method="POST"):
        app.preprocess_request()
        form = kind(MultiDict(values))
        form.validate()
        return dict(form.errors)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "葛󠄀城󠄀市か"),  # five characters, although seven code points
        ("area", "一\r\n二\r\n三"),
        ("name", "髙橋　𠮷子"),
        ("kana", "ヤマダ　ハナコ"),
        ("kana", "ﾔﾏﾀﾞ"),
        ("day", "平成28年10月13日"),
        ("day", "2016-10-13"),
        ("email", "name@example.jp"),
        ("choice", "a"),
        ("choices", "b"),
        ("select", "b"),
        ("text", ""),
        ("choice", ""),
    ],
)
def test_good_values_pass(app: Flask, field: str, value: str) -> None:
    found = errors(app, **{"select": "a", field: value})
    assert found == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "六文字です。"),
        ("text", "一\n二"),
        ("text", "a\u0000b"),
        ("area", "あ" * 11),
        ("area", "a" * 5_000_000),
        ("area", "123456789018"),
        ("name", "１２３４ ５６７８ ９０１８"),
        ("kana", "山田"),
        ("kana", "yamada"),
        ("day", "2016-02-30"),
        ("day", "昭和99年1月1日"),
        ("email", "name"),
        ("email", "a b@example.jp"),
        ("choice", "c"),
        ("choices", "c"),
        ("select", "c"),
    ],
)
def test_bad_values_are_refused_with_words(app: Flask, field: str, value: str) -> None:
    found = errors(app, **{"select": "a", field: value})
    assert set(found) == {field}
    (message,) = found[field]
    assert str(message)
    assert repr(value) not in str(message)


def test_what_is_needed_and_missing_is_said(app: Flask) -> None:
    assert set(errors(app, Needed)) == {"text", "choice", "choices", "check"}
    assert errors(app, Needed, text="x", choice="a", choices="a", check="y") == {}
