"""What is wrong with the tables, all of it at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeFault:
    """One fault: where it stands, what was found, what is allowed."""

    file: str
    place: str
    got: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: got {self.got}; allowed: {self.allowed}"


class KnowledgeError(Exception):
    """Raised when tables are faulty; carries every fault found."""

    def __init__(self, faults: tuple[KnowledgeFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))
