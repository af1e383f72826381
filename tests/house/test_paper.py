"""The page that holds the model against the paper, item by item, and names nothing that is not there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from cybercoercion import vocabulary as words
from cybercoercion.belief.network import Network
from cybercoercion.case import Actor, Demand, Report, Stakes, shipped
from cybercoercion.cli import app
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.knowledge.entry import MARKS
from cybercoercion.knowledge.ledger import marks

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "model" / "cybercoercion"
PAGE = (ROOT / "priors" / "README.md").read_text(encoding="utf-8")
ITEMS = {f"S{number}" for number in range(1, 87)} | {f"S40{letter}" for letter in "bcde"}
TRAPS = {str(number) for number in range(1, 16)}
STATES: Mapping[str, tuple[str, ...]] = {
    "intent": words.INTENTS,
    "kind": words.KINDS,
    "signalling": words.SIGNALLING,
    "objective": words.OBJECTIVES,
} | {name: fact.states for name, fact in words.facts().items()}
NODES = {*words.BELIEFS, *(one.name for one in fields(Network))} & {
    "intent", "kind", "actor", "demand", "signalling", "objective", "deception",
}  # fmt: skip
FIELDS = {"stakes": Stakes, "actors": Actor, "demands": Demand, "reports": Report}


@cache
def knowledge() -> Knowledge:
    """Return the shipped tables."""
    return load_knowledge(draws=2)


def rows(title: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head and its dividing lines."""
    section = PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return [row for row in table[2:] if any(row[1:])]


def mentions(text: str) -> list[str]:
    """Return what stands in backticks on a page, outside of examples."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"(?s)```.*?```", "", text))


def symbols(path: Path) -> Iterator[str]:
    """Yield the functions, classes and methods of a file, and the fields of its classes."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        for inner in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(inner, ast.FunctionDef):
                yield f"{node.name}.{inner.name}"


def in_code(base: Path, name: str, separator: str) -> bool:
    """Say whether a file is there, and whatever of it is named."""
    file, _, symbol = name.partition(separator)
    return (base / file).is_file() and (not symbol or symbol in symbols(base / file))


def state_of(name: str) -> bool:
    """Say whether a node or a fact has a state."""
    node, _, state = name.partition("=")
    return state in STATES.get(node, ())


def field_of(name: str) -> bool:
    """Say whether a block of the case file has a field."""
    block, _, field = name.partition(".")
    return field in FIELDS[block].model_fields


def entry(kind: str) -> Callable[[str], bool]:
    """Return a check that the shipped tables have an entry of a kind."""
    return lambda name: (
        name.removeprefix(f"{kind}.") in getattr(knowledge(), f"{kind}s" if kind != "quantity" else "quantities")
    )


FORMS: Mapping[str, Callable[[str], bool]] = {
    r"priors/[\w./-]+": lambda name: (ROOT / name).exists(),
    r"tests/[\w/]+\.py(::\w+)?": lambda name: in_code(ROOT, name, "::"),
    r"(\w+/)*\w+\.py(:[\w.]+)?": lambda name: in_code(MODEL, name, ":"),
    r"table\.[\w.-]+": entry("table"),
    r"quantity\.[\w.-]+": entry("quantity"),
    r"setting\.[\w.-]+": entry("setting"),
    r"facts\.\w+": lambda name: name.removeprefix("facts.") in words.facts(),
    rf"({'|'.join(FIELDS)})\.\w+": field_of,
    r"\w+=[\w -]+": state_of,
    r"[a-z0-9-]+-\d{4}(-\d{4})?": lambda name: name in shipped(),
    r"cybercoercion( .*)?": lambda name: name.split()[1:2] == [] or name.split()[1] in commands(),
    r"\w+": lambda name: name in NODES,
}


def commands() -> set[str]:
    """Return the commands of the program."""
    return {str(one.callback.__name__) for one in app.registered_commands if one.callback is not None}


def exists(name: str) -> bool | None:
    """Say whether what a name stands for is there; None where its form is unknown."""
    for form, check in FORMS.items():
        if re.fullmatch(form, name):
            return check(name)
    return None


def standing(row: list[str]) -> str:
    """Return how far an item stands in the model, by the first words of its last cell."""
    word, colon, _ = row[2].partition(":")
    return word if colon and word in ("partly", "left out") else "in the model"


def test_every_item_of_the_paper_has_one_row() -> None:
    """The items S1 to S86, with S40b to S40e, have a row each, in order."""
    items = [row[0].split()[0] for row in rows("The paper, item by item")]
    assert set(items) == ITEMS
    assert items == sorted(items, key=lambda item: (int(re.sub(r"\D", "", item)), item))
    assert len(items) == len(ITEMS)


def test_every_item_has_a_gist_a_place_and_a_clause() -> None:
    """A row says in a few words what the item is, names a place, and says how or why not."""
    for item, where, how in rows("The paper, item by item"):
        assert 1 <= len(item.split()) - 1 <= 8, item
        assert mentions(where), item
        assert how, item


def test_every_trap_has_a_guard() -> None:
    """The fifteen traps have a row each, with a guard, and with a test or the word that there is none."""
    table = rows("The fifteen traps")
    assert [row[0].split()[0] for row in table] == sorted(TRAPS, key=int)
    for trap, guard, held in table:
        assert mentions(guard), trap
        assert "tests/" in held or "no test" in held, trap


def test_the_page_counts_its_rows() -> None:
    """What the page says of how many items stand in the model, partly, or not at all is so."""
    counts = Counter(standing(row) for row in rows("The paper, item by item"))
    said = re.search(
        r"read as (\d+) statements.*?(\d+) stand in the model, (\d+) stand.*?and (\d+) are left", PAGE, re.DOTALL
    )
    assert said
    assert [int(number) for number in said.groups()] == [
        sum(counts.values()), counts["in the model"], counts["partly"], counts["left out"],
    ]  # fmt: skip


@pytest.mark.parametrize("table", ["The paper, item by item", "The fifteen traps"])
def test_a_table_speaks_in_names_that_can_be_looked_up(table: str) -> None:
    """Whatever a table sets in backticks is a path, an entry, a fact, a field, a state, a case or a node."""
    assert [name for row in rows(table) for name in mentions(" ".join(row)) if exists(name) is None] == []


def test_every_name_on_the_page_exists() -> None:
    """Each file, function, entry, fact, field, state, case, node and command that the page names is there."""
    page = [name for name in mentions(PAGE) if "." in name.rstrip(".") or "/" in name or name.startswith("cyber")]
    table = [
        name
        for title in ("The paper, item by item", "The fifteen traps")
        for row in rows(title)
        for name in mentions(" ".join(row))
    ]
    assert len(table) > len(ITEMS)
    assert [name for name in {*page, *table} if exists(name) is False] == []


@pytest.mark.parametrize(
    "name",
    ["table.threats", "quantity.copy", "setting.frame", "facts.mood", "stakes.honour", "intent=whim", "sony-2015",
     "belief/oracle.py", "belief/campaign.py:disbelieve", "tests/house/test_paper.py::test_nothing", "priors/luck.toml",
     "cybercoercion guess", "fate"],
)  # fmt: skip
def test_a_name_that_is_not_there_is_noticed(name: str) -> None:
    """A name of a known form for what does not exist is told from one that exists."""
    assert exists(name) is False


def test_every_table_file_is_described() -> None:
    """Each TOML file of the folder has a line on the page."""
    named = set(mentions(PAGE))
    assert {f"priors/{path.name}" for path in (ROOT / "priors").glob("*.toml")} <= named


def test_every_mark_is_explained() -> None:
    """The page explains each of the marks that an entry may bear."""
    assert {one.casefold() for one in re.findall(r"\*(\w+)\*:", PAGE)} == set(MARKS)


def test_the_page_counts_the_marks() -> None:
    """The counts of marks on the page are those of the ledger, within ten."""
    counts = marks(knowledge())
    for mark in MARKS:
        said = re.search(rf"(\d+) {mark}\b", PAGE)
        assert said, mark
        assert abs(int(said.group(1)) - counts.get(mark, 0)) <= 10
