"""What is wrong with a file, all of it at once, said to a person who wants to mend it."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 60  # a value in a message is for recognising it, not for reading it


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: in which file, where in it, what was found, what is allowed.

    ``place`` counts rows from 1, as a reader does, and begins with the line where it is known.

    >>> print(Fault(file="a.toml", place="frame", got="'intrusion'", allowed="any-intrusion, threat-received"))
    a.toml: frame: got 'intrusion'; allowed: any-intrusion, threat-received
    """

    file: str
    place: str
    got: str
    allowed: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: got {self.got}; allowed: {self.allowed}"


class CaseError(Exception):
    """Raised for a file that is no sound case; carries every fault found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def shown(value: object) -> str:
    """Return a value as a message shows it: short, on one line, never what is nested in it.

    >>> shown("B7"), shown({"low": 1}), shown([1, 2]), shown(True)
    ("'B7'", 'a table', 'a list of 2', 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, str):
        return repr(value if len(value) <= LONGEST else value[:LONGEST] + "...")
    try:
        text = str(value)
    except ValueError:  # an integer with more digits than Python agrees to print
        return "a huge number"
    return text if len(text) <= LONGEST else text[:LONGEST] + "..."
