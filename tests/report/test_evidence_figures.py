"""The figures of evidence: one view that fits a phone, user text in data only, and captions with numbers."""

from __future__ import annotations

import json
from datetime import date

import pytest

from cybercoercion.case import load_case
from cybercoercion.case.editing import with_row
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report.figure import Figure, svg
from cybercoercion.report.palette import DARK, themed
from cybercoercion.report.pull_picture import WIDTH, pull_svg
from cybercoercion.report.tension_figure import SHOWN
from cybercoercion.screen.evidence_conflict import disagreements
from cybercoercion.screen.evidence_figures import conflict_drawn, replay_drawn, voices_drawn
from cybercoercion.screen.replay import replay
from cybercoercion.screen.voices import voices

TABLES = load_knowledge(draws=100)
EVIL = "x](http://evil.example) <b>$bold$</b>"
SONY = with_row(
    load_case("sony-2014"),
    "reports",
    {"id": "evil", "fact": "media_attribution", "finding": "north-korea", "origin": EVIL,
     "known_date": date(2014, 12, 9), "event_date": date(2014, 12, 1)},
)  # fmt: skip


def _drawn() -> tuple[Figure, ...]:
    """Return the three figures of a case with a hostile origin."""
    found = disagreements(SONY, TABLES, sets=100)
    return (
        voices_drawn(voices(SONY, TABLES, 0.5, across=True)),
        conflict_drawn(found),
        replay_drawn(replay(SONY, TABLES), "coercion", date(2014, 12, 7)),
    )


VOICES, CONFLICT, REPLAY = _drawn()


@pytest.mark.parametrize("one", [VOICES, CONFLICT, REPLAY], ids=lambda one: one.name)
def test_a_figure_is_one_layered_view_that_draws(one: Figure) -> None:
    """Each figure is one layered view, hides its marks from readers, states a caption, a table and its sources."""
    spec = one.vega_lite()
    assert "layer" in spec
    assert "hconcat" not in one.spec
    assert all(layer["mark"]["aria"] is False for layer in spec["layer"])
    assert one.caption.endswith(".")
    assert all(len(row) == len(one.columns) for row in one.rows)
    assert one.sources
    assert svg(one).startswith("<svg")


@pytest.mark.parametrize("one", [VOICES, CONFLICT, REPLAY], ids=lambda one: one.name)
def test_what_users_wrote_stands_in_data_only(one: Figure) -> None:
    """Without data and description no word of a user is left in a spec."""
    spec = one.vega_lite()
    del spec["description"]
    for layer in spec["layer"]:
        layer.pop("data", None)
    assert "evil" not in json.dumps(spec)


def test_a_first_report_is_full_and_a_copy_is_paler() -> None:
    """Every dot of a first report is opaque, that of a copy is paler and labelled, and the table says for how much."""
    layers = VOICES.vega_lite()["layer"]
    dots, labelled = layers[1]["data"]["values"], layers[2]["data"]["values"]
    assert {dot["pale"] for dot in dots if dot["first"]} == {1.0}
    assert labelled == [dot for dot in dots if not dot["first"]] != []
    assert all(0 < dot["pale"] < 1 for dot in labelled)
    assert {row[3] for row in VOICES.rows} == {"1.00", "0.50"}
    assert len(dots) == len(VOICES.rows)


def test_disagreements_beyond_the_first_ten_stand_in_the_table() -> None:
    """At most ten rows are drawn, the table has all, and each bar begins at no disagreement."""
    bars = CONFLICT.vega_lite()["layer"][2]["data"]["values"]
    assert len(bars) == SHOWN < len(CONFLICT.rows)
    assert {bar["from"] for bar in bars} == {0}
    assert [f"{bar['bits']:.2f}".replace("-", "\N{MINUS SIGN}") for bar in bars] == [
        row[1] for row in CONFLICT.rows[:SHOWN]
    ]


def test_the_line_never_moves_before_the_day_on_which_something_became_known() -> None:
    """The line steps after each date on which something became known; days of events stand below 0 % and apart."""
    layers = REPLAY.vega_lite()["layer"]
    assert layers[1]["mark"]["interpolate"] == "step-after"
    known = {report.known_date.isoformat() for report in SONY.reports}
    line = [point["on"] for point in layers[1]["data"]["values"]]
    assert set(line[1:-1]) <= known
    assert line == sorted(line)
    assert all(mark["y"] < 0 for mark in layers[3]["data"]["values"])
    assert layers[4]["data"]["values"][0]["on"] == "2014-12-07"


def test_the_line_ends_on_the_as_of_date_and_holds_nothing_later() -> None:
    """What became known after the as-of date is neither in the line nor among the marks."""
    layers = REPLAY.vega_lite()["layer"]
    assert layers[1]["data"]["values"][-1]["on"] == "2014-12-18"
    assert "government-names-north" not in REPLAY.spec


def test_a_pull_is_filled_to_the_right_and_hollow_to_the_left() -> None:
    """A positive pull fills a bar right of the zero line, a negative one is hollow on the left, in both themes."""
    up, down = pull_svg(2.0, 2.0), pull_svg(-2.0, 2.0)
    assert f'x="{WIDTH / 2:.1f}"' in up
    assert 'fill="none"' not in up
    assert 'x="2.0"' in down
    assert 'fill="none"' in down
    assert DARK["#1F5AA6"] in pull_svg(2.0, 2.0, "dark")
    assert 'width="0.0"' in pull_svg(0.0, 0.0)


def test_the_dark_figures_use_no_colour_of_the_light_ground() -> None:
    """In the dark the blue of belief and the ink are exchanged, and data stay as they are."""
    for one in (VOICES, CONFLICT, REPLAY):
        layers = themed(one, "dark")["layer"]
        marks = json.dumps([{key: part for key, part in layer.items() if key != "data"} for layer in layers])
        assert "#1F5AA6" not in marks
        assert "#1B1F27" not in marks
        assert [layer.get("data") for layer in layers] == [layer.get("data") for layer in one.vega_lite()["layer"]]
