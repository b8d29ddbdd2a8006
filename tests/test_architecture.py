"""The layout is the path of data; this fails when a module takes a step back."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import netscam

PACKAGE = Path(netscam.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
STAGES = ["errors", "locks", "files", "registry", "schema", "data", "graph", "analysis", "engines", "output", "cli"]
# Where a library may be imported; everywhere else it may not.
HOMES = {
    "click": ("cli",),
    "matplotlib": ("output/figures", "output/style.py", "output/layout.py", "output/report", "output/doctor.py"),
    "pyvis": ("output/page",),
    "highspy": ("analysis/keynodes",),
    "pyscipopt": ("analysis/keynodes",),
    "duckdb": ("engines",),
    "pyspark": ("engines",),
    "graphframes": ("engines",),
    "py4j": ("engines",),
    "networkit": ("analysis",),
    "docx": ("output/report",),
}
HEAVY = (
    "pandas",
    "numpy",
    "networkx",
    "igraph",
    "matplotlib",
    "pyvis",
    "scipy",
    "numba",
    "pyarrow",
    "highspy",
    "jinja2",
    "duckdb",
    "pyspark",
    "networkit",
    "docx",
)


def imports(path: Path) -> set[str]:
    """Every module that a file imports, at the top or inside a function; those for type checkers only are left out."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in guarded:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def stage(name: str) -> str:
    return name.split(".")[1] if "." in name else name


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_backwards(path: Path) -> None:
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        return
    for name in imports(path):
        if name.startswith("netscam.") and stage(name) in STAGES:
            assert STAGES.index(stage(name)) <= STAGES.index(own), f"{own} imports {name}"
    if own == "analysis":
        assert not [name for name in imports(path) if name.startswith("netscam.data")]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_libraries_stay_at_home(path: Path) -> None:
    inside = path.relative_to(PACKAGE).as_posix()
    for name in imports(path):
        home = HOMES.get(name.split(".")[0])
        assert home is None or inside.startswith(home), f"{inside} imports {name}"
        assert name != "matplotlib.pyplot"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert path.stem not in ("utils", "helpers", "common")


def loaded_after(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split("\n")[-2].split())


def test_import_loads_no_heavy_library() -> None:
    assert not loaded_after("import netscam") & {*HEAVY, "click"}


def test_help_loads_no_heavy_library() -> None:
    code = "from click.testing import CliRunner\nfrom netscam.cli import cli\nCliRunner().invoke(cli, ['--help'])"
    assert not loaded_after(code) & set(HEAVY)


def test_public_names_load_and_the_stub_agrees() -> None:
    stub = (PACKAGE / "__init__.pyi").read_text(encoding="utf-8")
    stubbed = set(re.findall(r"^    (\w+) as \1,$|import (\w+) as \2$", stub, flags=re.MULTILINE))
    assert {a or b for a, b in stubbed} == set(netscam.__all__)
    for name in netscam.__all__:
        assert getattr(netscam, name).__doc__


def test_nothing_points_outside_the_project() -> None:
    """Only tests and benchmarks may know the reference folder beside a checkout."""
    for path in MODULES:
        assert "../shared" not in path.read_text(encoding="utf-8")
