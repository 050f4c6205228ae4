"""The house stands: floors import downwards only, and each dangerous thing has one door."""

import ast
from collections.abc import Callable
from functools import cache

import pytest

from tests.architecture.source import ROOT, Module, modules

FLOORS = (
    "portal.core",
    "portal.web",
    "portal.accounts",
    "portal.letters",
    "search",
    "content",
    "discrepancy",
    "disclosure",
)
FRONT_DOOR = frozenset(
    f"portal.{name}"
    for name in ("app", "cli", "demo", "doctor", "gallery", "schema", "serve", "services", "setup", "tables", "worker")
) | {"portal.migrations.env"}
SHELVES = ("rules", "models", "policy", "queries", "letters", "operations", "records", "forms", "views")
ONLY_IN = {
    "weasyprint": {
        "portal.core.pdf_layout",
        "portal.core.pdf_fonts",
        "portal.core.pdf_forms",
        "portal.core.pdf_shortcuts",
    },
    "whoosh": {
        "search.whoosh_engine",
        "search.whoosh_files",
        "search.whoosh_leaf",
        "search.whoosh_postings",
        "search.whoosh_schema",
    },
    "tantivy": {"search.tantivy_engine"},
    "openpyxl": {
        "portal.core.workbooks",
        "portal.core.workbook_archive",
        "portal.core.workbook_forms",
        "portal.core.workbook_numbers",
    },
    "smtplib": {"portal.core.mail"},
    "cryptography": {
        "portal.core.code_lock",
        "portal.core.vault",
        "portal.core.passwords",
        "portal.core.signing_keys",
        "portal.core.signing_request",
        "portal.core.signing_sample",
    },
    "brotli": {"content.operations.page_files"},
    "markdown_it": {"content.rules.markup"},
    "icalendar": {"portal.core.calendar_file"},
    "pyhanko": {f"portal.core.signing_{name}" for name in ("detached", "pades", "timestamp", "verify")},
    "pkcs11": {"portal.core.signing_token"},
    "time.time": {"portal.core.clock", "portal.core.db"},
    "os.environ": {"portal.core.settings"},
}


def floor_of(name: str) -> int | None:
    """The floor that a module stands on; None for the front door and everything foreign."""
    if name in FRONT_DOOR:
        return len(FLOORS)
    for number, prefix in enumerate(FLOORS):
        if name == prefix or name.startswith(f"{prefix}."):
            return number
    return None


@cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def known(imported: str) -> str:
    """The longest prefix of an imported name that is a module of ours."""
    while imported and imported not in names():
        imported = imported.rpartition(".")[0]
    return imported


def wrong(within: tuple[str, ...], refuses: Callable[[Module, str], bool]) -> list[str]:
    """The imports that are refused, in the modules whose names begin in one of these ways ("" for all)."""
    looked = [module for module in modules() if module.name.startswith(within)]
    assert looked
    return [f"{module.name} imports {name}" for module in looked for name in module.imports if refuses(module, name)]


def begins(imported: str, *with_any_of: str) -> bool:
    return any(imported == name or imported.startswith(f"{name}.") for name in with_any_of)


def test_a_module_imports_only_from_its_own_floor_or_below() -> None:
    def stands_above(module: Module, imported: str) -> bool:
        own, target = floor_of(module.name), floor_of(known(imported) or imported)
        return own is not None and target is not None and target > own

    assert wrong(("",), stands_above) == []


def test_personal_data_has_no_path_to_the_index() -> None:
    assert wrong(("disclosure", "discrepancy"), lambda _module, imported: begins(imported, "search")) == []


def test_within_a_room_shelves_import_upstream_only() -> None:
    def downstream(module: Module, imported: str) -> bool:
        room, shelf, *_ = [*module.name.split("."), ""]
        other = imported.split(".")[1] if begins(imported, room) and "." in imported else ""
        if room == "portal" or shelf not in SHELVES or other not in SHELVES:
            return False
        return SHELVES.index(other) > SHELVES.index(shelf)

    assert wrong(("",), downstream) == []


def test_the_ground_floor_knows_no_flask() -> None:
    banned = ("flask", "flask_wtf", "flask_babel", "werkzeug")
    assert wrong(("portal.core",), lambda _module, imported: begins(imported, *banned)) == []


def test_rules_are_pure() -> None:
    banned = ("flask", "sqlalchemy", "portal.core.db", "portal.core.clock", "portal.web")
    assert wrong(("",), lambda module, imported: ".rules" in module.name and imported.startswith(banned)) == []


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_each_dangerous_thing_has_one_importer(library: str) -> None:
    users = {module.name for module in modules() for name in module.imports if begins(name, library)}
    assert users <= ONLY_IN[library]


def test_nobody_but_the_clock_asks_the_time() -> None:
    for module in modules():
        if module.name in ("portal.core.clock", "portal.core.db"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                said = ast.unparse(node.func)
                assert said not in ("datetime.now", "date.today", "datetime.utcnow", "time.time", "time.monotonic"), (
                    f"{module.name} line {node.lineno} asks the clock itself: use portal.core.clock"
                )


def test_nobody_but_the_settings_reads_the_environment() -> None:
    for module in modules():
        if module.name == "portal.core.settings":
            continue
        text = module.path.read_text("utf-8")
        assert "os.environ" not in text, module.name
        assert "getenv(" not in text, module.name


def test_only_the_edges_commit() -> None:
    # tantivy calls the writing of its own files by the same name.
    edges = {"portal.core.db", "portal.web.edge", "portal.migrations.env", "search.tantivy_engine"}
    for module in modules():
        if module.name in edges:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr == "commit":
                pytest.fail(f"{module.name} line {node.lineno} commits; only the edge does")


def test_packages_are_docstrings() -> None:
    for module in modules():
        if module.path.name != "__init__.py" or module.name.endswith(".models"):
            continue
        body = module.tree.body
        assert len(body) <= 1, f"{module.path.relative_to(ROOT)} should be one docstring"
        assert ast.get_docstring(module.tree), f"{module.path.relative_to(ROOT)} says nothing"


def test_every_module_says_what_it_is() -> None:
    silent = [module.name for module in modules() if not ast.get_docstring(module.tree)]
    assert silent == []


def test_files_stay_readable() -> None:
    long = {m.name: n for m in modules() if (n := len(m.path.read_text("utf-8").splitlines())) > 300}
    assert long == {}


def test_there_is_no_drawer_for_everything() -> None:
    stems = {module.path.stem for module in modules()}
    assert not stems & {"utils", "helpers", "common", "misc", "util"}


def test_no_assert_guards_running_code() -> None:
    for module in modules():
        for node in ast.walk(module.tree):
            assert not isinstance(node, ast.Assert), f"{module.name} line {node.lineno}: raise instead"
