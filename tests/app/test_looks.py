"""How the views look, as far as it can be measured: the card of the answer, and contrast in both themes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from cybercoercion.app.memory import Settings
from cybercoercion.assessment import assess
from cybercoercion.case import Fault, load
from cybercoercion.case.editing import with_values
from cybercoercion.desk import opened
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report.verdict import verdict

ROOT = Path(__file__).parents[2]
FEW = Settings(draws=200)
LEGIBLE, QUIETLY = 4.5, 0.6  # WCAG AA of small text; how strongly Streamlit draws a caption
THEMES = tomllib.loads((ROOT / "app" / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


def mixed(front: str, ground: str, share: float = 1.0) -> tuple[float, float, float]:
    """Return a colour over a ground, red, green and blue between 0 and 1."""
    pairs = [(int(front[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    red, green, blue = ((share * one + (1 - share) * other) / 255 for one, other in pairs)
    return red, green, blue


def light(colour: tuple[float, float, float]) -> float:
    """Return the relative luminance of a colour."""
    parts = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(front: str, ground: str, share: float = 1.0) -> float:
    """Return the contrast of text on a ground."""
    low, high = sorted((light(mixed(front, ground, share)), light(mixed(ground, ground))))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_legible_in_both_themes(theme: str) -> None:
    """Text, quiet text, what is chosen and the names of responses have a contrast of 4.5 to the ground."""
    colours = THEMES[theme]
    ground = colours["backgroundColor"]
    assert contrast(colours["textColor"], ground) > 12
    assert contrast(colours["textColor"], ground, QUIETLY) > LEGIBLE
    for name, colour in colours.items():
        if name == "primaryColor" or name.endswith("TextColor"):
            assert contrast(colour, ground) > LEGIBLE, name


def test_no_button_is_filled_with_the_colour_of_what_is_chosen() -> None:
    """Streamlit writes white on a primary button, which nobody reads on the light blue of the dark theme."""
    assert contrast("#FFFFFF", THEMES["dark"]["primaryColor"]) < LEGIBLE
    for file in sorted((ROOT / "app").rglob("*.py")):
        assert 'type="primary"' not in file.read_text(encoding="utf-8"), file.name


@pytest.mark.parametrize("view", ["brief", "evidence", "decision", "assumptions"])
def test_a_view_without_an_answer_of_its_own_gives_the_short_one(start, view: str) -> None:
    """The card holds the short answer, what must be said beside it and the confidence, and never the long one."""
    sony = load("sony-2014")
    at = start(view, desk=opened(sony), settings=FEW)
    said = verdict(assess(sony, load_knowledge(draws=200)))
    card = re.sub(r"\s+", " ", re.sub(r"\\|\*\*", "", at.success[0].value))
    assert said.brief.sentence.removeprefix("Denial (resilience)") in card
    for text in (*said.brief.beside, said.confidence_sentence):
        assert text in card
    assert said.sentence not in card


def test_evidence_shows_either_reports_or_what_is_asked(start) -> None:
    """The switch on top leads to the questions without a walk past all reports, and changes nothing of the case."""
    at = start("evidence", settings=FEW)
    desk = at.session_state["desk"]
    assert at.button(key="report_add")
    assert not any(one.label == "Who was hit" for one in at.expander)
    at.segmented_control(key="evidence_part").set_value("What is asked").run()
    assert not at.exception
    assert any(one.label == "Who was hit" for one in at.expander)
    assert not any(one.key == "report_add" for one in at.button)
    assert at.session_state["desk"] == desk


def test_a_campaign_says_how_many_of_its_reports_are_independent(start) -> None:
    """Wherever reports are counted, so are their origins and how many are independent, over all episodes."""
    at = start("evidence", desk=opened(load("ukraine-2014-2016")), settings=FEW)
    page = "\n".join(str(one.value) for one in (*at.caption, *at.markdown)).replace("\\", "")
    said = re.findall(r"42 reports from 7 origins, about (\d+\.\d) of them independent", page)
    assert len(said) == 2
    assert len(set(said)) == 1
    assert 7 < float(said[0]) < 42


def places(at: AppTest) -> list[int]:
    """Return where on the page the answer stands, among what is drawn one under another."""
    return [place for place, one in at.main.children.items() if isinstance(one, Block) and one.get("success")]


@pytest.mark.parametrize("view", ["brief", "evidence", "decision", "change_our_mind"])
def test_what_comes_and_goes_above_moves_nothing_below(start, view: str) -> None:
    """After a change or a refusal all stands in its place, or the browser would drop the keyboard's focus."""
    sony = load("sony-2014")
    at = start(view, desk=opened(sony), settings=FEW)
    before = places(at)
    assert len(before) == 1
    at.session_state["desk"] = opened(sony).changed(with_values(sony, {"stakes.resilience": 0.5}), "Harder")
    at.run()
    assert any("Last change" in one.value for one in at.markdown)
    assert places(at) == before
    at.session_state["refused"] = (Fault(file="this change", place="x", got="y", allowed="z"),)
    at.run()
    assert at.button(key="refused_close")
    assert places(at) == before
