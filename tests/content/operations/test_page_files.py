"""Files in their places: whole, packed, and never with the mark of an older one."""

from __future__ import annotations

from pathlib import Path

from content.operations import page_files


def test_a_page_written_again_is_younger_by_whole_seconds(tmp_path: Path) -> None:
    marks = set()
    for text in (b"one", b"two", b"six"):
        page_files.put(tmp_path, "a/index.html", text)
        files = [tmp_path / "a" / name for name in ("index.html", "index.html.gz", "index.html.br")]
        marks.add(tuple((int(path.stat().st_mtime), path.stat().st_size) for path in files))
        assert page_files.problem(tmp_path, "a/index.html", text) == ""
    assert len(marks) == 3
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["index.html", "index.html.br", "index.html.gz"]
