"""Marks change with everything that an answer depends on, and whoever has the present answer is told so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, Response

from portal.core import made_by
from portal.core.settings import Settings
from portal.web import freshness


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__)
    made.config[freshness.MADE_BY] = "this code"
    return made


def mark(app: Flask, path: str, version: str = "r7", *more: str, root: str = "") -> str:
    with app.test_request_context(path, environ_overrides={"SCRIPT_NAME": root}):
        return freshness.mark(version, *more)


def test_a_mark_is_of_address_language_version_day_and_code(app: Flask) -> None:
    marks = [
        mark(app, "/a"),
        mark(app, "/b"),
        mark(app, "/a?page=2"),
        mark(app, "/a", root="/en"),
        mark(app, "/a", "r8"),
        mark(app, "/a", "r7", "2026-11-21"),
    ]
    app.config[freshness.MADE_BY] = "other code"
    marks.append(mark(app, "/a"))
    assert len(set(marks)) == len(marks)
    assert all(one.startswith(("r7-", "r8-")) for one in marks)


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        ('"r7-x"', True),
        ('W/"r7-x"', True),  # a proxy that compresses weakens marks
        ('"r6-y", W/"r7-x" , "other"', True),
        ('"r7-y"', False),
        ('"r6-y", "r5"', False),
        ("*", False),  # there may be nothing under this address
        ("r7-x", True),
        ("", False),
    ],
)
def test_conditions_are_read_as_the_standard_says(app: Flask, asked: str, same: bool) -> None:
    for method in ("GET", "HEAD"):
        with app.test_request_context("/", method=method, headers={"If-None-Match": asked}):
            answer = freshness.unchanged("r7-x")
            assert (answer is not None) is same
            if answer is not None:
                assert (answer.status_code, answer.get_data(), answer.headers["ETag"]) == (304, b"", '"r7-x"')
    with app.test_request_context("/", method="POST", headers={"If-None-Match": asked}):
        assert freshness.unchanged("r7-x") is None
    assert freshness.marked(Response("a"), "r7-x").get_etag() == ("r7-x", False)


def test_the_mark_of_an_installation_changes_with_what_it_shows(settings: Settings, tmp_path: Path) -> None:
    law = tmp_path / "law"
    law.mkdir()
    others = [
        replace(settings, public_url="https://other.example"),
        replace(settings, sample=not settings.sample),
        replace(settings, organisation=replace(settings.organisation, name="別の団体")),
        replace(settings, law_folder=law),
    ]
    marks = {made_by.mark(one) for one in (settings, *others)}
    assert len(marks) == 4  # an empty folder of law says nothing
    (law / "fees.toml").write_text("a = 1")
    assert made_by.mark(others[-1]) not in marks
    assert made_by.mark(replace(settings, port=9, web_processes=7)) == made_by.mark(settings)


def test_a_deployment_changes_every_mark(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = made_by.mark(settings)
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "page.html").write_text("new")
    monkeypatch.setattr(made_by, "ROOT", tmp_path)
    made_by._code.cache_clear()
    try:
        after = made_by.mark(settings)
    finally:
        made_by._code.cache_clear()
    assert before != after
