"""Experiments: copies by rule and by a worked example, and sentences that follow from the verdicts only."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from cybercoercion.assessment import assess
from cybercoercion.case import Case, load, load_case, new_case, parse_case, shipped
from cybercoercion.case.editing import with_row, with_values, without_row
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.report import Verdict, verdict
from cybercoercion.screen.experiment import Experiment, compared, experiments

SHIPPED = shipped()
OWN = {
    "name": "Own words",
    "settings": ["reports.press-suspects-north.off=true"],
    "asks": "actor",
    "question": "Own question?",
    "choices": ["Down", "Same", "Up"],
}


@cache
def tables() -> Knowledge:
    """Return tables with few draws."""
    return load_knowledge(draws=200)


def said(source: Case) -> Verdict:
    """Return the verdict of a case."""
    return verdict(assess(source, tables()))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_case_has_experiments_that_change_one_thing(name: str) -> None:
    """Each experiment is a sound copy that differs from the case; names and choices are three different texts."""
    source = load(name)
    found = experiments(said(source))
    assert 2 <= len(found) <= 3
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.source != source
        assert one.source.id == source.id
        assert len(set(one.choices)) == 3
    assert load(name) == source


def test_the_report_that_names_the_leader_is_dropped() -> None:
    """The rule switches off the best graded report that names the likeliest actor, and nothing else."""
    sony = load_case("sony-2014")
    one = experiments(said(sony))[0]
    assert isinstance(one.source, Case)
    off = [report.id for report in one.source.reports if report.off]
    assert off == ["press-suspects-north"]


def test_without_a_name_the_loudest_report_is_dropped() -> None:
    """Where nobody names the likeliest actor, the report without which coercion moves most is switched off."""
    case = load_case("stuxnet-2010")
    before = said(case)
    one = experiments(before)[0]
    assert one.asks == "coercion"
    move = abs(said(one.source).coercion.p - before.coercion.p)  # type: ignore[arg-type]
    others = [
        abs(
            said(with_row(without_row(case, "reports", report.id), "reports", _off(report))).coercion.p
            - before.coercion.p
        )
        for report in case.reports
        if report.known_on(case.as_of) <= case.as_of
    ]
    assert move == pytest.approx(max(others), abs=1e-9)


def _off(report: object) -> dict[str, object]:
    """Return the row of a report, switched off."""
    data = report.model_dump(by_alias=True, exclude_none=True)  # type: ignore[attr-defined]
    return data | {"off": True}


def test_the_next_report_is_learnt_on_its_day() -> None:
    """The rule moves the date to the first day on which a hidden report became known."""
    one = experiments(said(load_case("sony-2014")))[1]
    assert one.source.as_of == date(2014, 12, 19)


def test_an_awaited_report_is_supposed_to_be_there() -> None:
    """Without later reports an awaited one is added, as the likeliest candidate would have it."""
    case = load_case("opm-2015")
    pending = {"id": "next", "fact": "vendor_attribution", "grade": "B2", "origin": "a-vendor"}
    case = with_row(case, "pending", pending)
    found = experiments(said(case))
    added = found[1].source
    assert isinstance(added, Case)
    assert [row.id for row in added.reports][-1] == "next-as-if"
    assert added.reports[-1].finding == "china"


def test_resilience_is_raised_half_of_the_way() -> None:
    """From what it is now to the middle between that and one."""
    case = with_values(load_case("sony-2014"), {"stakes.resilience": 0.5})
    one = experiments(said(case))[-1]
    assert isinstance(one.source, Case)
    assert one.source.stakes.resilience == 0.75
    assert one.name.endswith("from 0.50 to 0.75")


def test_a_blank_case_has_the_experiment_of_resilience_only() -> None:
    """Without reports nothing can be dropped or learnt; the target can still be made harder."""
    blank = parse_case(new_case("blank", title="Blank", frame="threat-received"), "blank.toml")
    assert [one.asks for one in experiments(said(blank))] == ["first"]


def test_texts_of_a_worked_example_take_the_place_of_the_rule() -> None:
    """A told experiment has its own words and settings; what it does not say comes from the rule."""
    own = experiments(said(load_case("sony-2014")), [OWN])
    rule = experiments(said(load_case("sony-2014")))
    assert (own[0].name, own[0].question, own[0].choices) == ("Own words", "Own question?", ("Down", "Same", "Up"))
    assert own[0].source == rule[0].source
    assert own[1:] == rule[1:]


def test_what_no_longer_fits_gives_way_to_the_rule() -> None:
    """Settings that the case refuses, or that change nothing any more, leave the place to the rule."""
    verdict_now = said(load_case("sony-2014"))
    gone = {**OWN, "settings": ["reports.nobody.off=true"]}
    idle = {**OWN, "settings": ["reports.press-suspects-north.off=false"]}
    for row in (gone, idle):
        assert experiments(verdict_now, [row]) == experiments(verdict_now)


def test_the_sentence_says_what_the_model_says_whatever_was_guessed() -> None:
    """A right guess is as expected, a wrong one is set beside what came true, none at all is no fault."""
    sony = load_case("sony-2014")
    before = said(sony)
    for one in experiments(before):
        after = said(one.source)  # type: ignore[arg-type]
        texts = [compared(one, before, after, guess) for guess in (0, 1, 2)]
        right = [text for text in texts if text.startswith("As you expected: ")]
        assert len(right) == 1
        plain = compared(one, before, after, None)
        assert plain.startswith("The model says: ")
        assert right[0].removeprefix("As you expected: ") == plain.removeprefix("The model says: ")
        assert sum(text.startswith("You expected: ") and text.endswith(plain) for text in texts) == 2


def test_outcomes_follow_from_the_verdicts() -> None:
    """The same case is about as likely and stays first; a first choice that turns is told from one that goes."""
    sony = load_case("sony-2014")
    base = said(sony)

    def truth(asks: str, after: Verdict, before: Verdict = base) -> int:
        one = Experiment(name="x", asks=asks, question="?", choices=("A", "B", "C"), source=sony)  # type: ignore[arg-type]
        return next(k for k in range(3) if compared(one, before, after, k).startswith("As you expected"))

    assert truth("actor", base) == truth("coercion", base) == 1
    assert truth("first", base) == 0
    hard = said(with_values(sony, {"stakes.resilience": 0.95}))
    assert hard.assessment.ranking.default.first == "nothing"
    assert truth("first", hard) == 2
    assert truth("first", base, before=hard) == 1
    surer = said(sony.as_known_on(date(2014, 12, 19)))
    assert truth("actor", surer) == 2
    assert truth("actor", base, before=surer) == 0
