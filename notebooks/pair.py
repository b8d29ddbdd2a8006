"""Write the .ipynb beside each .py: no outputs, and cell ids that come from the cell, so that the bytes repeat."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import jupytext


def paired(script: Path) -> str:
    """Text of the notebook that belongs to a script in percent format."""
    notebook = jupytext.reads(script.read_text(encoding="utf-8"), fmt="py:percent")
    for number, cell in enumerate(notebook.cells):
        cell["id"] = hashlib.sha256(f"{number}\n{cell.source}".encode()).hexdigest()[:12]
    notebook.metadata.pop("jupytext", None)
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    folder = Path(__file__).parent
    for found in sorted(folder.glob("[0-9]*.py")):
        found.with_suffix(".ipynb").write_text(paired(found), encoding="utf-8")
        sys.stderr.write(f"wrote {found.with_suffix('.ipynb').name}\n")
