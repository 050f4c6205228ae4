"""What tests need not do again and again: compile templates and addresses, stretch passwords and codes in earnest.

Each test has an application of its own; what is compiled for it is the same every time.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from portal.core import code_lock, passwords

TESTS = Path(__file__).parent
IN_EARNEST = (passwords._MEMORY, passwords._PASSES)
AT_ONCE = (64, 1)
# Here a process of its own opens what the test has locked, or the stretching itself is the subject.
EARNEST = (
    "browser/", "chaos/", "portal/test_serve.py", "portal/test_cli.py", "portal/test_demo.py",
    "portal/core/test_passwords.py", "portal/core/test_code_lock.py", "portal/core/test_slots.py",
)  # fmt: skip


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


def set_stretching(path: Path) -> None:
    """Stretch as on the site for the tests of EARNEST, hardly at all for the others."""
    earnest = path.relative_to(TESTS).as_posix().startswith(EARNEST)
    memory, passes = IN_EARNEST if earnest else AT_ONCE
    for module in (code_lock, passwords):
        module._MEMORY, module._PASSES = memory, passes  # type: ignore[attr-defined]
    passwords._PREFIX = f"$argon2id$v=19$m={memory},t={passes},p=1$"
