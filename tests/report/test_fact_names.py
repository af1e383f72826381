"""What coming reports are called: each fact has words of its own, and no page prints an internal name."""

from __future__ import annotations

import re

import pytest
from tests.report.examples import tables

from cybercoercion.assessment import assess
from cybercoercion.case import load
from cybercoercion.report.fact_names import FACT_NAMES, coming_name
from cybercoercion.report.sheet import html_sheet
from cybercoercion.report.value_report import value_report
from cybercoercion.vocabulary import facts


def test_every_fact_has_a_name() -> None:
    """No fact is without words, none has those of another, and none is called as in the file."""
    assert set(FACT_NAMES) == set(facts())
    assert len(set(FACT_NAMES.values())) == len(FACT_NAMES)
    assert not [words for words in FACT_NAMES.values() if "_" in words or words[0].isupper()]


def test_whom_it_concerns_and_what_the_case_calls_it() -> None:
    """A report about somebody says about whom; one that the case announces bears its name too."""
    assert coming_name("rhetoric", "Russia") == "official words before it (Russia)"
    assert coming_name("threat", announced="letter").endswith(": letter")


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016"])
def test_no_internal_name_is_printed(name: str) -> None:
    """A page on findings names no report by the name that the program gave it."""
    found = assess(load(name), tables(1, 100))
    page = html_sheet(value_report(found, view="nation", decision="two-step").sheet())
    words = re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    assert not re.findall(r"\bnew-[a-z_]+", words)
