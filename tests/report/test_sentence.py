"""The answer sentence, for each state of the answer."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.report.examples import IDS, quickly, said

from cybercoercion.assessment import changed
from cybercoercion.case import load
from cybercoercion.report.sentence import NAMES, VARIANT_NAMES, Placed, Setting, answer
from cybercoercion.response.variant import VARIANTS

M = 1e6
VARIANT_OF = {"denial": "urgent", "punishment": "statement", "entanglement": "leverage", "norms": "naming"}
AGREED = (("target", "denial"), ("nation", "denial"), ("long", "denial"))
SETTING = Setting(
    nothing=100 * M,
    nothing_p_best=0.1,
    nothing_in_futures=0.1,
    references=(),
    margin=1 * M,
    months=24,
    first_by_view=AGREED,
)
VIEWS = {"target": "the target alone", "nation": "the nation over 24 months", "long": "5 years"}
AMOUNT = r"[\d.]+ (?:million|billion|trillion) USD"


def ranked(
    *deltas: tuple[str, float], p_best: tuple[float, ...] = (0.7, 0.1, 0.1, 0.0), mcse: float = 0.01 * M
) -> tuple[Placed, ...]:
    """Return rows with these differences in USD million, the rest filled in consistently."""
    rows = []
    for place, (response, delta) in enumerate(deltas):
        last = place + 1 == len(deltas)
        rows.append(
            Placed(
                response=response,
                variant=VARIANT_OF[response],
                delta=delta * M,
                gap=None if last else (deltas[place + 1][1] - delta) * M,
                gap_mcse=None if last else mcse,
                p_best=p_best[place],
                cheapest_in_futures=p_best[place],
                on_top=delta * M,
            )
        )
    return tuple(rows)


DENIAL_FIRST = ranked(("denial", -12), ("entanglement", 1), ("norms", 5), ("punishment", 8))


def first_sentence(text: str) -> str:
    """Return the first sentence; a full stop inside a number ends none."""
    return re.split(r"(?<=\.) (?=[A-Z])", text)[0]


def test_the_cheapest_comes_first_with_its_gaps() -> None:
    """A clear answer says what costs least, by how much against nothing new and against the next."""
    assert answer(DENIAL_FIRST, SETTING) == (
        "Denial (resilience), by urgent mitigation, has the lowest expected cost: 12 million USD less than nothing new "
        "over 24 months, and 13 million USD less than the next, entanglement."
    )


def test_none_of_the_four_pays() -> None:
    """Where all four cost more than nothing new, the first sentence says that none beats it, and by how much."""
    text = answer(ranked(("entanglement", 2.5), ("denial", 4), ("norms", 5), ("punishment", 8)), SETTING)
    assert first_sentence(text) == (
        "None of the four beats nothing new: it costs 2.5 million USD less than the cheapest of them, Entanglement, by "
        "leverage, over 24 months."
    )


@pytest.mark.parametrize("delta", [-0.9, -0.1, 0.0, 0.1, 0.9])
def test_a_difference_to_nothing_below_the_margin_is_a_tie(delta: float) -> None:
    """Whichever sign it has, a difference to nothing new below the margin is a tie with it."""
    text = answer(ranked(("denial", delta), ("entanglement", 2), ("norms", 5), ("punishment", 8)), SETTING)
    assert "a tie" in first_sentence(text)
    assert first_sentence(text).startswith("Denial (resilience), by urgent mitigation, and nothing new differ by ")
    assert "less than the margin of 1 million USD" in text
    assert "lowest expected cost" not in text


def test_a_gap_inside_the_monte_carlo_error_is_a_tie() -> None:
    """Two responses closer than two Monte Carlo errors cannot be told apart, even without a margin."""
    rows = ranked(("denial", -12), ("punishment", -11.9), ("norms", 5), ("entanglement", 8), mcse=0.06 * M)
    text = answer(rows, replace(SETTING, margin=0.0))
    assert first_sentence(text) == (
        "Denial (resilience) and punishment cannot be told apart: 0.1 million USD, with a Monte Carlo error of "
        "0.06 million USD."
    )
    assert "More draws may separate them." in text
    assert "lowest expected cost" not in text


def test_a_gap_beyond_two_monte_carlo_errors_is_told_apart() -> None:
    """Two responses further apart than two Monte Carlo errors are told apart."""
    rows = ranked(("denial", -12), ("punishment", -11.9), ("norms", 5), ("entanglement", 8), mcse=0.049 * M)
    assert "has the lowest expected cost" in answer(rows, replace(SETTING, margin=0.0))


def test_a_gap_inside_the_margin_is_left_to_other_grounds() -> None:
    """A gap that the draws can see but the user calls small is named beside the margin."""
    rows = ranked(("denial", -12), ("punishment", -11.4), ("norms", 5), ("entanglement", 8))
    assert first_sentence(answer(rows, SETTING)) == (
        "Denial (resilience) and punishment differ by 0.6 million USD, less than your margin of 1 million USD."
    )
    assert "Choose between them on other grounds." in answer(rows, SETTING)


def test_resilience_first_then_what_pays_on_top() -> None:
    """After resilience the sentence names each response that pays on top of it, and only those."""
    rows = list(ranked(("denial", -12), ("punishment", -6), ("norms", -5), ("entanglement", 8)))
    rows[1], rows[2] = replace(rows[1], on_top=-4 * M), replace(rows[2], on_top=-0.5 * M)
    text = answer(tuple(rows), SETTING)
    assert text.endswith("On top of it punishment (statement and indictment) pays as well.")
    rows[2] = replace(rows[2], on_top=-3 * M)
    text = answer(tuple(rows), SETTING)
    assert text.endswith(
        "On top of it punishment (statement and indictment) and norms (naming with partners) pay as well."
    )


def test_what_does_not_pay_on_top_is_not_named() -> None:
    """A response whose gain is gone once resilience is there is not said to pay on top."""
    rows = list(ranked(("denial", -12), ("punishment", -6), ("norms", 5), ("entanglement", 8)))
    rows[1] = replace(rows[1], on_top=0.2 * M)
    assert "On top" not in answer(tuple(rows), SETTING)


@pytest.mark.parametrize("response", ["punishment", "norms", "entanglement"])
def test_another_response_can_come_first(response: str) -> None:
    """Whatever costs least is named first, with its variant; nothing is laid on top of what is not resilience."""
    others = [(name, place + 2.0) for place, name in enumerate(NAMES) if name != response]
    text = answer(ranked((response, -20), *others), SETTING)
    variant = VARIANT_NAMES[VARIANT_OF[response]]
    assert text.startswith(f"{NAMES[response]}, by {variant}, has the lowest expected cost: 20 million USD less")
    assert "On top" not in text


def test_the_lowest_mean_need_not_be_cheapest_most_often() -> None:
    """Where another response is cheapest in more readings, the sentence says so."""
    rows = ranked(("denial", -12), ("punishment", -6), ("norms", 5), ("entanglement", 8), p_best=(0.3, 0.6, 0.1, 0.0))
    assert "Punishment is cheapest more often, but dearer when it fails." in answer(rows, SETTING)


def test_nothing_new_can_be_cheapest_most_often() -> None:
    """Where nothing new is cheapest in more readings than the first response, the sentence says so."""
    rows = ranked(("denial", -12), ("punishment", 2), ("norms", 5), ("entanglement", 8), p_best=(0.3, 0.1, 0.0, 0.0))
    text = answer(rows, replace(SETTING, nothing_p_best=0.6, nothing_in_futures=0.6))
    assert re.search(r"[Nn]othing new is cheapest more often", text)


def test_views_that_disagree_are_the_answer() -> None:
    """Where the views disagree, each is named with what is cheapest in it; where they agree, none is."""
    assert "iews disagree" not in answer(DENIAL_FIRST, SETTING)
    for firsts in (("denial", "denial", "punishment"), ("nothing", "denial", "denial"), ("nothing", "norms", "denial")):
        text = answer(DENIAL_FIRST, replace(SETTING, first_by_view=tuple(zip(VIEWS, firsts, strict=True))))
        _, disagree, views = text.partition("The views disagree on what is cheapest: ")
        assert disagree
        assert views.endswith(".")
        clauses = {clause.split(" for ")[0]: clause for clause in re.split(r"; | and (?=\w+ for )", views)}
        for view, first in zip(VIEWS, firsts, strict=True):
            assert VIEWS[view] in clauses["nothing new" if first == "nothing" else first]


@pytest.mark.parametrize(("name", "words"), [("wait", "aiting"), ("comply", "omplying")])
def test_a_reference_line_that_is_cheaper_is_said_at_once(name: str, words: str) -> None:
    """Where waiting or complying is cheaper than all four, the first sentence says so."""
    text = answer(DENIAL_FIRST, replace(SETTING, references=((name, -20 * M),)))
    assert words in first_sentence(text)


@pytest.mark.parametrize(("name", "said"), [("wait", "Waiting for the next report"), ("comply", "Complying")])
def test_a_reference_line_is_cheaper_by_an_amount(name: str, said: str) -> None:
    """How much cheaper waiting or complying is than the best of the four is said in money."""
    text = answer(DENIAL_FIRST, replace(SETTING, references=((name, -20 * M),)))
    assert f"{said} is cheaper still, by 8 million USD on average." in text


def test_complying_is_never_named_without_what_it_leaves_out() -> None:
    """Beside complying stands what its cost counts and what it does not."""
    text = answer(DENIAL_FIRST, replace(SETTING, references=(("wait", -13 * M), ("comply", -20 * M))))
    assert "This counts that compliance invites further demands; it does not count" in text
    assert "Waiting" not in text


@pytest.mark.parametrize("delta", [-12.9, -12.0, 5.0])
def test_a_reference_line_inside_the_margin_is_not_named(delta: float) -> None:
    """A reference line that is dearer, or cheaper by less than the margin, is not named."""
    assert "cheaper still" not in answer(DENIAL_FIRST, replace(SETTING, references=(("wait", delta * M),)))


def test_a_reference_line_is_held_against_nothing_new_when_that_is_cheapest() -> None:
    """Where none of the four pays, a reference line must beat nothing new to be named."""
    rows = ranked(("entanglement", 2.5), ("denial", 4), ("norms", 5), ("punishment", 8))
    assert "cheaper still" not in answer(rows, replace(SETTING, references=(("wait", 1.2 * M),)))
    assert "cheaper still, by 3 million USD" in answer(rows, replace(SETTING, references=(("wait", -3 * M),)))


def test_every_variant_has_a_name() -> None:
    """Each variant of each response can be said in words."""
    assert {variant.name for variant in VARIANTS} <= set(VARIANT_NAMES)
    assert {variant.response for variant in VARIANTS} == set(NAMES)


@pytest.mark.parametrize("name", IDS)
def test_no_number_in_the_answer_stands_without_its_unit(name: str) -> None:
    """In the sentence of every shipped case each number is an amount in USD, per cent, months, years or futures."""
    rest = re.sub(AMOUNT, "", said(name).sentence)
    rest = re.sub(r"\d+ (months|years)|(\d+ of|fewer than 1 in) 20 futures|(\d+\N{EN DASH})?\d+ %", "", rest)
    assert not re.search(r"\d", rest), rest


@pytest.mark.parametrize("name", IDS)
def test_words_that_belong_to_people_are_not_used(name: str) -> None:
    """No page speaks of recommended, optimal, significant or proven things, or of a risk score."""
    from cybercoercion.report.page import markdown_page

    page = markdown_page(said(name)).casefold()
    for word in ("recommend", "optimal", "significant", "proves", "risk score", "threat level", "should"):
        assert word not in page


@pytest.mark.parametrize("name", IDS)
def test_ties_are_said_as_ties(name: str) -> None:
    """Where nothing new cannot be told from the cheapest, the answer claims no lowest cost; the four alike."""
    verdict = said(name)
    view = verdict.assessment.ranking.default
    if "nothing" in view.tied and len(view.tied) > 1:
        assert "a tie" in first_sentence(verdict.sentence)
    if view.tied == (view.first,):
        assert "a tie" not in verdict.sentence
        assert "cannot be told apart" not in verdict.sentence


@pytest.mark.parametrize("name", IDS)
def test_waiting_is_held_against_acting_with_the_same_resilience(name: str) -> None:
    """Waiting is called cheaper only where the next report saves more than the margin beside the same resilience."""
    verdict = said(name)
    view = verdict.assessment.ranking.default
    waiting = view.waiting
    named = "waiting for the next report" in verdict.sentence.casefold()
    saved = 0.0 if waiting is None else waiting.base + waiting.now - waiting.delta
    assert not named or saved > view.margin


def test_how_surely_the_next_best_is_dearer_is_counted() -> None:
    """The clear answer says in how many of twenty futures the next best costs less, where it was counted."""
    rows = [replace(row, less=less) for row, less in zip(DENIAL_FIRST, (0, 5, 2, 3), strict=True)]
    assert first_sentence(answer(tuple(rows), SETTING)).endswith(
        "the next, entanglement, which costs less in 5 of 20 futures."
    )
    rows[1] = replace(rows[1], less=0)
    assert "entanglement, which hardly ever costs less (fewer than 1 in 20 futures)." in answer(tuple(rows), SETTING)


def test_cheapest_more_often_is_counted_in_futures() -> None:
    """What is cheapest more often is named with its count of futures, whatever the readings of the inputs say."""
    rows = [
        replace(row, cheapest_in_futures=share, dots=dots)
        for row, share, dots in zip(DENIAL_FIRST, (0.25, 0.6, 0.1, 0.05), (5, 12, 2, 1), strict=True)
    ]
    text = answer(tuple(rows), replace(SETTING, nothing_in_futures=0.0))
    assert "Entanglement is cheapest more often, in 12 of 20 futures, but dearer when it fails." in text
    often = replace(SETTING, nothing_in_futures=0.72, nothing_dots=14)
    assert "Nothing new is cheapest more often, in 14 of 20 futures, but dearer on average." in answer(
        DENIAL_FIRST, often
    )


def test_what_must_be_said_beside_comes_after_the_answer() -> None:
    """A military tail that turns the order, and that this is hardly coercion, follow the answer itself."""
    text = answer(DENIAL_FIRST, replace(SETTING, beside=("Without the military tail denial comes first.",)))
    assert text.startswith("Denial (resilience), by urgent mitigation, has the lowest expected cost")
    assert text.endswith("Without the military tail denial comes first.")


@pytest.mark.parametrize("name", IDS)
def test_hardly_coercion_is_said(name: str) -> None:
    """Where coercion is very unlikely and another intent leads, the sentence says so, and what still has effect."""
    verdict = said(name)
    belief = verdict.assessment.belief
    intents = belief.estimates("intent")
    leader = max(intents, key=lambda intent: intents[intent].p)
    hardly = belief.coercion.p < 0.2 and leader not in ("compellence", "deterrence")
    assert (f"{leader.capitalize()} leads. The four responses are still priced" in verdict.sentence) == hardly
    assert ("this is coercion" in verdict.sentence) == hardly


def test_a_military_tail_that_turns_the_order_is_said() -> None:
    """Where sanctions pay by less than the war that they risk costs, the sentence says that the order turns."""
    settings = ["stakes.resilience=0.9", "stakes.escalation=10", "stakes.harm_next=1e10"]
    turned = quickly(changed(load("notpetya-2017"), settings))
    view = turned.assessment.ranking.default
    best = view.options[0]
    added = {option.response: option.tail.cost_at_cap for option in view.options}
    assert best.delta + added[best.response] > min(0.0, *(one.delta + added[one.response] for one in view.options[1:]))
    told = "Without the military tail punishment comes first; with it entanglement. We do not choose between the two."
    assert told in turned.sentence
    assert "military tail" not in said("notpetya-2017").sentence
