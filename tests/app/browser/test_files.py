"""Files in and out: what is brought is told or opened as text only, and what is taken home is what the core writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.app.browser.seen import Seen

from cybercoercion.assessment import with_enough_draws
from cybercoercion.case import load_case, read_shipped
from cybercoercion.case.editing import with_fields, with_values
from cybercoercion.case.loading import LARGEST
from cybercoercion.desk.desk import text_of
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report.export import export
from cybercoercion.report.verdict import verdict

COLONIAL = "Colonial Pipeline, 2021"
FORMS = {"html": "Page to print (HTML)", "md": "Text (Markdown)", "json": "Data (JSON)"}
STRANGER = "https://stranger.example/seen.png"


@pytest.fixture
def colonial(seen: Seen) -> Seen:
    """Return a page on which a shipped case was opened, so that it can be told from the worked example."""
    seen.open()
    seen.press("open")
    seen.press("open_colonial-2021")
    expect(seen.page.locator("h1")).to_have_text(COLONIAL)
    return seen


def bring(seen: Seen, name: str, content: str) -> None:
    """Choose a file in the drawer of cases."""
    seen.press("open")
    file = {"name": name, "mimeType": "application/toml", "buffer": content.encode()}
    seen.at("upload").locator("input[type=file]").set_input_files(file)
    seen.idle()


def test_a_faulty_file_is_told_in_a_table_and_the_case_stays(colonial: Seen) -> None:
    """Every fault of a file is a row of one table, at once; the open case and its answer are as they were."""
    before = colonial.answer
    text = read_shipped("sony-2014")
    faulty = text.replace('grade = "A2"', 'grade = "Z9"', 1).replace("schema = 1", 'schema = 1\nframe_ = "x"', 1)
    bring(colonial, "../../evil <b>.toml", faulty.replace('kind = "firm"', 'kind = "planet"', 1))
    told = colonial.at("refused")
    expect(told).to_be_visible()
    heads = [text.strip() for text in told.locator("thead th").all_inner_texts() if text.strip()]
    assert heads == ["file", "place", "got", "allowed"]
    rows = told.locator("tbody tr").all_inner_texts()
    assert len(rows) == 3
    for got in ("Z9", "frame_", "planet"):
        assert sum(got in row for row in rows) == 1
    assert all("/" not in row.partition(".toml")[0] for row in rows)
    assert colonial.page.get_by_text("Traceback").count() == 0
    colonial.page.keyboard.press("Escape")
    colonial.idle()
    expect(colonial.page.locator("h1")).to_have_text(COLONIAL)
    assert colonial.answer == before
    colonial.go("Brief")
    expect(colonial.page.locator("h1")).to_have_text(COLONIAL)


def test_a_file_that_is_too_large_is_told_before_it_is_sent(colonial: Seen, tmp_path: Path) -> None:
    """A file beyond the limit is refused by name and size."""
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (LARGEST + 1_000_000))
    colonial.press("open")
    colonial.at("upload").locator("input[type=file]").set_input_files(large)
    expect(colonial.at("upload")).to_contain_text("5.0MB or smaller")
    expect(colonial.page.locator("h1").first).to_have_text(COLONIAL)


def test_a_note_is_shown_as_text_and_calls_nobody(seen: Seen) -> None:
    """A script and a picture in a note stay letters; the page asks no stranger for them (looked at when it closes)."""
    evil = f"![look]({STRANGER}) <img src={STRANGER}> <script>document.title = 'taken'</script> $x^2$ :red[y]"
    sony = load_case("sony-2014")
    first = "gop-claim"
    noted = with_values(with_fields(sony, "reports", first, {"note": evil}), {"title": evil})
    seen.open("evidence")
    bring(seen, "noted.toml", text_of(read_shipped("sony-2014"), noted))
    page = seen.page
    expect(page.locator("h1")).to_have_text(evil)
    seen.go("Evidence")
    seen.press(f"grade_{first}")
    expect(page.get_by_role("dialog")).to_contain_text(evil)
    assert page.title() != "taken"
    assert page.locator(f"img[src='{STRANGER}']").count() == 0


def test_what_is_taken_home_is_what_the_core_writes(colonial: Seen) -> None:
    """The page, the text and the data that are downloaded are those of the core, letter by letter."""
    one = verdict(with_enough_draws(load_case("colonial-2021"), load_knowledge()))
    page = colonial.page
    colonial.press("print")
    for form, label in FORMS.items():
        page.get_by_text(label, exact=True).click()
        colonial.idle()
        with page.expect_download() as waited:
            colonial.at("print_download").locator("button").click()
        assert waited.value.suggested_filename == f"colonial-2021-brief.{form}"
        assert waited.value.path().read_text(encoding="utf-8") == export(one, form)
    page.get_by_text("Full", exact=True).click()
    colonial.idle()
    page.get_by_text("Without sources", exact=True).click()
    colonial.idle()
    with page.expect_download() as waited:
        colonial.at("print_download").locator("button").click()
    assert waited.value.suggested_filename == "colonial-2021-full.json"
    assert waited.value.path().read_text(encoding="utf-8") == export(one, "json", "full", sources=False)
