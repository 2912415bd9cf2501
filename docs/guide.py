"""Runs every block of docs/guide.md and docs/library.md as a reader would, and puts in what it printed.

    python docs/guide.py            run the pages, write the outputs into them
    python docs/guide.py --check    run them; exit with 1 if a command fails or prints something else than the page says

A `console` block holds commands after `$ ` (continued after `> `) and what they print; a line `...` there stands for
any number of lines. A `pycon` block is a doctest. All of a page run one after another in one empty folder; only how
long something took is not compared.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

PAGES = tuple(Path(__file__).resolve().parent / name for name in ("guide.md", "library.md"))
BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.M | re.S)
TIMES = re.compile(r"in [\d.,]+ s(?: \([\d.,]+ reports/s\))?|[\d.,]+ MB")
ELISION = "..."


class Step(NamedTuple):
    """A command of the guide, what the guide says it prints, and where that stands in the file."""

    command: str
    output: str
    start: int
    end: int


class Done(NamedTuple):
    """A step as it went."""

    step: Step
    output: str
    code: int

    @property
    def holds(self) -> bool:
        """Did it succeed, and print what the guide says?"""
        return self.code == 0 and matches(self.step.output, self.output)


def steps(text: str) -> Iterator[Step]:
    """The commands of a guide, in order. A pycon block is one step that begins with `>>> `."""
    for block in BLOCK.finditer(text):
        if block[1] == "pycon":
            yield Step(block[2], "", block.start(2), block.end(2))
            continue
        at = block.start(2)
        command, begun = "", at
        for line in block[2].splitlines(keepends=True):
            at += len(line)
            if line.startswith("$ "):
                if command:
                    yield Step(command, text[begun : at - len(line)], begun, at - len(line))
                command, begun = line[2:], at
            elif line.startswith((">\n", "> ")) and begun == at - len(line):
                command, begun = command + (line[2:] or "\n"), at
        if command:
            yield Step(command, text[begun:at], begun, at)


def run(text: str, folder: Path) -> list[Done]:
    """Run every step in `folder`, with this Python's `communique` first on the path."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith("COMMUNIQUE_") and n != "COLUMNS"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}"
    environment["XDG_DATA_HOME"] = str(folder / "data")
    done = []
    names: dict[str, Any] = {}
    for step in steps(text):
        if step.command.startswith(">>> "):
            done.append(_python(step, folder, environment, names))
            continue
        environment.update(re.findall(r"^export (\w+)=(\S+)$", step.command, re.M))
        went = subprocess.run(
            ["bash", "-c", step.command], cwd=folder, env=environment, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        done.append(Done(step, went.stdout, went.returncode))
    return done


def _python(step: Step, folder: Path, environment: dict[str, str], names: dict[str, Any]) -> Done:
    """Run a pycon block as a doctest, in the folder of the page and with the names of the blocks before it."""
    test = doctest.DocTestParser().get_doctest(step.command, names, "page", None, 0)
    here, before = Path.cwd(), dict(os.environ)
    said = io.StringIO()
    os.chdir(folder)
    os.environ.update(environment)
    try:
        with contextlib.redirect_stderr(said):
            failed = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(
                test, out=said.write, clear_globs=False
            )
    finally:
        os.chdir(here)
        os.environ.clear()
        os.environ.update(before)
    names.update(test.globs)
    return Done(step, said.getvalue() if failed.failed else "", int(failed.failed > 0))


def matches(shown: str, printed: str) -> bool:
    """Is what was printed what the guide shows, times apart?"""
    pattern = "".join(
        r"(?:.*\n)*" if line == ELISION else re.escape(line) + r"\n" for line in TIMES.sub("TIME", shown).splitlines()
    )
    return re.fullmatch(pattern, TIMES.sub("TIME", printed)) is not None


def rewritten(step: Step, printed: str) -> str:
    """What the guide should show: what was printed, elided where it was elided before."""
    if step.command.startswith(">>> "):
        return step.command
    if matches(step.output, printed):
        return step.output
    shown, lines = step.output.splitlines(), printed.splitlines()
    if ELISION in shown:
        at = shown.index(ELISION)
        below = len(shown) - at - 1
        if len(lines) > at + below:
            lines = [*lines[:at], ELISION, *lines[len(lines) - below :]]
    return "".join(line + "\n" for line in lines)


def main(arguments: list[str]) -> int:
    """Run the pages; returns the exit code."""
    return max(refresh(page, check="--check" in arguments) for page in PAGES)


def refresh(page: Path, *, check: bool) -> int:
    """Run one page, and write what was printed into it or only compare; returns the exit code."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="communique-docs-") as folder:
        done = run(text, Path(folder))
    bad = [d for d in done if not d.holds] if check else [d for d in done if d.code]
    if bad:
        first = bad[0]
        print(f"{page.name}: {first.step.command.strip()}\n(exit code {first.code})\n{first.output}", file=sys.stderr)
        print("Mend the page, or run `make docs` to put in what is printed now.", file=sys.stderr)
        return 1
    if not check:
        for d in reversed(done):
            text = text[: d.step.start] + rewritten(d.step, d.output) + text[d.step.end :]
        page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
