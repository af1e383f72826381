"""The rulers of deception and copying: what is drawn is where the answers turn, and the caption says it."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from tests.belief.explain.examples import case_of
from tests.sensitivity.examples import FEW, IDS, assessed_quickly, tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.report.false_flag_figure import caption, false_flag_figure, said
from cybercoercion.report.figure import Figure, svg
from cybercoercion.sensitivity.assumed.false_flag import BreakEven, break_evens

RIVALS = [{"id": name, "kind": "state", "relationship": "crisis", "name": name.title()} for name in ("amber", "birch")]
TOOLS = [{"fact": fact, "finding": "amber", "grade": "A2"} for fact in ("malware_lineage", "language", "persona_link")]


@cache
def planted() -> tuple[Assessment, tuple[BreakEven, ...]]:
    """Return a case in which only tools speak for the leading actor, with its break-evens in the long view."""
    threat = {"fact": "threat", "finding": "clear"}
    stakes = {"harm_now": 2e8, "recurrence_nation": 3.0}
    case = case_of(*TOOLS, threat, actors=RIVALS, stakes=stakes, frame="threat-received")
    assessment = assess(case, tables(1, FEW))
    return assessment, break_evens(assessment, view="long")


def drawn(figure: Figure, mark: str) -> list[dict[str, Any]]:
    """Return the data of the layers of the ruler that have a mark."""
    layers = figure.vega_lite()["hconcat"][1]["layer"]
    return [row for layer in layers if layer["mark"]["type"] == mark for row in layer["data"]["values"]]


def test_marks_stand_where_the_answers_turn() -> None:
    """A mark stands at each turn, its zone reaches the end of the ruler, and now lies within its 90 %."""
    assessment, found = planted()
    figure = false_flag_figure(found, assessment.case)
    assert figure is not None
    turns = sorted(turn.above for one in found if one.concerns for turn in one.turns if turn.above is not None)
    assert len(turns) >= 3
    marks = sorted(row["x"] for row in drawn(figure, "point") if "question" in row)
    assert marks == pytest.approx(turns)
    zones = [row for row in drawn(figure, "rect") if row["to"] == 1.0]
    assert sorted(row["x"] for row in zones) == pytest.approx(turns)
    bands = [row for row in drawn(figure, "rect") if row["to"] < 1.0]
    nows = [row for row in drawn(figure, "point") if "question" not in row]
    for band, now in zip(bands, nows, strict=True):
        assert band["x"] <= now["x"] <= band["to"]


def test_the_caption_concludes() -> None:
    """The caption says above which share another actor leads and the response changes, or that nothing hangs on it."""
    assessment, found = planted()
    text = caption(found)
    assert text.startswith("Deception: Above ")
    assert "another actor leads" in text
    assert "the response changes" in text
    assert "Copying within an origin: no report hangs on it." in text
    figure = false_flag_figure(found, assessment.case)
    assert figure is not None
    assert figure.caption == text
    deception = found[0].attribution.above
    assert deception is not None
    assert f"Above {100 * deception:.0f} %" in text


def test_rows_say_all_of_it() -> None:
    """Beside the drawing stands a table: each share, each question, now, the range, the answer, and where it turns."""
    assessment, found = planted()
    figure = false_flag_figure(found, assessment.case)
    assert figure is not None
    assert len(figure.rows) == 9
    assert figure.rows[0][4] == "Amber"
    assert figure.rows[0][5].startswith("above ")
    assert figure.rows[3][5] == "no report hangs on it"


@pytest.mark.parametrize("name", IDS)
def test_every_case_is_drawn_or_has_nothing_to_draw(name: str) -> None:
    """A shipped case with a report that hangs on a share has a figure that can be drawn; another has none."""
    assessment = assessed_quickly(name)
    found = break_evens(assessment)
    figure = false_flag_figure(found, assessment.case)
    assert (figure is None) == (not any(one.concerns for one in found))
    if figure is not None:
        assert svg(figure)
        for one in found:
            for turn in one.turns:
                assert turn.found or "no turn from 0 to 100 %" in said(turn, assessment.case)
