"""For the analyst: what if escalation weighs more."""

from __future__ import annotations

from cybercoercion.app import work
from cybercoercion.app.parts import figure, working
from cybercoercion.report.price_figure import price_figures
from cybercoercion.sensitivity import acceptability
from cybercoercion.sensitivity.line.curves import Acceptability


def show(view: str, *, futures: bool) -> None:
    """Show how often each choice is cheapest along the price of escalation, and what choosing it then loses."""
    assessment = work.now().assessment

    def draw(found: Acceptability, stale: bool) -> None:  # noqa: FBT001  # as `working.show` calls it
        for one in price_figures(found, kind="futures" if futures else "readings"):
            figure.show(one, stale=stale)

    working.show(
        "price",
        lambda _: acceptability(assessment, view=view),
        draw,
        words="working out what escalation at other prices does",
        height=400,
        about=view,
    )
