"""The project's own source, read as syntax trees for the tests of its architecture."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("portal", "disclosure", "discrepancy", "content", "search")


@dataclass(frozen=True)
class Module:
    """One file: its dotted name and its tree."""

    name: str
    path: Path
    tree: ast.Module

    @cached_property
    def imports(self) -> tuple[tuple[str, bool], ...]:
        """Each imported dotted name, and whether the import stands inside a function."""
        return tuple(self._imports())

    def _imports(self) -> Iterator[tuple[str, bool]]:
        inside = {
            id(child)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for child in ast.walk(node)
        }
        for node in ast.walk(self.tree):
            hidden = id(node) in inside
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield alias.name, hidden
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    yield f"{node.module}.{alias.name}", hidden


def modules() -> list[Module]:
    """Every module of the four folders, migrations' revisions left out."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "versions" in path.parts:
                continue
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            found.append(Module(name, path, ast.parse(path.read_text("utf-8"))))
    return found
