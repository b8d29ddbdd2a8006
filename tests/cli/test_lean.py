from __future__ import annotations

import os
import subprocess
import sys


def loaded(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_igraph_is_loaded_without_matplotlib_and_matplotlib_still_works():
    code = (
        "import sys; from netscam.cli.lean import install; install(); install(); import igraph;"
        "print('matplotlib' in sys.modules, igraph.Graph.Ring(3).ecount(), len([f for f in sys.meta_path"
        " if type(f).__name__ == 'LeanFinder']));"
        "from matplotlib.figure import Figure; print(Figure().get_axes())"
    )
    assert loaded(code).splitlines() == ["False 3 1", "[]"]


def test_the_library_leaves_igraph_as_it_is():
    assert loaded("import sys, netscam; netscam.to_igraph; import igraph; print('matplotlib' in sys.modules)") == "True"


def test_igraph_alone_is_told_to_use_one_thread():
    code = (
        "import os; from netscam.cli.lean import install; install(); import igraph;"
        "print(os.environ.get('OMP_NUM_THREADS'))"
    )
    free = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    for given, after in ((free, "None"), ({**free, "OMP_NUM_THREADS": "3"}, "3")):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=given)
        assert done.stdout.strip() == after
