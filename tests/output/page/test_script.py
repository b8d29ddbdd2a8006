"""The page's script: every file is in, linted, type-checked; small; and says its names once."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import netscam.output.page
from netscam.output.page.host import SCRIPTS, script

FOLDER = Path(netscam.output.page.__file__).parent / "js"
ROOT = Path(__file__).resolve().parents[3]
TOOLS = ROOT / "tests" / "browser" / "node_modules" / ".bin"
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)";$', re.MULTILINE)


def test_every_file_is_in_the_page() -> None:
    assert sorted(SCRIPTS) == sorted(path.name for path in FOLDER.iterdir())
    assert "import " not in re.sub(r"/\*.*?\*/", "", script(), flags=re.DOTALL)
    assert not re.search(r"^export ", script(), re.MULTILINE)


def test_imported_names_exist() -> None:
    for path in FOLDER.iterdir():
        for names, other in IMPORT.findall(path.read_text(encoding="utf-8")):
            exported = (FOLDER / other).read_text(encoding="utf-8")
            for name in names.split(","):
                assert re.search(rf"^export .*\b{name.strip()}\b", exported, re.MULTILINE), f"{path.name}: {name}"


def test_names_are_said_once() -> None:
    """All files share one scope in the page."""
    names = re.findall(r"^(?:const|let|function|async function|class) (\w+)", script(), re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_files_stay_small_and_say_what_they_are() -> None:
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8")
        assert text.startswith("/**\n * "), path.name
        assert len(text.splitlines()) <= 300, path.name


@pytest.mark.parametrize(
    "command",
    [
        ["eslint", "--config", "tests/browser/eslint.config.mjs", "netscam/output/page/js"],
        ["tsc", "--project", "tests/browser/tsconfig.json"],
    ],
    ids=["eslint", "tsc"],
)
def test_linters(command: list[str]) -> None:
    tool = TOOLS / command[0]
    if not tool.exists() or not shutil.which("node"):
        pytest.skip("the JavaScript tools are not installed: npm ci in tests/browser")
    done = subprocess.run([str(tool), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
