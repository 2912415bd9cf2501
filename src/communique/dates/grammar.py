"""The rules of data/dates as compiled regular expressions, checked when loaded.

A space in a pattern is one or more spaces of the text (never a line break), `{name}` the words of a table or a
fragment, `<name>` the same as a field, `<field:name>` the words of one table as a field of another name.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from communique.errors import KnowledgeError

__all__ = ["Attachment", "Grammar", "Rule", "check_keys", "grammar", "load_table"]

_SPACE: Final = r"[^\S\n]{1,3}"
_FIELD: Final = re.compile(r"<(\w+)(?::([^<>]+))?>(?![=!])")
_FRAGMENT: Final = re.compile(r"\{([A-Za-z]\w*)\}")
_NAMED: Final = re.compile(r"\(\?P<\w+>")
_BACK: Final = re.compile(r"\(\?P=\w+\)")
_RULE_KEYS: Final = {"name", "pattern", "make", "set", "where", "keep", "examples", "not"}
_ATTACH_KEYS: Final = {"name", "pattern", "on", "set", "kinds", "needs", "examples", "not"}
_FIRST: Final = re.compile(r"[^\W_]+")
_CASES: Final = {"title", "any", "lower", "exact", "month"}
Example = tuple[str, str, str]


class Rule(NamedTuple):
    """A rule of expressions.toml: how to find it, how to make its meaning, and the examples that prove it."""

    name: str
    regex: re.Pattern[str]
    make: str
    fields: dict[str, Any]
    where: str | None
    examples: tuple[Example, ...]
    against: tuple[str, ...]


class Attachment(NamedTuple):
    """A rule of attachments.toml."""

    name: str
    regex: re.Pattern[str]
    on: frozenset[str]
    fields: dict[str, Any]
    needs: str | None
    examples: tuple[Example, ...]
    against: tuple[str, ...]


class Grammar(NamedTuple):
    """All rules, and one pattern that tells at once which rule matches where (`lastgroup` is r0, r1, ...)."""

    rules: tuple[Rule, ...]
    scanner: re.Pattern[str]
    before: tuple[Attachment, ...]
    after: tuple[Attachment, ...]
    join: tuple[Attachment, ...]
    words: dict[str, dict[str, Any]]
    starters: frozenset[str]


def load_table(name: str) -> dict[str, Any]:
    """A TOML file of data/dates. Raises KnowledgeError if it cannot be read."""
    where = f"data/dates/{name}"
    try:
        return tomllib.loads((files("communique") / "data" / "dates" / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"cannot be read ({error})", where=where, remedy="Install communique again.") from error


@cache
def grammar() -> Grammar:
    """The rules that come with communique; loaded and compiled once."""
    tables = load_table("words.toml")
    words: dict[str, dict[str, Any]] = {}
    fragments: dict[str, str] = {}
    for name, table in tables.items():
        check_keys(table, {"case", "values"}, f"data/dates/words.toml [{name}]")
        words[name] = {_fold(w): value for w, value in table["values"].items()}
        fragments[name] = _alternation(table["values"], table["case"])
    expressions = load_table("expressions.toml")
    check_keys(expressions, {"fragments", "rule", "starters"}, "data/dates/expressions.toml")
    for name, text in expressions["fragments"].items():
        fragments[name] = _expand(text, fragments)
    rules = tuple(_rule(row, fragments) for row in expressions["rule"])
    scanner = re.compile(
        r"(?<!\w)(?:"
        + "|".join(f"(?P<r{i}>{_unnamed(rule.regex.pattern)})" for i, rule in enumerate(rules))
        + r")(?!\w)"
    )
    attached = load_table("attachments.toml")
    check_keys(attached, {"before", "after", "join"}, "data/dates/attachments.toml")
    before = tuple(_attachment(row, fragments, r"(?<!\w){}$") for row in attached["before"])
    after = tuple(_attachment(row, fragments, r"{}(?!\w)") for row in attached["after"])
    join = tuple(_attachment(row, fragments, r"{}") for row in attached["join"])
    first = {_FIRST.match(w).group() for table in words.values() for w in table if _FIRST.match(w)}  # type: ignore[union-attr]
    return Grammar(rules, scanner, before, after, join, words, frozenset(first | set(expressions["starters"])))


def check_keys(table: dict[str, Any], allowed: set[str], where: str) -> None:
    """Refuse a table with a key that nobody reads. Raises KnowledgeError."""
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise KnowledgeError(
            f"unknown key {unknown[0]!r}", where=where, remedy=f"Use one of {', '.join(sorted(allowed))}."
        )


def _fold(word: str) -> str:
    return word.lower().replace("’", "'")


def _alternation(values: dict[str, Any], case: str) -> str:
    """The words of a table, longest first, as a non-capturing group."""
    if case not in _CASES:
        raise KnowledgeError(
            f"unknown case {case!r}", where="data/dates/words.toml", remedy="Use title, any, lower or exact."
        )
    forms: list[str] = []
    for word in sorted(values, key=lambda w: (-len(w), w)):
        plain = re.escape(word).replace("\\ ", " ").replace("\\-", "-")
        if case in {"title", "month"}:
            forms += [plain, plain.upper()]
        elif case == "any" and plain[0].isalpha():
            forms.append(f"[{plain[0].upper()}{plain[0].lower()}]{plain[1:]}")
        else:
            forms.append(plain)
    return "(?:" + "|".join(forms) + ")"


def _expand(pattern: str, fragments: dict[str, str]) -> str:
    """A pattern with its fields and fragments put in and its spaces widened."""
    seen: dict[str, int] = {}

    def field(match: re.Match[str]) -> str:
        name, of = match.group(1), match.group(2) or match.group(1)
        seen[name] = seen.get(name, 0) + 1
        label = name if seen[name] == 1 else f"{name}__{seen[name]}"
        inner = fragments.get(of, of if of[0] == "[" else None)
        if inner is None:
            raise KnowledgeError(
                f"no words {of!r} for a pattern", where="data/dates", remedy="Name a table of words.toml."
            )
        return f"(?P<{label}>{inner})"

    def fragment(match: re.Match[str]) -> str:
        if match.group(1) not in fragments:
            raise KnowledgeError(
                f"no fragment {match.group(1)!r}", where="data/dates", remedy="Define it in [fragments]."
            )
        return fragments[match.group(1)]

    protected = _NAMED.sub(lambda m: m.group().replace("<", "\x00").replace(">", "\x01"), pattern)
    protected = protected.replace("(?<", "(?\x02")
    expanded = _FRAGMENT.sub(fragment, _FIELD.sub(field, protected))
    return expanded.replace("\x00", "<").replace("\x01", ">").replace("\x02", "<")


def _widen(pattern: str) -> str:
    """Every plain space becomes a run of spaces, except in a set of characters or in a look-behind (fixed width)."""
    out: list[str] = []
    depth_set, behind = False, 0
    i = 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            out.append(pattern[i : i + 2])
            i += 2
            continue
        if behind == 0 and pattern.startswith(("(?<=", "(?<!"), i):
            behind = 1
            out.append(pattern[i : i + 4])
            i += 4
            continue
        if not depth_set and behind:
            behind += {"(": 1, ")": -1}.get(c, 0)
        if c == "[":
            depth_set = True
        elif c == "]":
            depth_set = False
        if c == " " and not depth_set and not behind:
            optional = pattern[i + 1 : i + 2] == "?"
            out.append(r"[^\S\n]{0,3}" if optional else _SPACE)
            i += 2 if optional else 1
            continue
        out.append(c)
        i += 1
    return "".join(out)


def _unnamed(pattern: str) -> str:
    """The pattern without its names, for the scanner; a back reference is loosened, the rule itself checks it."""
    return _BACK.sub(r"[./-]", _NAMED.sub("(?:", pattern))


def _rule(row: dict[str, Any], fragments: dict[str, str]) -> Rule:
    where = f"data/dates/expressions.toml, rule {row.get('name')!r}"
    check_keys(row, _RULE_KEYS, where)
    try:
        regex = re.compile(_widen(_expand(row["pattern"], fragments)))
    except (re.error, KeyError) as error:
        raise KnowledgeError(f"pattern is wrong ({error})", where=where, remedy="Correct it.") from error
    return Rule(
        row["name"],
        regex,
        row.get("make", "calendar"),
        row.get("set", {}),
        row.get("where"),
        tuple((a, b, c) for a, b, c in row.get("examples", ())),
        tuple(row.get("not", ())),
    )


def _attachment(row: dict[str, Any], fragments: dict[str, str], frame: str) -> Attachment:
    where = f"data/dates/attachments.toml, {row.get('name')!r}"
    check_keys(row, _ATTACH_KEYS, where)
    try:
        regex = re.compile(frame.replace("{}", f"(?:{_widen(_expand(row['pattern'], fragments))})"))
    except (re.error, KeyError) as error:
        raise KnowledgeError(f"pattern is wrong ({error})", where=where, remedy="Correct it.") from error
    return Attachment(
        row["name"],
        regex,
        frozenset(row.get("on", row.get("kinds", ()))),
        row.get("set", {}),
        row.get("needs"),
        tuple((a, b, c) for a, b, c in row.get("examples", ())),
        tuple(row.get("not", ())),
    )
