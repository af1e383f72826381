"""What is handed on: the answer as HTML, Markdown or JSON, at three depths, with or without its sources."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

from cybercoercion.belief import explain
from cybercoercion.knowledge.ledger import Line, ledger
from cybercoercion.report.explaining import Explaining, explaining
from cybercoercion.report.ledger import values
from cybercoercion.report.page import full_html, full_markdown, html_page, markdown_page
from cybercoercion.report.section import Section
from cybercoercion.report.unsourced import unsourced_verdict
from cybercoercion.report.verdict import Verdict
from cybercoercion.vocabulary import facts

type Form = Literal["html", "md", "json"]
type Depth = Literal["brief", "full", "analyst"]
FORMS: tuple[str, ...] = get_args(Form.__value__)
DEPTHS: tuple[str, ...] = get_args(Depth.__value__)
BARE = "Without sources: origins and reports are numbered, citations and notes are left out."


def export(
    verdict: Verdict, form: Form, depth: Depth = "brief", *, sources: bool = True, overlay: Path | None = None
) -> str:
    """Return the answer as text to be written into a file.

    Parameters
    ----------
    verdict
        What is said of the case.
    form
        ``html`` to print, ``md`` to paste, ``json`` to compute with.
    depth
        ``brief``: the one page; in JSON the result that ``verify`` recomputes. ``full``: every section, with why this
        belief and why this cost. ``analyst``: also which report separates what, and the entries of the ledger that
        the case uses.
    sources
        Whether origins, reports, citations and notes stay. Without them the JSON holds the case without its sources;
        it can be verified, for no number hangs on a name.
    overlay
        The folder whose tables replaced shipped ones, if any.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.report import verdict
    >>> one = verdict(assess(load_case("colonial-2021"), load_knowledge(draws=50)))
    >>> export(one, "json") == one.to_json()
    True
    """
    said = verdict if sources else unsourced_verdict(verdict, overlay)
    if depth == "brief" and form == "json":
        return said.to_json()
    said = _explained(said)
    if depth == "brief":
        notes = () if sources else (BARE,)
        return html_page(said, *notes) if form == "html" else markdown_page(said, *notes)
    why = explaining(said.assessment)
    if form == "json":
        return _json(said, why, depth)
    more = [*(() if sources else (_bare(),)), *why.sections(), *(_ledger(said) if depth == "analyst" else ())]
    return {"html": full_html, "md": full_markdown}[form](said, more)


def _explained(said: Verdict) -> Verdict:
    """Return the verdict with its explanation; of a campaign there is one per episode only."""
    one = said.assessment
    if said.explanation is not None or one.campaign is not None:
        return said
    return replace(said, explanation=explain(one.case, one.knowledge))


def _json(said: Verdict, why: Explaining, depth: Depth) -> str:
    data = said.document()
    explained = json.loads(why.to_json())
    if depth != "analyst":
        for one in explained["belief"]:
            del one["diagnosticity"]
    data["explained"] = explained
    if depth == "analyst":
        data["ledger"] = [
            {
                "entry": line.name, "value": values(line), "low": line.low, "high": line.high, "unit": line.unit,
                "mark": line.mark, "source": line.source,
            }
            for line in used(said)
        ]  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)


def used(said: Verdict) -> tuple[Line, ...]:
    """Return the entries of the ledger that the answer hangs on: all but those of facts that nobody reports."""
    told = {report.fact for report in said.assessment.belief.reports}
    silent = {name for name in facts() if name not in told}
    return tuple(line for line in ledger(said.assessment.knowledge) if line.name.partition(".")[0] not in silent)


def _ledger(said: Verdict) -> tuple[Section, ...]:
    lines = used(said)
    rows = tuple((line.name, values(line), line.unit, line.mark, line.source) for line in lines)
    return (
        Section(
            name="ledger",
            title=f"The {len(lines)} entries of the ledger that this answer hangs on",
            columns=("entry", "value", "unit", "mark", "source"),
            rows=rows,
            numeric_from=5,
        ),
    )


def _bare() -> Section:
    return Section(name="bare", title="Without sources", sentences=(BARE,))
