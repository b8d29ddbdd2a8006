"""Damaged files without end, or so many of each kind, in a process of its own with a limit on its memory."""

from __future__ import annotations

import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.mutate import tricks
from tests.fuzz.targets import ContractError, Target, run_case, targets

Case = tuple[str, Target, str, bytes]
"""Kind, target, label and content."""
MEMORY = 6 << 30
"""Address space of a process, in bytes: three times what the largest good input takes with all libraries loaded."""


def cases(seed: int, names: list[str]) -> Iterator[Case]:
    """Every trick on every kind first, then damaged copies in turn for ever."""
    known = {name: target for name, target in targets().items() if not names or name in names}
    for name, target in known.items():
        for label, content in tricks(target.good).items():
            yield name, target, label, content
    rng = random.Random(seed)
    number = 0
    while True:
        for name, target in known.items():
            number += 1
            yield name, target, f"damaged {number} of seed {seed}", target.mutate(target.good, rng)


def run_cases(found: Iterator[Case], keep: Path, until: float) -> tuple[Counter[str], list[str]]:
    """Run cases until a time of the clock; broken ones are kept as files.

    Returns
    -------
    Counter, list of str
        How many cases ended how, by kind and outcome, and what broke.
    """
    counts: Counter[str] = Counter()
    broke: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="netscam-fuzz-") as temporary:
        last = Path(temporary) / "last"
        for name, target, label, content in found:
            last.write_bytes(content)
            folder = Path(temporary) / "case"
            try:
                outcome = run_case(target, content, folder)
            except ContractError as error:
                outcome = "broken"
                why = f"{name}: {str(error).strip().splitlines()[-1][:200]}"
                if why not in broke:
                    keep.mkdir(parents=True, exist_ok=True)
                    file = keep / f"{name.replace(' ', '-').replace('/', '-')}-{len(broke)}"
                    file.write_bytes(content)
                    broke[why] = f"{why} [{label}; {file}]\n{error}"
            shutil.rmtree(folder, ignore_errors=True)
            counts[f"{name}|{outcome}"] += 1
            if time.time() > until:
                break
    return counts, list(broke.values())


def main(arguments: list[str]) -> None:
    """``python -m tests.fuzz.loop SEED SECONDS KEEP [KIND ...]``; prints its counts as JSON."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except ImportError:
        pass  # a system without such limits
    seed, seconds, keep, *names = arguments
    counts, broke = run_cases(cases(int(seed), names), Path(keep), time.time() + float(seconds))
    print(json.dumps({"counts": counts, "broke": broke}))


if __name__ == "__main__":
    main(sys.argv[1:])
