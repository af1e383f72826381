"""The shipped cases, each assessed once per process, and what a page says as plain tables."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import Campaign, Case, load, shipped
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.report.verdict import Verdict, verdict

IDS = shipped()
FEW = 200  # draws where only the form of the answer matters


@cache
def tables(seed: int = 1, draws: int | None = None) -> Knowledge:
    """Return the shipped tables, with the default number of draws unless told otherwise."""
    return load_knowledge(seed=seed) if draws is None else load_knowledge(seed=seed, draws=draws)


@cache
def assessed(name: str, seed: int = 1) -> Assessment:
    """Return the assessment of a shipped case or campaign with the default number of draws."""
    return assess(load(name), tables(seed))


@cache
def said(name: str) -> Verdict:
    """Return what the assessment of a shipped case says."""
    return verdict(assessed(name))


def quickly(source: Case | Campaign, seed: int = 1) -> Verdict:
    """Return what few draws say about a case."""
    return verdict(assess(source, tables(seed, FEW)))


class Page(HTMLParser):
    """A page taken apart: tags with their attributes, text by tag, rows of tables."""

    VOID = frozenset({"meta", "br", "hr", "img", "link", "input"})

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.texts: dict[str, list[str]] = {}
        self.rows: list[tuple[str, ...]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag and that it is open."""
        self.tags.append((tag, attrs))
        if tag not in self.VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")
        if tag == "tr":
            self.rows.append(())
        if tag in ("td", "th"):
            self.rows[-1] = (*self.rows[-1], "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        self.tags.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        assert self.open, f"</{tag}> without a beginning"
        assert self.open[-1] == tag, f"</{tag}> inside <{self.open[-1]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Collect the text of what is open."""
        for tag in set(self.open):
            self.texts[tag][-1] += data
        if "td" in self.open or "th" in self.open:
            self.rows[-1] = (*self.rows[-1][:-1], self.rows[-1][-1] + data)

    def values(self, name: str) -> list[str]:
        """Return the values of an attribute wherever it stands."""
        return [value or "" for _, attrs in self.tags for key, value in attrs if key == name]


def markdown_rows(text: str) -> list[tuple[str, ...]]:
    """Return the rows of all tables of a Markdown text, without their rules, escapes undone."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    cells = [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]) for row in rows]
    return [tuple(unescaped(cell) for cell in row) for row in cells if not all(set(c) <= {"-"} for c in row)]


def unescaped(text: str) -> str:
    """Return Markdown text as it is read."""
    return re.sub(r"\\(.)", r"\1", text)


def dense(text: str) -> str:
    """Return a text without white space: what is left when lines are broken elsewhere."""
    return re.sub(r"\s+", "", text)
