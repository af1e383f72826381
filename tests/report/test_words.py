"""Likelihood in words, money and shares."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.report.examples import FEW, tables

from cybercoercion.report.words import MINUS, band, dated, in_words, joined, money, percent, sentence_of, span

# ICD 203: the lower edge of each band belongs to it
EDGES = [
    ("almost no chance", 0.01, 0.05),
    ("very unlikely", 0.05, 0.20),
    ("unlikely", 0.20, 0.45),
    ("roughly even chance", 0.45, 0.55),
    ("likely", 0.55, 0.80),
    ("very likely", 0.80, 0.95),
    ("almost certain", 0.95, 0.99),
]
NAMES = [name for name, _, _ in EDGES]
SCALE = {"M": 1e6, "bn": 1e9, "trn": 1e12, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def words(low: float, high: float) -> str:
    """Return the words for a range by the shipped bands."""
    return in_words(low, high, tables(1, FEW))


def amount(text: str) -> float:
    """Return the number that a printed amount stands for."""
    found = re.fullmatch(rf"([{MINUS}+]?)([\d.]+) (M|bn|trn|million|billion|trillion)(?: USD)?", text)
    assert found, text
    return (-1 if found[1] == MINUS else 1) * float(found[2]) * SCALE[found[3]]


@pytest.mark.parametrize(("name", "low", "high"), EDGES)
def test_the_lower_edge_belongs_to_the_band(name: str, low: float, high: float) -> None:
    """Each band begins at its lower edge and ends just below its upper one."""
    assert words(low, low) == name
    assert words(low, high - 1e-9) == name
    assert words((low + high) / 2, (low + high) / 2) == name
    assert band(low, tables(1, FEW)) == NAMES.index(name)


@pytest.mark.parametrize("place", range(6))
def test_the_upper_edge_belongs_to_the_next_band(place: int) -> None:
    """An upper edge is worded as the next band."""
    assert words(EDGES[place][2], EDGES[place][2]) == NAMES[place + 1]


@pytest.mark.parametrize("first", range(7))
@pytest.mark.parametrize("width", range(7))
def test_the_range_is_worded_by_the_bands_it_covers(first: int, width: int) -> None:
    """One band is one word, two are joined by `to`, three are spanned by `from .. to`, more say nothing useful."""
    last = first + width
    if last > 6:
        return
    said = words(EDGES[first][1], (EDGES[last][1] + EDGES[last][2]) / 2)
    expected = {
        0: NAMES[first],
        1: f"{NAMES[first]} to {NAMES[min(last, 6)]}",
        2: f"from {NAMES[first]} to {NAMES[min(last, 6)]}",
    }
    assert said == expected.get(width, "cannot be said usefully")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.0, 0.0, "< 1 %"),
        (0.0, 0.0099, "< 1 %"),
        (0.0, 0.01, "almost no chance"),
        (0.991, 1.0, "> 99 %"),
        (1.0, 1.0, "> 99 %"),
        (0.99, 1.0, "almost certain"),
        (0.0, 1.0, "cannot be said usefully"),
    ],
)
def test_the_ends_have_numbers_instead_of_words(low: float, high: float, said: str) -> None:
    """A range below 1 % or above 99 % is printed without a word."""
    assert words(low, high) == said


@given(low=st.floats(0, 1), high=st.floats(0, 1))
def test_every_range_has_words(low: float, high: float) -> None:
    """Every range from 0 to 1 is worded, in the words of the scale alone."""
    low, high = sorted((low, high))
    said = words(low, high)
    rest = said
    for name in sorted(NAMES, key=len, reverse=True):
        rest = rest.replace(name, "")
    assert rest.strip() in ("", "to", "from  to", "cannot be said usefully", "< 1 %", "> 99 %")


@given(low=st.floats(0, 1), high=st.floats(0, 1))
def test_a_sentence_holds_word_and_numbers(low: float, high: float) -> None:
    """A likelihood is one English sentence: the word for the range, then the range in brackets."""
    low, high = sorted((low, high))
    said = words(low, high)
    sentence = sentence_of(said, "this is coercion", low, high)
    assert sentence.endswith(".")
    assert sentence.count("this is coercion") == 1
    assert sentence.startswith(("It ", "There is ", "The probability that "))
    assert "  " not in sentence
    if not said.startswith(("<", ">")):
        assert f"({span(low, high)})" in sentence


@pytest.mark.parametrize("first", range(7))
@pytest.mark.parametrize("width", range(3))
def test_a_chance_is_there_and_a_likelihood_is(first: int, width: int) -> None:
    """Nothing is `almost no chance` or `roughly even chance` by itself: of a chance we say that there is one."""
    if first + width > 6:
        return
    low, high = EDGES[first][1], EDGES[first + width][1] + 1e-6
    sentence = sentence_of(words(low, high), "it rains", low, high)
    assert not re.match(r"It is (from )?(almost no chance|roughly even chance)", sentence)
    assert not re.match(r"There is (likely|unlikely|very|almost certain)", sentence)


def test_a_likelihood_at_an_end_says_below_or_above() -> None:
    """A probability below 1 % or above 99 % is said as such."""
    assert sentence_of("< 1 %", "x is true", 0, 0.001) == "The probability that x is true is below 1 %."
    assert sentence_of("> 99 %", "x is true", 0.999, 1) == "The probability that x is true is above 99 %."
    useless = sentence_of("cannot be said usefully", "x is true", 0.1, 0.9)
    assert useless == "It cannot be said usefully (10–90 %) whether x is true."


@given(p=st.floats(0, 1))
def test_per_cent_is_whole_and_never_certain(p: float) -> None:
    """A probability is printed in whole per cent, and neither as 0 nor as 100."""
    text = percent(p)
    assert re.fullmatch(r"[<>]? ?\d{1,2} %", text)
    if text[0] not in "<>":
        assert abs(int(text.split()[0]) - 100 * p) <= 0.5 + 1e-9
        assert 0 < int(text.split()[0]) < 100


@given(p=st.floats(0.01, 0.99))
@example(p=0.125)
@example(p=0.625)
def test_a_probability_and_its_range_round_alike(p: float) -> None:
    """A range without width prints the same digits as the probability."""
    assert span(p, p) == percent(p)


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.0, 0.004, "< 1 %"), (0.0001, 0.0099, "< 1 %"), (0.996, 1, "> 99 %")]
)
def test_a_range_at_an_end_does_not_claim_the_impossible(low: float, high: float, said: str) -> None:
    """A range wholly below 1 % or above 99 % is printed as such, never as 0 % or 100 %."""
    assert span(low, high) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.58, 0.841, "58–84 %"),
        (0.05, 0.05, "5 %"),
        (0.125, 0.5, "13–50 %"),
        (0.2, 0.204, "20 %"),
        (0.005, 0.03, "1–3 %"),
    ],
)
def test_a_range_has_one_dash_and_one_unit(low: float, high: float, said: str) -> None:
    """A range of probability is printed with an en dash, one unit, and once where both ends round alike."""
    assert span(low, high) == said


@pytest.mark.parametrize(
    ("usd", "text"),
    [
        (164.2e6, "164 M"),
        (1.2e9, "1.2 bn"),
        (0.3e6, "0.3 M"),
        (1e6, "1 M"),
        (999.4e6, "999 M"),
        (999.6e6, "1 bn"),
        (9.996e6, "10 M"),
        (99.96e6, "100 M"),
        (100e6, "100 M"),
        (2.5e12, "2.5 trn"),
        (12_345, "0.01 M"),
        (1_000, "0.001 M"),
        (400, "0"),
        (0.0, "0"),
        (-0.0, "0"),
        (-400, "0"),
        (-20.4e6, "−20.4 M"),
    ],
)
def test_money(usd: float, text: str) -> None:
    """Amounts have at most three significant figures, a unit and a true minus sign."""
    assert money(usd) == text


@given(usd=st.floats(1e5, 9.99e14), sign=st.sampled_from([1, -1]))
def test_money_is_true_to_three_figures(usd: float, sign: int) -> None:
    """What is printed lies within half a unit of the third figure, and has no more figures than three."""
    text = money(sign * usd)
    assert amount(text) == pytest.approx(sign * usd, rel=0.0051)
    assert len(re.sub(r"\D", "", text).strip("0")) <= 3
    assert "-" not in text


@given(usd=st.floats(-1e14, 1e14))
def test_money_is_the_same_in_words(usd: float) -> None:
    """In a sentence the same digits stand with the unit spelled out, and never a bare number."""
    short, long = money(usd), money(usd, words=True)
    assert long.endswith(" USD")
    assert long.split()[0] == short.split()[0]
    if short != "0":
        assert amount(short) == amount(long)


@given(usd=st.floats(-1e14, 1e14))
def test_a_difference_carries_its_sign(usd: float) -> None:
    """A difference begins with plus or minus, unless it is printed as 0."""
    text = money(usd, signed=True)
    assert text == "0" or text[0] == ("+" if usd > 0 else MINUS)


def test_a_date_is_written_as_people_do() -> None:
    """A date has a day without a leading zero, a short month and a year."""
    assert dated(date(2014, 12, 8)) == "8 Dec 2014"


def test_names_are_joined_in_words() -> None:
    """A list in words has commas and one `and`; of nothing it is empty."""
    assert joined([]) == ""
    assert joined(["a"]) == "a"
    assert joined(["a", "b"]) == "a and b"
    assert joined(["a", "b", "c"], "or") == "a, b or c"
