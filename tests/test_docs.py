"""The documentation says what the code does: the guide is run, the reference is compared."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import communique

DOCS = Path(__file__).resolve().parents[1] / "docs"


def script(name: str) -> ModuleType:
    """A script of docs/ as a module."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


guide = script("guide")
reference = script("reference")
TEXT = (DOCS / "guide.md").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("page", guide.PAGES, ids=lambda page: page.name)
def test_every_block_of_a_page_does_what_it_shows(page: Path, tmp_path: Path) -> None:
    """Each command and each example runs, in order, and prints what the page says."""
    for done in guide.run(page.read_text(encoding="utf-8"), tmp_path):
        assert done.holds, f"{done.step.command}\n(exit code {done.code}) printed:\n{done.output}"


@pytest.mark.parametrize("page", guide.PAGES, ids=lambda page: page.name)
def test_no_block_of_a_page_is_left_out(page: Path) -> None:
    """Every fenced block is of a kind that is run."""
    text = page.read_text(encoding="utf-8")
    assert set(re.findall(r"^```(\w*)$", text, re.M)) - {""} <= {"console", "pycon"}
    assert len(list(guide.steps(text))) > 10


def test_every_public_name_is_used_in_the_tour() -> None:
    """docs/library.md exercises each name of the package in a block that is run."""
    code = "".join(step.command for step in guide.steps((DOCS / "library.md").read_text(encoding="utf-8")))
    for name in communique.__all__:
        assert re.search(rf"communique\.{name}\b", code), name


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_is_fresh(name: str) -> None:
    """Each page of the reference is what the code says; `make docs` writes it."""
    written = (reference.FOLDER / name).read_text(encoding="utf-8")
    text = re.sub(r"\n{3,}", "\n\n", reference.PAGES[name]()).rstrip() + "\n"
    assert written == text, f"docs/reference/{name} is stale: run `make docs`"


def test_every_public_name_is_in_the_reference() -> None:
    """Nothing that the package promises is missing from the pages."""
    pages = "".join((reference.FOLDER / name).read_text(encoding="utf-8") for name in reference.PAGES)
    for name in communique.__all__:
        if not name.startswith("__"):
            assert re.search(rf"^#+ {name}$|`{name}`", pages, re.M), name


def test_every_public_thing_has_a_docstring() -> None:
    """The library's page has no empty entry: each public class and method says what it does."""
    from communique import query, record, records

    for module in (communique, query, record, records):
        for name in module.__all__:
            thing: Any = getattr(module, name)
            if isinstance(thing, type):
                assert thing.__doc__, name
                for key, value in vars(thing).items():
                    if not key.startswith("_") and (callable(value) or isinstance(value, (property, classmethod))):
                        assert value.__doc__, f"{name}.{key}"


def test_every_command_is_in_the_guide() -> None:
    """A command that the guide does not show is not easily found."""
    import typer

    from communique.cli.app import app

    command: Any = typer.main.get_command(app)
    for name in command.commands:
        assert re.search(rf"communique {name}\b|`{name}`", TEXT), name


def test_the_guide_notices_what_changed() -> None:
    """Outputs match apart from times and from what three dots stand for; anything else is noticed."""
    assert guide.matches("5 read in 1.0 s (5.0 reports/s): ok\n", "5 read in 12.3 s (0.4 reports/s): ok\n")
    assert guide.matches("a\n...\nz\n", "a\nb\nc\nz\n")
    assert not guide.matches("a\n...\nz\n", "a\nb\n")
    assert not guide.matches("a\n", "b\n")
    step = guide.Step("x", "a\n...\nz\n", 0, 0)
    assert guide.rewritten(step, "A\nb\nc\nZ\n") == "A\n...\nZ\n"


def test_links_of_the_documentation_lead_somewhere() -> None:
    """Each relative link of a page names a file that is there."""
    for page in [*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
