"""Scores in the terminal: one table per question, the model beside the simple classifiers."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from cybercoercion.fit.scoring.score import ScoreReport, TaskScore

FEW = 10  # campaigns: a bootstrap of fewer says nothing


def print_scores(report: ScoreReport) -> None:
    """Print the scores of every question, best first, and in words who is ahead and how surely."""
    console = Console()
    for task in report.tasks.values():
        console.print(table_of(task))
        console.print(ahead_in_words(task))
    for note in report.notes:
        console.print(f"Note: {note}", highlight=False)


def table_of(task: TaskScore) -> Table:
    """Return log loss, Brier score and calibration error of model and classifiers, the least log loss first."""
    table = Table(title=f"{task.title}: {task.n} rows, {task.split}", title_justify="left")
    table.add_column("")
    for column in ("log loss", "Brier", "ECE"):
        table.add_column(column, justify="right")
    each = {"model": task.model, **task.baselines}
    for name, one in sorted(each.items(), key=lambda item: item[1].log_loss):
        style = "bold" if name == "model" else None
        table.add_row(name, f"{one.log_loss:.3f}", f"{one.brier:.3f}", f"{one.ece:.3f}", style=style)
    return table


def ahead_in_words(task: TaskScore) -> str:
    """Say whether the model is ahead of the best simple classifier, and whether that is more than chance."""
    d = task.ahead
    if d.campaigns < FEW:
        sure = f"{d.campaigns} campaigns are too few to say whether that is chance"
    else:
        sure = "more than chance explains" if d.low > 0 or d.high < 0 else "within what chance explains"
    side = "ahead of" if d.value < 0 else "behind"
    return (
        f"The model is {side} {task.best} by {abs(d.value):.3f} nats per row (standard error {d.se:.3f}, by campaign): "
        f"{sure}."
    )
