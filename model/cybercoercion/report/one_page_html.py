"""The one page as HTML: one side of A4, no scripts, no foreign address, what users wrote escaped."""

from __future__ import annotations

import re
from html import escape

from cybercoercion.report.moved import probability
from cybercoercion.report.one_page import CAVEAT, CostLine, Moved, OnePage, decibans
from cybercoercion.report.one_page_beliefs import PageQuestion, PageRow
from cybercoercion.report.one_page_marks import axis, bar, shapes, sign, strip
from cybercoercion.report.one_page_style import PAGE_STYLE
from cybercoercion.report.sentence import NAMES
from cybercoercion.report.shapes_figure import Ends, ends_of
from cybercoercion.report.sheet import NUMBER
from cybercoercion.report.twenty import TWENTY, count_words
from cybercoercion.report.words import money, percent

AMOUNT = re.compile(r"\d[\d.,]* (?:million|billion|trillion) USD")


def page_html(page: OnePage) -> str:
    """Return the page as HTML."""
    marking = f'<p class="marking">{escape(page.marking)}</p>\n' if page.marking else ""
    beside = f"<p>{_whole(' '.join(page.beside))}</p>\n" if page.beside else ""
    changes = "\n".join(f"<li>{_whole(text)}</li>" for text in page.changes)
    trust = "\n".join(f"<li><b>{escape(name)}:</b> {_whole(said)}</li>" for name, said in page.trust)
    footer = "\n".join(f"<p>{escape(line)}</p>" for line in page.footer)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(page.title)}</title>
<style>{PAGE_STYLE}</style>
</head>
<body>
{marking}<header>
<h1>{escape(page.title)}</h1>
<p>{escape(page.lead)} {CAVEAT}</p>
</header>
<section class="answer">
<p class="said">{_answer(page)}</p>
{beside}<p class="confidence">{escape(page.confidence)}</p>
</section>
<div class="two">
<section class="beliefs">
<h2>1  What we believe</h2>
{"".join(_question(one, page) for one in page.questions)}
</section>
<section class="moved">
{_moved(page.moved)}<p>{escape(page.coding)}</p>
</section>
</div>
<section class="costs">
<h2>3  What each response costs us</h2>
{_costs(page)}
<p>{_whole(page.scale)}</p>
<p>{_whole(page.tail)}</p>
</section>
<div class="two">
<section class="mind">
<h2>4  What would change our mind</h2>
<ul>
{changes}
</ul>
</section>
<section class="trust">
<h2>5  How far to trust this</h2>
<ul>
{trust}
</ul>
</section>
</div>
<footer>
{footer}
</footer>
</body>
</html>
"""


def _answer(page: OnePage) -> str:
    """Return the answer with its amounts in bold, and the response that it begins with in the colour of its own."""
    said = AMOUNT.sub(r"<strong>\g<0></strong>", escape(page.answer))
    name = NAMES.get(page.first)
    return said.replace(name, f'<strong class="{page.first}">{name}</strong>', 1) if name else said


def _question(one: PageQuestion, page: OnePage) -> str:
    rows = "".join(_strip(row, page.edges) for row in one.rows)
    return (
        f"<figure><figcaption>{_whole(one.sentence)}</figcaption>"
        f'<table class="strips"><tbody>{rows}</tbody></table></figure>'
    )


def _strip(row: PageRow, edges: tuple[float, ...]) -> str:
    return (
        f'<tr class="{"lead" if row.leads else "rest"}"><td class="name">{escape(row.label)}</td>'
        f'<td class="p">{escape(row.percent)}</td><td class="range">{escape(row.span)}</td>'
        f'<td class="line">{strip(row, edges)}</td></tr>'
    )


def _moved(moved: Moved | None) -> str:
    if moved is None:
        return "<h2>2  In the paper's terms</h2>\n"
    if not moved.steps:
        return f"<h2>2  Which reports moved us on coercion</h2>\n<p>{_whole(moved.caption)}</p>\n"
    levels = [moved.before]
    for _, weight in moved.steps:
        levels.append(levels[-1] + weight)
    ends = (min(*levels, moved.after), max(*levels, moved.after))
    ends = ends if ends[1] > ends[0] else (ends[0] - 1, ends[1] + 1)
    zero = min(max(0.0, ends[0]), ends[1])
    rows = [("Before any report", zero, moved.before, percent(probability(moved.before)), True)]
    rows += [
        (name, level, level + weight, decibans(weight), False)
        for (name, weight), level in zip(moved.steps, levels, strict=False)
    ]
    rows.append(("After all reports", zero, moved.after, percent(probability(moved.after)), True))
    cells = "".join(
        f'<tr><td class="name">{_strong(escape(name), total)}</td>'
        f'<td class="line">{bar(start, end, ends, total=total)}</td>'
        f'<td class="weight">{_strong(escape(said), total)}</td></tr>'
        for name, start, end, said, total in rows
    )
    return (
        "<h2>2  Which reports moved us on coercion</h2>\n"
        f"<figure><figcaption>{_whole(moved.caption)}</figcaption>"
        f'<table class="steps"><tbody>{cells}</tbody></table></figure>\n'
    )


def _costs(page: OnePage) -> str:
    ends = ends_of([line.row for line in page.costs if line.row.response != page.first] or [page.costs[0].row])
    rows = "".join(_cost(line, page, ends) for line in page.costs)
    marks = "".join(
        f'<span class="same" style="left:{at:.0f}px">same</span>'
        if amount == 0
        else f'<span style="left:{at:.0f}px">{escape(money(amount, signed=True))}</span>'
        for amount, at in axis(ends)
    )
    head = "".join(
        f'<th scope="col" class="{name}">{text}</th>'
        for name, text in (
            ("rank", ""),
            ("name", "Response, best variant"),
            ("cost", "Expected cost<br>90 % range, USD"),
            ("plot", f"Extra cost compared with {escape(page.yardstick)}, USD"),
            ("extra", "On average<br>90 % range"),
            ("often", "Cheapest in"),
        )
    )
    return (
        f"<figure><figcaption>{_whole(page.costs_caption)}</figcaption><table><thead><tr>{head}</tr></thead>"
        f'<tbody>{rows}<tr class="axis"><td></td><td></td><td></td><td><div class="scale">{marks}</div></td><td></td>'
        "<td></td></tr></tbody></table></figure>"
    )


def _cost(line: CostLine, page: OnePage, ends: Ends) -> str:
    row, first = line.row, line.row.response == page.first
    plot = "the yardstick" if first else shapes(row.response, row.shapes, ends)
    counted = "" if first else f' title="cheaper in {row.cheaper} of {TWENTY}, dearer in {row.dearer}"'
    extra = "" if first else f'<br><span class="quiet">{escape(line.extra_range_words)}</span>'
    return (
        f'<tr class="{"first" if first else "other"}"><td class="rank quiet">{line.rank}</td>'
        f"<td><strong>{sign(row.response)}{escape(line.name)}</strong>"
        f'<span class="clip quiet">{escape(line.variant)}</span></td>'
        f'<td><strong>{money(row.expected)}</strong><br><span class="quiet">{escape(line.range_words)}</span></td>'
        f'<td class="quiet"{counted}>{plot}</td>'
        f"<td><strong>{escape(line.extra_words)}</strong>{extra}</td>"
        f"<td><strong>{count_words(row.dots)}</strong></td></tr>"
    )


def _strong(text: str, yes: bool) -> str:  # noqa: FBT001  # one word of two
    return f"<strong>{text}</strong>" if yes else text


def _whole(text: str) -> str:
    """Keep each number of a text on one line with its unit; the rest is escaped."""
    return NUMBER.sub(r'<span class="whole">\g<0></span>', escape(text))
