"""Would a cautious chooser differ: four attitudes to risk side by side."""

from __future__ import annotations

from cybercoercion.app import work
from cybercoercion.app.parts import section
from cybercoercion.report.attitude_section import attitude_made
from cybercoercion.report.part import Asked


def show(view: str) -> None:
    """Show what each choice costs by each attitude, and the military tail apart."""
    section.show(attitude_made(work.now().assessment, Asked(view=view, decision="response")).section, title=False)
