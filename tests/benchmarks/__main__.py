"""Run the benchmarks one after the other: ``python -m tests.benchmarks [--quick] [NAME ...]``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(words: list[str]) -> int:
    """Run every ``bench_NAME.py``, or those named; other words are handed on to them."""
    scripts = {path.stem.removeprefix("bench_"): path for path in sorted(HERE.glob("bench_*.py"))}
    chosen = [word for word in words if word in scripts] or list(scripts)
    options = [word for word in words if word not in scripts]
    failed = 0
    for name in chosen:
        print(f"\n## {name}\n", flush=True)
        failed |= subprocess.run([sys.executable, str(scripts[name]), *options], check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
