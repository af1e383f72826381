"""What a check found: pass, warn or fail, with the number, what is allowed, and a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Level = Literal["pass", "warn", "fail", "information"]
ORDER: tuple[Level, ...] = ("information", "pass", "warn", "fail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked; ``passed`` is None for what is only worth knowing."""

    name: str
    passed: bool | None
    level: Level
    value: float | str | None
    allowed: str
    words: str

    def __str__(self) -> str:
        return f"{self.level}: {self.name}: {self.words}"


def judged(name: str, level: Level, words: str, *, value: float | str | None = None, allowed: str = "") -> Finding:
    """Return a finding; a warning has passed, for it stops nobody.

    >>> judged("rows", "warn", "One row is odd.").passed
    True
    """
    passed = None if level == "information" else level != "fail"
    return Finding(name=name, passed=passed, level=level, value=value, allowed=allowed, words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """All findings on a fit, in the order of the checks."""

    findings: tuple[Finding, ...]

    @property
    def level(self) -> Level:
        """Return the worst level of all findings."""
        return max((one.level for one in self.findings), key=ORDER.index, default="pass")

    @property
    def passed(self) -> bool:
        """Return whether nothing failed."""
        return all(one.passed is not False for one in self.findings)

    def count(self, level: Level) -> int:
        """Return how many findings have a level."""
        return sum(one.level == level for one in self.findings)

    def named(self, prefix: str) -> tuple[Finding, ...]:
        """Return the findings whose names start so."""
        return tuple(one for one in self.findings if one.name.startswith(prefix))

    def words(self, *, information: bool = True) -> str:
        """Say everything in lines: the verdict, then each finding."""
        kept = [one for one in self.findings if information or one.level != "information"]
        counts = ", ".join(f"{self.count(level)} {level}" for level in ("fail", "warn", "pass"))
        return "\n".join([f"{self.level} ({counts})", *(f"  {one}" for one in kept)])

    def __str__(self) -> str:
        return self.words()

    def to_json(self) -> str:
        """Return everything as JSON."""
        findings = [asdict(one) for one in self.findings]
        return json.dumps({"level": self.level, "passed": self.passed, "findings": findings}, ensure_ascii=False)


def gathered(*groups: Iterable[Finding]) -> Checks:
    """Return the findings of several checks together."""
    return Checks(findings=tuple(one for group in groups for one in group))
