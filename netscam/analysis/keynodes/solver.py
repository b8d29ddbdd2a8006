"""Make a HiGHS solver that keeps quiet."""

from __future__ import annotations

import os
from typing import Any


def quiet_solver() -> Any:
    """Make a ``highspy.Highs`` with one thread, a fixed seed and no output.

    The first solver of a process writes a banner to the standard output before any option can forbid it; output is
    data here, so that the file descriptor points elsewhere for the moment of making it.
    """
    import highspy

    try:
        kept = os.dup(1)
    except OSError:
        kept = -1
    if kept >= 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.close(nowhere)
    try:
        make: Any = highspy.Highs  # its constructor has no annotations
        solver = make()
    finally:
        if kept >= 0:
            os.dup2(kept, 1)
            os.close(kept)
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    return solver
