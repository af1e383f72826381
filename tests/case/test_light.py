"""What reading a case costs: nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys


def test_reading_a_case_imports_nothing_heavy() -> None:
    """A case is read, and a faulty one refused, without numbers, arrays or the writer's library."""
    code = (
        "import sys\n"
        "from cybercoercion.case import CaseError, load, parse_case\n"
        "load('sony-2014')\n"
        "try:\n    parse_case('x = 1')\nexcept CaseError:\n    pass\n"
        "print({'numpy', 'xarray', 'scipy', 'tomlkit', 'jsonschema'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
