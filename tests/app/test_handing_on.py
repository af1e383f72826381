"""What is handed on: the link to what is filed, the file of the case, and the report in three forms."""

from __future__ import annotations

import json
from typing import Any

import pytest
import streamlit as st
from tests.app.stored import SONY, arriving, desk_of, filed_sony, keys, now, sony, words

from cybercoercion.app import memory
from cybercoercion.app.memory import Settings
from cybercoercion.app.parts.printing import DEPTHS, FORMS
from cybercoercion.case import parse_case, read_shipped
from cybercoercion.desk import opened
from cybercoercion.report import export as exporting


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[str, Any]]:
    """Return what each button of the page would hand out, by its key."""
    caught: dict[str, dict[str, Any]] = {}
    real = st.download_button

    def button(label: str, **more: Any) -> bool:
        caught[more["key"]] = more
        return real(label, **more)

    monkeypatch.setattr(st, "download_button", button)
    return caught


def test_an_unfiled_case_has_no_link(start) -> None:
    """Before the first save the button offers to save, and no address."""
    at = start(share=True)
    assert "share_save" in keys(at)
    assert not at.code
    at.button(key="share_save").click().run()
    assert "save_now" in keys(at)


def test_a_link_opens_what_it_was_made_from(start) -> None:
    """The link holds the name and the revision only, says what is not in it, and opens that revision."""
    filed = filed_sony()
    at = start(share=True, desk=desk_of(filed).changed(sony(resilience=0.7), "Up"))
    (link,) = [one.value for one in at.code]
    assert link.endswith(f"/?case={filed.id}&revision=1")
    assert "Your changes since then are not in it." in words(at)
    assert "Only this machine reaches this server." in words(at)
    query = dict(part.split("=") for part in link.partition("?")[2].split("&"))
    assert now(arriving(query)) == sony()


def test_the_file_of_the_case_is_what_stands_on_the_desk(start, handed) -> None:
    """The file keeps every comment, says what the desk says, and bears a harmless name."""
    at = start(desk=opened(sony(), read_shipped(SONY)).changed(sony(resilience=0.7), "Up"))
    at.button(key="save").click().run()
    file = handed["save_download"]
    assert parse_case(file["data"]) == sony(resilience=0.7)
    assert {line for line in read_shipped(SONY).splitlines() if line.startswith("#")} <= set(file["data"].splitlines())
    assert file["file_name"] == "sony-2014.toml"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("depth", DEPTHS)
def test_the_report_is_that_of_the_core(start, handed, form: str, depth: str) -> None:
    """What is handed out is what the package writes of the same case, made only when the button is pressed."""
    at = start(print=True, desk=opened(sony(resilience=0.7)))
    at.radio(key="print_form").set_value(form)
    at.radio(key="print_depth").set_value(depth).run()
    file = handed["print_download"]
    assert callable(file["data"])
    assert file["file_name"] == f"sony-2014-{depth}.{form}"
    verdict = memory.verdict(sony(resilience=0.7), Settings())
    if (form, depth) in {("json", "brief"), ("md", "brief")}:  # the others take seconds each
        assert file["data"]() == exporting.export(verdict, form, depth)


def test_without_sources_nothing_of_them_is_handed_out(start, handed) -> None:
    """The switch takes citations and notes out of what is handed out."""
    at = start(print=True)
    at.radio(key="print_form").set_value("json")
    at.toggle(key="print_bare").set_value(True).run()
    text = handed["print_download"]["data"]()
    assert json.loads(text)["case"]
    cites = {report.cite for report in sony().reports if report.cite}
    assert cites
    assert not [cite for cite in cites if cite in text]
