"""What tests need not do again and again: compile templates, addresses and statements, stretch passwords and codes in
earnest, wait for the disk, look for garbage in what stays.

Each test has an application of its own; what is compiled for it is the same every time.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Mapper
from sqlalchemy.util import LRUCache, memoized_property
from werkzeug.routing import Rule

from portal.core import code_lock, db, passwords

TESTS = Path(__file__).parent
STATEMENTS = 2000
IN_EARNEST = (passwords._MEMORY, passwords._PASSES)
AT_ONCE = (64, 1)
# Here a process of its own opens what the test has locked, or the stretching or the disk is the subject.
EARNEST = (
    "browser/", "chaos/", "portal/test_serve.py", "portal/test_cli.py", "portal/test_demo.py",
    "portal/core/test_passwords.py", "portal/core/test_code_lock.py", "portal/core/test_slots.py",
    "portal/core/test_db.py",
)  # fmt: skip


_earnest = False
_fsync = os.fsync


class KeptTemplates(BytecodeCache):
    """Compiled templates of this process; one that was changed has another checksum."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, tuple[str, ...]], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[_key(bucket)] = bucket.code


def _key(bucket: Bucket) -> tuple[str, str, tuple[str, ...]]:
    return bucket.key, bucket.checksum, tuple(sorted(bucket.environment.extensions))


def keep_what_is_compiled() -> None:
    """From now on templates and the builders of addresses are compiled once a process."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": KeptTemplates()}
    compile_builder: Callable[[Rule, bool], Any] = Rule._compile_builder
    made: dict[tuple[Any, ...], Any] = {}

    def kept_builder(rule: Rule, append_unknown: bool = True) -> Any:
        # The builder is made from these alone; the rule itself is handed to it when it is called.
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in made:
            made[key] = compile_builder(rule, append_unknown)
        return made[key]

    Rule._compile_builder = kept_builder  # type: ignore[method-assign]


class KeptStatements(LRUCache[Any, Any]):
    """Statements in the words of a kind of database, whichever of its databases they were first put to.

    SQLAlchemy keeps them by the engine's own dialect, and each test has an engine of its own.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__((type(key[0]), *key[1:]))

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), value)


def keep_statements() -> None:
    """From now on a statement is put into words once a process, not once for each database of a test."""
    kept, open_engine = KeptStatements(STATEMENTS), db.open_engine

    def open_with_kept(url: str) -> Engine:
        engine = open_engine(url)
        engine._compiled_cache = kept
        if engine.name == "sqlite":
            event.listen(engine, "connect", _wait_for_no_disk)
        return engine

    db.open_engine = open_with_kept
    Mapper._compiled_cache = memoized_property(_compiled_cache)  # type: ignore[assignment]


def _compiled_cache(mapper: Mapper[Any]) -> KeptStatements:
    """What rows of a table are written with is kept beside their class."""
    return KeptStatements(mapper._compiled_cache_size)


def _wait_for_no_disk(connection: Any, _record: object) -> None:
    if not _earnest:
        connection.execute("PRAGMA synchronous = OFF")


def look_through_less() -> None:
    """What is there for the whole run is left out of the garbage collector's rounds, and these are fewer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def set_earnest(path: Path) -> None:
    """As on the site for the tests of EARNEST; the others stretch hardly at all and do not wait for the disk.

    No test pulls the plug, so what is written is read again whether it has reached the disk or not.
    """
    global _earnest
    _earnest = path.relative_to(TESTS).as_posix().startswith(EARNEST)
    os.fsync = _fsync if _earnest else lambda _file: None
    memory, passes = IN_EARNEST if _earnest else AT_ONCE
    for module in (code_lock, passwords):
        module._MEMORY, module._PASSES = memory, passes  # type: ignore[attr-defined]
    passwords._PREFIX = f"$argon2id$v=19$m={memory},t={passes},p=1$"
