"""The house stands: floors import downwards only, and each dangerous thing has one door."""

import ast

import pytest

from tests.architecture.source import ROOT, Module, modules

MODULES = modules()
NAMES = frozenset(module.name for module in MODULES)
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
    "openpyxl": {"portal.core.workbooks", "portal.core.workbook_archive", "portal.core.workbook_forms"},
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


def known(imported: str) -> str:
    """The longest prefix of an imported name that is a module of ours."""
    while imported and imported not in NAMES:
        imported = imported.rpartition(".")[0]
    return imported


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_module_imports_only_from_its_own_floor_or_below(module: Module) -> None:
    own = floor_of(module.name)
    if own is None:
        return
    for imported, _hidden in module.imports:
        target = floor_of(known(imported) or imported)
        assert target is None or target <= own, f"{module.name} imports {imported}, which stands above it"


@pytest.mark.parametrize(
    "module", [m for m in MODULES if m.name.startswith(("disclosure", "discrepancy"))], ids=lambda m: m.name
)
def test_personal_data_has_no_path_to_the_index(module: Module) -> None:
    assert not [name for name, _ in module.imports if name == "search" or name.startswith("search.")]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_within_a_room_shelves_import_upstream_only(module: Module) -> None:
    room, _, rest = module.name.partition(".")
    shelf = rest.partition(".")[0]
    if room == "portal" or shelf not in SHELVES:
        return
    for imported, _hidden in module.imports:
        if imported.startswith(f"{room}."):
            other = imported.split(".")[1]
            if other in SHELVES:
                assert SHELVES.index(other) <= SHELVES.index(shelf), f"{module.name} imports {imported}"


@pytest.mark.parametrize("module", [m for m in MODULES if m.name.startswith("portal.core")], ids=lambda m: m.name)
def test_the_ground_floor_knows_no_flask(module: Module) -> None:
    assert not [
        name for name, _ in module.imports if name.split(".")[0] in ("flask", "flask_wtf", "flask_babel", "werkzeug")
    ]


@pytest.mark.parametrize("module", [m for m in MODULES if ".rules" in m.name], ids=lambda m: m.name)
def test_rules_are_pure(module: Module) -> None:
    banned = ("flask", "sqlalchemy", "portal.core.db", "portal.core.clock", "portal.web")
    assert not [name for name, _ in module.imports if name.startswith(banned)]


@pytest.mark.parametrize("library", sorted(ONLY_IN))
def test_each_dangerous_thing_has_one_importer(library: str) -> None:
    users = {
        module.name
        for module in MODULES
        for name, _ in module.imports
        if name == library or name.startswith(f"{library}.")
    }
    assert users <= ONLY_IN[library]


def test_nobody_but_the_clock_asks_the_time() -> None:
    for module in MODULES:
        if module.name in ("portal.core.clock", "portal.core.db"):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                said = ast.unparse(node.func)
                assert said not in ("datetime.now", "date.today", "datetime.utcnow", "time.time", "time.monotonic"), (
                    f"{module.name} line {node.lineno} asks the clock itself: use portal.core.clock"
                )


def test_nobody_but_the_settings_reads_the_environment() -> None:
    for module in MODULES:
        if module.name == "portal.core.settings":
            continue
        text = module.path.read_text("utf-8")
        assert "os.environ" not in text, module.name
        assert "getenv(" not in text, module.name


def test_only_the_edges_commit() -> None:
    # tantivy calls the writing of its own files by the same name.
    edges = {"portal.core.db", "portal.web.edge", "portal.migrations.env", "search.tantivy_engine"}
    for module in MODULES:
        if module.name in edges:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr == "commit":
                pytest.fail(f"{module.name} line {node.lineno} commits; only the edge does")


def test_packages_are_docstrings() -> None:
    for module in MODULES:
        if module.path.name != "__init__.py" or module.name.endswith(".models"):
            continue
        body = module.tree.body
        assert len(body) <= 1, f"{module.path.relative_to(ROOT)} should be one docstring"
        assert ast.get_docstring(module.tree), f"{module.path.relative_to(ROOT)} says nothing"


def test_every_module_says_what_it_is() -> None:
    silent = [module.name for module in MODULES if not ast.get_docstring(module.tree)]
    assert silent == []


def test_files_stay_readable() -> None:
    long = {m.name: n for m in MODULES if (n := len(m.path.read_text("utf-8").splitlines())) > 300}
    assert long == {}


def test_there_is_no_drawer_for_everything() -> None:
    names = {module.path.stem for module in MODULES}
    assert not names & {"utils", "helpers", "common", "misc", "util"}


def test_no_assert_guards_running_code() -> None:
    for module in MODULES:
        for node in ast.walk(module.tree):
            assert not isinstance(node, ast.Assert), f"{module.name} line {node.lineno}: raise instead"
