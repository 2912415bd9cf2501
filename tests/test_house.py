"""The house keeps its own rules: imports run one way, starting is quick, tests say what they show."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "communique"

ROOMS = (
    "errors", "records", "settings", "data", "intake", "cleaning", "language", "dates", "actors", "encounters",
    "statements", "knowledge", "pipeline", "analysis", "linking", "store", "query", "export", "deadline", "workers",
    "ingest", "record", "mending", "cli",
)  # fmt: skip
"""From the first room to the last: a room imports only rooms that stand before it."""

MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(tree: ast.AST) -> set[str]:
    rooms: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "communique":
            parts = node.module.split(".")
            rooms |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            rooms |= {a.name.split(".")[1] for a in node.names if a.name.startswith("communique.")}
    return rooms - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_room_imports_a_later_room(path: Path) -> None:
    """A room imports itself and the rooms before it, never a later one."""
    room = room_of(path)
    if room in {"__init__", "__main__"}:
        return
    assert room in ROOMS, f"{room} has no place in the order of rooms"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    later = {r for r in imported_rooms(tree) if ROOMS.index(r) > ROOMS.index(room)}
    assert not later, f"{path.relative_to(ROOT)} imports the later {', '.join(sorted(later))}"


@pytest.mark.parametrize("path", TESTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_test_opens_with_a_sentence_of_behaviour(path: Path) -> None:
    """Each test function has a docstring that says what it shows."""
    bare = [
        node.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert not bare, f"{path.relative_to(ROOT)}: {', '.join(bare)}"


def test_tests_mirror_the_tree() -> None:
    """Every folder of tests is a room."""
    folders = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and not p.name.startswith(("_", "."))}
    assert folders <= set(ROOMS)


def test_nothing_is_fetched_or_read_from_the_clock_while_a_report_is_read() -> None:
    """The rooms of `analyse` import no network, no clock and no randomness."""
    pure = ("cleaning", "language", "dates", "actors", "encounters", "statements", "pipeline", "linking")
    forbidden = re.compile(
        r"^\s*(?:import|from) (?:socket|requests|urllib\.request|http|httpx|random|sqlite3)\b"
        r"|\b(?:datetime|date)\.(?:now|today|utcnow)\(|\btime\.time\(",
        re.MULTILINE,
    )
    for path in MODULES:
        if room_of(path) in pure:
            found = forbidden.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path.relative_to(ROOT)}: {found.group().strip() if found else ''}"


def test_importing_communique_loads_no_parser() -> None:
    """`import communique` brings in neither spaCy nor trafilatura nor the command line."""
    code = "import sys, communique; print(sorted({'spacy','trafilatura','typer','rich','numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_front_door_opens_to_what_it_names() -> None:
    """Every public name of the package can be had from it, and nothing else is promised."""
    import communique

    for name in communique.__all__:
        assert getattr(communique, name) is not None
    assert set(communique.__all__) == set(dir(communique))
    with pytest.raises(AttributeError, match="no attribute 'nonesuch'"):
        _ = communique.nonesuch


def test_the_repository_speaks_of_the_product_alone() -> None:
    """No file names a path of somebody's machine or the data that stays beside the checkout by its full path."""
    machine = re.compile(r"/(?:work|root|home)/(?:main|shared|notes|dev_texts|\w+/)")
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    for name in kept:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".json", ".jsonl", ".yml", ".yaml"} and path.is_file():
            if path == Path(__file__):
                continue
            found = machine.search(path.read_text(encoding="utf-8", errors="replace"))
            assert not found, f"{name}: {found.group() if found else ''}"
