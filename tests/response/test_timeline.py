"""Windows and discount are averaged exactly over the cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cybercoercion.knowledge import load_knowledge
from cybercoercion.response.course import Steady
from cybercoercion.response.timeline import EDGES, LONG, SHORT, decay, fading, growing, timeline

Array = NDArray[np.float64]
START, END = EDGES[:-1, None], EDGES[1:, None]
GRID = np.linspace(0, 1, 4001)[1::2]  # midpoints


def averaged(window: object, at: Array) -> Array:
    """Return midpoint averages over each cell of a function of time."""
    assert callable(window)
    times = START + (END - START) * at
    return np.asarray(window(times).mean(1))


@given(st.floats(0, 12), st.floats(0.1, 10))
def test_decay_is_the_average_of_its_window(delay: float, half_life: float) -> None:
    """A window that begins late and then halves is averaged exactly, kink included."""
    found = decay(START, END, np.array([delay]), np.array([half_life]))[:, 0]
    wanted = averaged(lambda t: np.where(t >= delay, 2.0 ** (-np.maximum(t - delay, 0) / half_life), 0.0), GRID)
    assert found == pytest.approx(wanted, abs=2e-3)


@given(st.floats(0, 12))
def test_what_does_not_wear_off_stays(delay: float) -> None:
    """Without a half-life a window is open from its delay on."""
    found = decay(START, END, np.array([delay]), np.array([np.inf]))[:, 0]
    assert found == pytest.approx(((END - np.clip(delay, START, END)) / (END - START))[:, 0])


@given(st.floats(0.1, 3))
def test_fading_is_the_average_of_its_ramp(life: float) -> None:
    """What wears off evenly over its life is averaged exactly."""
    found = fading(START, END, np.array([life]))[:, 0]
    assert found == pytest.approx(averaged(lambda t: np.maximum(0, 1 - t / life), GRID), abs=1e-6)


@given(st.floats(0, 3), st.floats(0.01, 1))
def test_growing_is_the_average_of_its_course(delay: float, pace: float) -> None:
    """What a programme closes is averaged exactly."""
    found = growing(START, END, np.array([delay]), np.array([pace]))[:, 0]
    wanted = averaged(lambda t: -np.expm1(-pace * np.maximum(t - delay, 0)), GRID)
    assert found == pytest.approx(wanted, abs=1e-6)


def test_horizons() -> None:
    """Eight cells are 24 months, fourteen are five years, none is no time at all."""
    assert EDGES[SHORT] == 2
    assert EDGES[LONG] == 5
    knowledge = load_knowledge(draws=20)
    time = timeline(knowledge)
    delta = knowledge.quantity("discount")
    for cells, years in ((SHORT, 2), (LONG, 5)):
        assert time.years(cells) == pytest.approx((1 - delta**years) / -np.log(delta))
    left = Steady(share=np.ones((1, 1)), time=time, knowledge=knowledge)
    assert (left.years((), 0) == 0).all()
    assert (left.years(("punishment",), 0) == 0).all()
