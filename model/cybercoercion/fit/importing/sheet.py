"""A data file as a person keeps it - CSV, XLSX or XLS - as one plain table of stripped texts.

What the file is, its first bytes say, not its name. The table is the first sheet, and its header the first row, that
has all needed columns; letter case and blanks of column names do not matter.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cybercoercion.fit.training import Refused, TrainingError

HEADER_WITHIN = 20  # rows: titles may stand above the header
WHOLE = re.compile(r"[+-]?\d+\.0+")
MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(:00(\.0+)?)?")
FORMS = "a table in CSV (UTF-8), XLSX or XLS"

Cells = list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: where it stands (as a spreadsheet counts) and its cells by the names of the needed columns."""

    number: int
    cells: Mapping[str, str]
    raw: Mapping[str, str]  # as they stand, blanks at their ends and all

    @property
    def place(self) -> str:
        """Return how a message names the row."""
        return f"row {self.number}"

    def fingerprint(self, source: str, without: Sequence[str] = ()) -> str:
        """Return sixteen hex digits of the hash of the source and the needed cells, whatever the form of the file."""
        text = "\x1f".join((source, *(cell for name, cell in self.cells.items() if name not in without)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows of a table, those that do not fit its header, and the hash of the file."""

    file: str
    digest: str
    rows: tuple[Row, ...]
    refused: tuple[Refused, ...] = ()


def plain(value: object) -> str:
    """Return a cell as text: stripped, whole numbers without a point, midnights without a time.

    >>> plain(3.0), plain("3.0 "), plain("4.2"), plain(None), plain("2008-02-01 00:00:00")
    ('3', '3', '4.2', '', '2008-02-01')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        value = value.isoformat(sep=" ")
    text = str(value).strip()
    if WHOLE.fullmatch(text):
        return text.split(".")[0]
    if match := MIDNIGHT.fullmatch(text):
        return match[1]
    return text


def read_sheet(path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> Sheet:
    """Read the table of a file that has these columns; optional ones are blank where they are missing.

    Raises
    ------
    TrainingError
        when the file cannot be read, or no sheet of it has all the columns: it names those that are missing and what
        comes near to them.

    """
    file = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _fault(file, "file", error.strerror or str(error), FORMS) from error
    try:
        tables = list(_tables(raw))
    except Exception as error:  # a broken workbook raises anything, down to errors of its XML
        raise _fault(file, "file", f"{type(error).__name__}: {error}"[:160], FORMS) from error
    wanted = {_key(name): name for name in columns}
    best: dict[str, int] = {}
    near_to: Cells = []
    for _, table in tables:
        for index, row in enumerate(table[:HEADER_WITHIN]):
            keys = [_key(cell) for cell in row]
            found = {name: keys.index(key) for key, name in wanted.items() if key in keys}
            if len(found) == len(wanted):
                found |= {name: keys.index(_key(name)) for name in optional if _key(name) in keys}
                twice = [name for key, name in wanted.items() if keys.count(key) > 1]
                if twice:
                    raise _fault(file, "columns", f"more than once: {', '.join(twice)}", "each column once")
                return _rows(file, raw, table[index:], index + 1, found, optional)
            if not near_to or len(found) > len(best):
                best, near_to = found, [cell.strip() for cell in row if cell.strip()]
    if not near_to:
        raise _fault(file, "file", "an empty table", FORMS)
    raise TrainingError(tuple(_missing(file, name, near_to) for name in columns if name not in best))


def _rows(
    file: str, raw: bytes, table: list[Cells], first: int, found: Mapping[str, int], optional: Sequence[str]
) -> Sheet:
    width = len(table[0])
    rows, refused = [], []
    for number, cells in enumerate(table[1:], first + 1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            got, allowed = f"{len(cells)} cells", f"{width} cells, as in the header"
            refused.append(Refused(file=file, place=f"row {number}", got=got, allowed=allowed))
            continue
        raw_cells = {**dict.fromkeys(optional, ""), **{name: cells[at] for name, at in found.items()}}
        plain_cells = {name: plain(cell) for name, cell in raw_cells.items()}
        rows.append(Row(number=number, cells=plain_cells, raw=raw_cells))
    digest = hashlib.sha256(raw).hexdigest()
    return Sheet(file=file, digest=digest, rows=tuple(rows), refused=tuple(refused))


def _tables(raw: bytes) -> Iterator[tuple[str, list[Cells]]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and validation rules that no table needs
        if raw.startswith(b"PK"):
            yield from _xlsx(raw)
        elif raw.startswith(b"\xd0\xcf\x11\xe0"):
            yield from _xls(raw)
        else:
            yield "", _csv(raw)


def _xlsx(raw: bytes) -> Iterator[tuple[str, list[Cells]]]:
    import openpyxl  # type: ignore[import-untyped,unused-ignore]

    book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]


def _xls(raw: bytes) -> Iterator[tuple[str, list[Cells]]]:
    import xlrd  # type: ignore[import-untyped,unused-ignore]

    book: Any = xlrd.open_workbook(file_contents=raw, logfile=io.StringIO())
    for sheet in book.sheets():
        yield sheet.name, [[_xls_cell(xlrd, book, cell) for cell in row] for row in sheet.get_rows()]


def _xls_cell(xlrd: Any, book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return plain(xlrd.xldate_as_datetime(cell.value, book.datemode))
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else _text(cell.value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else plain(value)


def _csv(raw: bytes) -> list[Cells]:
    if b"\x00" in raw:
        raise ValueError("bytes that are no text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)  # the first of equals: a comma
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):  # a quotation mark that is never closed swallows the rest
            raise
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return rows


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _missing(file: str, name: str, have: Cells) -> Refused:
    by_key = {_key(cell): cell for cell in have}
    near = [by_key[key] for key in get_close_matches(_key(name), by_key, 3)]
    got = f"no such column, but {', '.join(map(repr, near))}" if near else "no such column"
    return Refused(file=file, place=f"column {name!r}", got=got, allowed=f"a column {name!r}")


def _fault(file: str, place: str, got: str, allowed: str) -> TrainingError:
    return TrainingError((Refused(file=file, place=place, got=got, allowed=allowed),))
