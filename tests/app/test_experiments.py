"""Experiments in a session: a guess, a copy beside the filed case, how the guess fared, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cybercoercion.app import memory
from cybercoercion.app.memory import Settings, verdict
from cybercoercion.app.parts.experiments import told
from cybercoercion.case import load
from cybercoercion.desk import Desk, opened
from cybercoercion.screen.experiment import compared, experiments

FEW = Settings(draws=300)
SCEPTICAL = Path(__file__).parents[2] / "priors" / "sets" / "sceptical"


def session(start, name: str = "sony-2014") -> AppTest:
    """Return a session with a case on the desk and few draws."""
    return start(desk=opened(load(name)), settings=FEW)


def desk(at: AppTest) -> Desk:
    """Return the desk of a session."""
    found: Desk = at.session_state["desk"]
    return found


def outcome(at: AppTest) -> str:
    """Return all text of the page as it is read."""
    return "\n".join(one.value for one in at.markdown).replace("\\", "")


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("guess", [None, 0, 2])
def test_an_experiment_runs_beside_the_filed_case(start, place: int, guess: int | None) -> None:
    """Press, guess or not, see: a copy lies on the desk, the sentence is the core's, and back restores everything."""
    at = session(start)
    home = desk(at)
    one = experiments(verdict(home.now, FEW), told()["sony-2014"])[place]
    at.button(key=f"experiment_{place}").click().run()
    assert desk(at) == home
    if guess is not None:
        at.radio(key="experiment_guess").set_value(at.radio(key="experiment_guess").options[guess]).run()
    at.button(key="experiment_go").click().run()
    assert not at.exception
    assert desk(at).trial == one.name
    assert desk(at).now == one.source
    assert desk(at).home == home
    assert desk(at).filed == home.filed
    said = compared(one, verdict(home.now, FEW), verdict(one.source, FEW), guess)
    assert said in outcome(at)
    at.button(key="experiment_back").click().run()
    assert desk(at) == home
    assert said not in outcome(at)


def test_the_same_button_folds_the_question_away(start) -> None:
    """Pressed twice, an experiment asks nothing and has done nothing."""
    at = session(start)
    home = desk(at)
    for _ in range(2):
        at.button(key="experiment_0").click().run()
    assert not [one for one in at.button if one.key == "experiment_go"]
    assert desk(at) == home


def test_an_experiment_can_be_kept_as_a_scenario(start) -> None:
    """Kept, it stands among the scenarios of the case, which is on the desk again as it was."""
    at = session(start)
    home = desk(at)
    at.button(key="experiment_2").click().run()
    at.button(key="experiment_go").click().run()
    tried = desk(at).now
    at.button(key="trial_keep").click().run()
    assert desk(at).now == home.now
    assert [one.source for one in desk(at).kept] == [tried]


def test_other_cases_have_experiments_by_rule(start) -> None:
    """A case without texts of its own gets those that the rule makes, and they run."""
    at = session(start, "colonial-2021")
    names = [one.name for one in experiments(verdict(desk(at).now, FEW))]
    labels = [one.label.replace("\\", "") for one in at.button if (one.key or "").startswith("experiment_")]
    assert labels == names
    at.button(key="experiment_0").click().run()
    at.button(key="experiment_go").click().run()
    assert not at.exception
    assert desk(at).trial == names[0]


def test_the_texts_of_the_worked_example_fit_its_case() -> None:
    """Each told experiment is the one that runs: none has silently given way to the rule."""
    for name, rows in told().items():
        found = experiments(verdict(load(name), FEW), rows)
        assert [one.name for one in found] == [row["name"] for row in rows]
        assert len(found) == 3


def test_the_sentences_stay_true_under_other_priors(start, monkeypatch) -> None:
    """With other base rates all three run, and what is said follows from the verdicts under those."""
    shipped_p = verdict(load("sony-2014"), FEW).coercion.p
    monkeypatch.setenv(memory.PRIORS, str(SCEPTICAL))
    memory.knowledge.cache_clear()
    memory.forget()
    try:
        at = session(start)
        home = desk(at)
        before = memory.verdict(home.now, FEW)
        assert memory.knowledge(FEW).overlays
        assert before.coercion.p < shipped_p - 0.05
        for place, one in enumerate(experiments(before, told()["sony-2014"])):
            at.button(key=f"experiment_{place}").click().run()
            at.radio(key="experiment_guess").set_value(at.radio(key="experiment_guess").options[1]).run()
            at.button(key="experiment_go").click().run()
            assert compared(one, before, memory.verdict(one.source, FEW), 1) in outcome(at)
            at.button(key="experiment_back").click().run()
            assert desk(at) == home
    finally:
        memory.knowledge.cache_clear()
        memory.forget()
