"""Writes docs/reference/*.md from the code, so that the reference cannot tell anything else than the code does.

python docs/reference.py            write the pages
python docs/reference.py --check    exit with 1 and name each page that is not what the code says
"""

from __future__ import annotations

import inspect
import re
import sys
import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

FOLDER = Path(__file__).resolve().parent / "reference"
NOTE = "<!-- Written by docs/reference.py from the code: change the code, then run `make docs`. -->\n\n"


def cell(text: str) -> str:
    """Text on one line of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell(c) for c in line) + " |\n" for line in lines) + "\n"


def prose(doc: str | None) -> str:
    """A docstring as Markdown: dedented; indented blocks stay, as code."""
    return re.sub(r" +# doctest: \+SKIP", "", inspect.cleandoc(doc or "").rstrip()) + "\n\n"


# ---- the command line


def cli() -> str:
    """Every command with its arguments and options, straight from the command line itself."""
    import typer

    from communique.cli.app import app

    group: Any = typer.main.get_command(app)
    text = NOTE + "# Commands\n\n" + prose(group.help)
    text += f"{cell(group.epilog or '')}\n\nOptions before the command's name:\n\n" + options(group)
    for name, command in group.commands.items():
        text += chapter(name, command)
        for inner, one in getattr(command, "commands", {}).items():
            text += chapter(f"{name} {inner}", one)
    return text


def chapter(name: str, command: Any) -> str:
    """A command, with its arguments and options."""
    if hasattr(command, "commands"):
        return f"## {name}\n\n    communique {name} COMMAND\n\n" + prose(command.help)
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    usage = " ".join(["communique", name, "[OPTIONS]", *(shape(p) for p in arguments)])
    text = f"## {name}\n\n    {usage}\n\n" + prose(command.help)
    if arguments:
        text += table(("argument", "meaning"), ((f"`{p.metavar}`", p.help or "") for p in arguments))
    return text + options(command)


def shape(argument: Any) -> str:
    """An argument as the usage line shows it: in brackets if it may be left out, with dots if there may be several."""
    name = (argument.metavar or argument.name.upper()) + ("..." if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def options(command: Any) -> str:
    """The options of a command as a table."""
    rows = []
    for param in command.params:
        if param.param_type_name != "option":
            continue
        names = ", ".join(f"`{n}`" for n in [*param.opts, *param.secondary_opts])
        default = param.show_default if isinstance(param.show_default, str) else ""
        if not default and isinstance(param.default, (int, str)) and not isinstance(param.default, bool):
            default = str(param.default)
        rows.append((names, f"`{param.metavar}`" if param.metavar else "", param.help or "", default))
    return table(("option", "value", "meaning", "default"), rows)


# ---- settings and errors


def settings() -> str:
    """Every setting with its variable, default and help."""
    from communique.settings import SETTINGS

    rows = ((f"`{s.name}`", f"`{s.variable}`", f"`{s.default}`" if s.default else "", s.help) for s in SETTINGS)
    lead = (
        "Set by environment variables; options of commands override them. `communique settings` shows those in force."
    )
    return NOTE + f"# Settings\n\n{lead}\n\n" + table(("setting", "variable", "default", "meaning"), rows)


def errors() -> str:
    """The tree of errors, and what each means."""
    from communique import errors as module

    rows = (
        (f"`{name}`", str(getattr(module, name).exit_code), getattr(module, name).__doc__ or "")
        for name in sorted(module.__all__)
    )
    return NOTE + "# Errors\n\n" + prose(module.__doc__) + table(("error", "exit code", "meaning"), rows)


# ---- records and the library


def records() -> str:
    """The records and their fields."""
    from communique import records as module

    text = NOTE + "# Records\n\n" + prose(module.__doc__) + "## Words\n\n"
    words = ((n, getattr(module, n)) for n in module.__all__)
    closed = [(n, typing.get_args(v)) for n, v in words if typing.get_origin(v) is typing.Literal]
    text += table(("name", "one of"), ((f"`{n}`", ", ".join(f"`{v}`" for v in values)) for n, values in closed))
    for name in module.__all__:
        thing = getattr(module, name)
        if inspect.isclass(thing):
            text += struct(name, thing)
    return text


def struct(name: str, thing: Any) -> str:
    """A record: what it is, its fields, its methods."""
    text = f"## {name}\n\n" + prose(thing.__doc__)
    if issubclass(thing, msgspec.Struct):
        annotations: dict[str, str] = {}
        for base in reversed(thing.__mro__):
            annotations |= {k: str(v) for k, v in inspect.get_annotations(base).items()}
        rows = (
            (f"`{f.name}`", f"`{annotations[f.name]}`", "" if f.required else f"`{default(f)}`")
            for f in msgspec.structs.fields(thing)
        )
        text += table(("field", "type", "default"), rows)
    return text + methods(thing)


def default(field: Any) -> Any:
    """A field's default as one would write it."""
    return repr(field.default) if field.default is not msgspec.NODEFAULT else "..."


def methods(thing: Any) -> str:
    """The public methods and properties that a class itself defines."""
    text = ""
    for name, value in vars(thing).items():
        if name.startswith("_"):
            continue
        if isinstance(value, property):
            text += f"### {thing.__name__}.{name}\n\n" + prose(value.__doc__)
        elif inspect.isfunction(found := getattr(value, "__func__", value)):
            text += f"### {thing.__name__}.{name}\n\n" + signature(found, name) + prose(found.__doc__)
    return text


def signature(function: Callable[..., Any], name: str) -> str:
    """How a function is called, as a block of code."""
    shown = inspect.signature(function)
    kept: list[str] = []
    starred = False
    for parameter in shown.parameters.values():
        if parameter.name in ("self", "cls"):
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            kept.append("*")
        starred |= parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_POSITIONAL)
        kept.append(_parameter(parameter))
    line = f"{name}({', '.join(kept)}) -> {shown.return_annotation}"
    if len(line) > 100:
        line = f"{name}(\n    {''.join(f'{k},@' for k in kept).replace('@', chr(10) + '    ').rstrip()}\n)"
        line += f" -> {shown.return_annotation}"
    return f"```python\n{line}\n```\n\n"


def _parameter(parameter: inspect.Parameter) -> str:
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    # Annotations are strings, since every module postpones them.
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}".replace("'", '"')
    return f"{stars}{parameter.name}: {parameter.annotation}{default}"


def library() -> str:
    """The public names of the package, and the rows that questions are answered with."""
    import communique
    from communique import query, record

    text = NOTE + "# The library\n\n" + prose(communique.__doc__)
    described = {"Report", *_records()}
    text += "Immutable records are described in [records](records.md), errors in [errors](errors.md).\n\n"
    for name in communique.__all__:
        thing = getattr(communique, name)
        if name.startswith("__") or name in described or name == "CommuniqueError":
            continue
        text += section(name, thing)
    text += "# What questions are answered with\n\n" + prose(query.results.__doc__)
    for module in (record, query):
        text += rows_of(module, set(communique.__all__))
    return text


def _records() -> set[str]:
    from communique import records as module

    return set(module.__all__)


def rows_of(module: ModuleType, but: set[str]) -> str:
    """The public classes of a module that are not told elsewhere."""
    return "".join(
        section(name, getattr(module, name))
        for name in module.__all__
        if name not in but and inspect.isclass(getattr(module, name))
    )


def section(name: str, thing: Any) -> str:
    """A class or a function."""
    if inspect.isclass(thing):
        return struct(name, thing)
    return f"## {name}\n\n" + signature(thing, name) + prose(thing.__doc__)


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli,
    "settings.md": settings,
    "errors.md": errors,
    "records.md": records,
    "library.md": library,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check only compare; returns the exit code."""
    stale = []
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        path = FOLDER / name
        text = re.sub(r"\n{3,}", "\n\n", page()).rstrip() + "\n"
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
    if "--check" in arguments and stale:
        print(f"docs/reference/ does not say what the code says: {', '.join(stale)}. Run `make docs`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
