"""The view of the decision as a person uses it: each change of a widget is the core's, and undo is exact."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cybercoercion.app import memory
from cybercoercion.app.memory import Settings
from cybercoercion.case import Campaign, Case, Range, load, new_case, parse_case
from cybercoercion.case.editing import with_values
from cybercoercion.desk import Desk, opened
from cybercoercion.report.verdict import Verdict
from cybercoercion.screen.cost_rows import CostRows, cost_rows
from cybercoercion.screen.top import top
from cybercoercion.screen.variants import aimed, pairs, targets

FOLDS = {f"fold_{name}": True for name in ("stakes", "why", "attitudes", "variants", "pairs")}


def said_of(source: Case | Campaign) -> Verdict:
    """Return what the core says of a case with the settings of a new session."""
    return memory.verdict(source, Settings())


def rows_now(at: AppTest, **how: object) -> CostRows:
    """Return the rows that the core has for the desk of a session."""
    desk: Desk = at.session_state["desk"]
    return cost_rows(said_of(desk.now), said_of(desk.before) if desk.before is not None else None, **how)


def text(at: AppTest) -> str:
    """Return all words of the view as they are read: without colours, weights and escapes."""
    words = "\n".join(one.value for one in (*at.markdown, *at.caption, *at.subheader, *at.success, *at.warning))
    plain = re.sub(r"(?<!\\):[a-z]+\[|(?<!\\)\]|(?<!\\)\{[^}]*\}|\*\*", "", words)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain)


def shown(at: AppTest, rows: CostRows) -> None:
    """Hold every card against its row: cost, range, extra cost, count, caption."""
    page = text(at)
    for row in rows.five:
        for words in (row.cost_words, row.range_words, row.cheapest_words, row.share_words, row.caption):
            assert words in page, (row.response, words)
        if not row.first:
            assert row.extra_sentence in page
    assert [row.caption for row in rows.five if not row.first] == alts(at)[: len(rows.five) - 1]


def alts(at: AppTest) -> list[str]:
    """Return the accessible names of all drawings, in reading order."""
    return [chart.proto.alt for chart in at.get("vega_lite_chart")]


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021", "opm-2015", "ukraine-2014-2016", "github-2015"])
def test_the_cards_say_what_the_core_says(start, name: str) -> None:
    """Of a case, of crime, of espionage without a demand and of a campaign, each card has the numbers of its row."""
    at = start("decision", desk=opened(load(name)), **FOLDS)
    assert not at.exception
    shown(at, rows_now(at))
    assert top(said_of(load(name))).answer in text(at)


def test_a_blank_case_is_priced(start) -> None:
    """A case without reports, demands and stated stakes has its five cards, and no line for complying."""
    blank = parse_case(new_case("port-2026", title="A port", frame="any-intrusion", as_of=date(2026, 1, 5)))
    at = start("decision", desk=opened(blank), **FOLDS)
    assert not at.exception
    shown(at, rows_now(at))
    assert "Complying" not in text(at)


def test_resilience_moves_the_case_and_undo_restores_it(start) -> None:
    """Letting the slider go states a point; cards, outlines and answer follow the core; undo restores every number."""
    at = start("decision")
    before, first = at.session_state["desk"].now, text(at)
    at.slider(key="slider_resilience").set_value(0.7).run()
    desk = at.session_state["desk"]
    assert desk.now == with_values(before, {"stakes.resilience": 0.7})
    shown(at, rows_now(at))
    assert any(row.outline for row in rows_now(at).rows)
    assert at.number_input(key="number_resilience").value == 0.7
    assert top(said_of(desk.now)).answer in text(at)
    assert top(said_of(desk.now)).answer not in first
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == before
    assert at.slider(key="slider_resilience").value == pytest.approx(at.number_input(key="number_resilience").value)
    assert rows_now(at).rows == cost_rows(said_of(before)).rows


@pytest.mark.parametrize(
    ("field", "value", "stated"),
    [("escalation", 3.0, 3.0), ("price_of_escalation", 2.5, 2.5), ("margin", 8.0, 8e6), ("resilience", 0.42, 0.42)],
)
def test_the_number_box_states_the_same_as_the_slider(start, field: str, value: float, stated: float) -> None:
    """A number typed beside a slider is stated in the unit of the field, and the slider follows."""
    at = start("decision")
    at.number_input(key=f"number_{field}").set_value(value).run()
    assert getattr(at.session_state["desk"].now.stakes, field) == pytest.approx(stated)
    assert at.slider(key=f"slider_{field}").value == pytest.approx(value)
    shown(at, rows_now(at))


def test_a_margin_makes_a_tie(start) -> None:
    """Under a margin larger than the gap the ranks read 1= and the answer says that it is a tie."""
    at = start("decision")
    assert "1=" not in text(at)
    at.slider(key="slider_margin").set_value(9.0).run()
    assert text(at).count("1=") >= 2
    assert "Choose between them on other grounds." in text(at)


def test_a_stated_range_is_replaced_while_moved_and_comes_back(start) -> None:
    """Moving a slider replaces a stated range by its point; the way back restores the range, and undo the point."""
    wide = with_values(load("sony-2014"), {"stakes.resilience": {"low": 0.2, "high": 0.6}})
    at = start("decision", desk=opened(wide))
    assert "Stated: 0.20 to 0.60 (90 % range)." in text(at)
    at.slider(key="slider_resilience").set_value(0.8).run()
    assert at.session_state["desk"].now.stakes.resilience == 0.8
    at.button(key="back_resilience").click().run()
    assert isinstance(at.session_state["desk"].now.stakes.resilience, Range)
    assert at.session_state["desk"].now == wide
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now.stakes.resilience == 0.8


def test_a_refused_number_loses_nothing(start) -> None:
    """A resilience above one is refused with its fault, and the case stays as it was."""
    at = start("decision")
    before = at.session_state["desk"]
    at.number_input(key="number_resilience").set_value(1.7).run()
    assert not at.exception
    assert at.session_state["desk"] == before
    assert any("nothing was changed" in one.value for one in at.warning)


def test_a_campaign_is_moved_as_its_own_stakes(start) -> None:
    """A slider changes the stakes of a campaign and leaves its episodes; undo restores the campaign."""
    source = load("ukraine-2014-2016")
    at = start("decision", desk=opened(source))
    at.slider(key="slider_resilience").set_value(0.6).run()
    changed = at.session_state["desk"].now
    assert changed.file.stakes.resilience == 0.6
    assert changed.episodes == source.episodes
    shown(at, rows_now(at))
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == source


def test_the_views_and_the_kinds_are_switched_and_named(start) -> None:
    """In each view, over futures and over input readings, cards and captions are those of the core."""
    at = start("decision")
    for view in ("long", "target", "nation"):
        for futures in (False, True):
            at.segmented_control(key="cost_view").set_value(view)
            at.segmented_control(key="cost_futures").set_value(futures).run()
            rows = rows_now(at, view=view, futures=futures)
            shown(at, rows)
            other = "input readings" if futures else "futures"
            assert all(f"of 20 {other}" not in name for name in alts(at))
    assert at.session_state["desk"].now == load("sony-2014")


def test_a_rival_is_chosen_and_explained(start) -> None:
    """Why this cost compares the first choice with the rival that is chosen, and says its gap."""
    at = start("decision", **FOLDS)
    rows = rows_now(at)
    for rival in at.selectbox(key="cost_rival").options:
        at.selectbox(key="cost_rival").select(rival).run()
        row = next(one for one in rows.five if one.name.split(" (")[0] == rival)
        assert f"{rival} costs {row.extra_words.removeprefix('+')} USD more than denial" in text(at)


def test_variants_and_targets_are_chosen(start) -> None:
    """The response and whom it is aimed at are chosen among those who may be accused; the drawing is the core's."""
    source = load("bangladesh-bank-2016")
    at = start("decision", desk=opened(source), **FOLDS)
    at.segmented_control(key="variant_response").set_value("norms").run()
    found = targets(said_of(source), "norms", "nation")
    assert at.selectbox(key="variant_target").options == list(found.values())
    assert len(found) > 1
    for actor, words in found.items():
        at.selectbox(key="variant_target").select(words).run()
        assert aimed(said_of(source), "norms", actor, view="nation").best.caption in alts(at)
    at.segmented_control(key="variant_response").set_value("denial").run()
    assert "aimed at nobody" in text(at)
    assert at.session_state["desk"].now == source


def test_pairs_are_drawn_with_their_sentence(start) -> None:
    """The cheapest of the four with each other one is drawn beside it alone, and the best combination is said."""
    at = start("decision", **FOLDS)
    found = pairs(said_of(load("sony-2014")), view="nation")
    assert all(sentence in text(at) for sentence in found.sentences)
    assert {row.caption for row in found.rows} <= set(alts(at))


def test_more_draws_are_taken_where_they_may_part_a_tie(start) -> None:
    """Where the draws cannot tell, a button doubles them; the case stays as it is."""
    source = with_values(load("colonial-2021"), {"stakes.margin": 0.0, "stakes.resilience": 0.68})
    assert cost_rows(said_of(source)).sampling
    at = start("decision", desk=opened(source))
    before = said_of(source).assessment.knowledge.size
    at.button(key="draw_more").click().run()
    assert at.session_state["settings"].draws == 2 * before
    assert f"{2 * before:,} draws" in text(at)
    assert at.session_state["desk"].now == source


def test_the_price_of_escalation_is_for_the_analyst(start) -> None:
    """The acceptability of each choice is drawn for the analyst only, and changes no number."""
    plain = start("decision", **FOLDS)
    assert not any("stays first up to" in name for name in alts(plain))
    at = start("decision", depth="Analyst", fold_price=True, **FOLDS)
    for _ in range(100):
        if any("stays first up to" in name for name in alts(at)):
            break
        at.run()
    assert any("stays first up to" in name for name in alts(at))
    shown(at, rows_now(at))
