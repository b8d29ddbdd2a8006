"""Coverage-guided: atheris watches which branches of netscam an input reaches and keeps those that reach new ones."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

MEMORY_MB = 3000
ROOT = Path(__file__).resolve().parents[2]
LEFT_ALONE = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted((ROOT / "netscam" / "analysis").rglob("*.py"))
    if path.name != "edgelist.py"
]
"""Modules that are not watched: the compiler of the kernels refuses code that is."""


def _word(token: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n' if 0 < len(token) < 60 else ""


def main(arguments: list[str]) -> None:
    """``python -m tests.fuzz.guided KIND SECONDS SEED CORPUS``; libFuzzer prints its counts; exit 77 on a crash."""
    import atheris

    with atheris.instrument_imports(include=["netscam"], exclude=LEFT_ALONE):
        import netscam.cli  # noqa: F401
        from tests.fuzz.mutate import TOKENS, tricks
        from tests.fuzz.targets import run_case, targets

        kind, seconds, seed, corpus = arguments
        target = targets()[kind]
        # Run once while imports are watched: netscam loads most modules when they are needed.
        with tempfile.TemporaryDirectory() as first:
            run_case(target, target.good, Path(first) / "case")

    folder = Path(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "good").write_bytes(target.good)
    for number, content in enumerate(tricks(target.good).values()):
        if len(content) <= 4096:
            (folder / f"trick{number}").write_bytes(content)
    words = folder.parent / "words.dict"
    words.write_text("".join(map(_word, TOKENS)), encoding="ascii")
    temporary = Path(tempfile.mkdtemp(prefix="netscam-guided-"))

    def one(content: bytes) -> None:
        case = temporary / "case"
        try:
            run_case(target, content, case)
        finally:
            shutil.rmtree(case, ignore_errors=True)

    options = [
        "guided", str(folder), f"-max_total_time={seconds}", f"-seed={int(seed) or 1}", "-max_len=65536",
        "-timeout=150", f"-rss_limit_mb={MEMORY_MB}", f"-artifact_prefix={folder.parent}/{kind.replace(' ', '-')}-",
        f"-dict={words}", "-print_final_stats=1", "-verbosity=1",
    ]  # fmt: skip
    atheris.Setup(options, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
