"""The app keeps to itself, runs nothing that users bring, and shows what users write as they wrote it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.stored import SONY, store

from cybercoercion.case import Case, parse_case, read_shipped
from cybercoercion.case.editing import with_fields, with_values
from cybercoercion.desk import Place, opened

ROOT = Path(__file__).parents[2]
VIEWS = ("brief", "evidence", "beliefs", "decision", "change_our_mind", "compare", "assumptions")
EVIL = "![EVIL](http://evil.example/p.png)<img src=x onerror=alert(1)> **EVIL** :red[EVIL] $EVIL$ [EVIL](javascript:1)"
# What Streamlit shows as plain text, or as the value of a field, or as data of a drawing.
PLAIN = {
    ("arrow_vega_lite_chart", ""),
    ("code", "code_text"),
    ("data_frame", ""),
    ("arrow_data_frame", ""),
    ("download_button", "url"),
    ("multiselect", "options"),
    ("selectbox", "options"),
    ("selectbox", "placeholder"),
    ("selectbox", "raw_value"),
    ("table", "alt"),  # a name that is read out
    ("text", "body"),
    ("text_area", "default"),
    ("text_area", "placeholder"),
    ("text_area", "value"),
    ("text_input", "default"),
    ("text_input", "placeholder"),
    ("text_input", "value"),
    ("vega_lite_chart", ""),
}
BANNED = (
    r"unsafe_allow_html",
    r"\bst\.html\b",
    r"\bst\.iframe\b",
    r"\bcomponents\b",
    r"\bimport (pickle|marshal|shelve|dill|cloudpickle)\b",
    r"\bpickle\b",
    r"\beval\(",
    r"\bexec\(",
    r"\byaml\.load\b",
    r"\bos\.system\b",
)


def sources() -> dict[str, str]:
    """Return every source file of the app by its name."""
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in (ROOT / "app").rglob("*.py")}


@pytest.mark.parametrize("pattern", BANNED)
def test_no_source_of_the_app_renders_html_or_runs_what_it_is_given(pattern: str) -> None:
    """No file of the app holds a way to raw HTML, to a pickle or to code from text."""
    assert [name for name, text in sources().items() if re.search(pattern, text)] == []


def test_the_settings_keep_the_app_to_this_machine() -> None:
    """The app listens on this machine, tells nobody how it is used, takes small files, and shows no traceback."""
    config = tomllib.loads((ROOT / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert set(config["server"]["allowedHosts"]) == {"localhost", "127.0.0.1"}
    assert config["server"]["maxUploadSize"] <= 5
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["toolbarMode"] == "viewer"
    assert not {"enableCORS", "enableXsrfProtection", "enableStaticServing"} & set(config["server"])


def evil_case() -> Case:
    """Return the worked example with markdown, HTML and a remote picture wherever a user can write."""
    case = parse_case(read_shipped(SONY))
    case = with_values(case, {"title": EVIL, "marking": EVIL, "note": EVIL, "target.name": EVIL})
    for actor in case.actors:
        case = with_fields(case, "actors", actor.id, {"name": f"{actor.id} {EVIL}"})
    for demand in case.demands:
        case = with_fields(case, "demands", demand.id, {"text": f"{demand.id} {EVIL}"})
    for report in case.reports:
        case = with_fields(case, "reports", report.id, {"cite": EVIL, "note": EVIL})
    return case


def strings(message: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in a message to the browser, with the name of its field."""
    for field, value in message.ListFields():
        many = value if field.is_repeated else [value]
        for one in many:
            if isinstance(one, str):
                yield path or field.name, one
            elif hasattr(one, "ListFields"):
                yield from strings(one, path or field.name)


def nodes(block: Any) -> Iterator[Any]:
    """Yield every element and block of a page."""
    yield block
    for child in getattr(block, "children", {}).values():
        yield from nodes(child)


def alive(at: Any) -> list[tuple[str, str, str]]:
    """Return where a text of the case would be read as markdown."""
    found = []
    for node in nodes(at._tree):
        proto = getattr(node, "proto", None)
        if proto is None or not hasattr(proto, "ListFields"):
            continue
        for field, text in strings(proto):
            if field == "id" or {(node.type, field), (node.type, "")} & PLAIN:  # a name that nobody reads
                continue
            if re.search(
                r"(?<!\\)!\[EVIL|(?<!\\)<img|(?<!\\)\*\*EVIL|(?<!\\):red\[EVIL|(?<!\\)\$EVIL|(?<!\\)\[EVIL", text
            ):
                found.append((node.type, field, text[:80]))
    for table in at.table:
        frame = table.value
        cells = [str(cell) for cell in (*frame.columns, *frame.to_numpy().ravel())]
        found += [("table", "cell", cell[:80]) for cell in cells if re.search(r"(?<!\\)!\[EVIL|(?<!\\)<img", cell)]
    return found


@pytest.mark.parametrize(
    ("view", "depth"),
    [
        *((view, "Decision-maker") for view in VIEWS),
        *((view, "Analyst") for view in ("evidence", "beliefs", "compare")),
    ],
)
def test_no_view_reads_what_users_wrote_as_markdown(start, view: str, depth: str) -> None:
    """Title, marking, names, demands, citations and notes full of markdown are shown as text on every view."""
    case = evil_case()
    desk = opened(case).keeping(EVIL).changed(with_values(case, {"stakes.resilience": 0.7}), EVIL)
    at = start(view, desk=desk, depth=depth)
    assert alive(at) == []
    assert any("EVIL" in one.value for one in at.title)


@pytest.mark.parametrize("drawer", ["open", "save", "history"])
def test_no_drawer_reads_what_users_wrote_as_markdown(start, drawer: str) -> None:
    """Names, reasons and titles in the drawers are shown as text."""
    case = evil_case()
    desk = opened(case)
    filed = store().create(desk.toml, who=EVIL, why=EVIL)
    desk = opened(case, filed.text, Place(id=filed.id, revision=1)).tried(EVIL, case).discarded()
    changed = desk.changed(with_values(case, {"note": "x"}), EVIL)
    at = start(desk=changed, set_aside=(changed,))
    at.button(key=drawer).click().run()
    assert alive(at) == []


def test_neither_a_conflict_nor_an_experiment_reads_what_users_wrote_as_markdown(start) -> None:
    """Names, reasons and values on the screen of a conflict, and the name of an experiment, are shown as text."""
    case = evil_case()
    desk = opened(case)
    filed = store().create(desk.toml, who=EVIL, why=EVIL)
    theirs = desk.changed(with_values(case, {"title": f"A {EVIL}"}), "A")
    store().save(filed.id, 1, theirs.toml, who=EVIL, why=EVIL)
    mine = opened(case, filed.text, Place(id=filed.id, revision=1))
    mine = mine.changed(with_values(case, {"title": f"B {EVIL}"}), EVIL)
    at = start(desk=mine)
    at.button(key="save").click().run()
    at.button(key="save_now").click().run()
    assert [one.key for one in at.radio if one.key.startswith("side_")] == ["side_title"]
    assert alive(at) == []
    assert alive(start(desk=desk.tried(EVIL, case))) == []


def test_the_check_sees_what_is_read_as_markdown() -> None:
    """A page that hands user text to markdown, to a button or to a table unescaped is found out."""
    from streamlit.testing.v1 import AppTest

    script = "import streamlit as st\nfor show in (st.markdown, st.button, st.subheader): show({0!r})\n"
    at = AppTest.from_string((script + "st.table({{'a': [{0!r}]}})").format(EVIL)).run()
    assert len(alive(at)) == 4
