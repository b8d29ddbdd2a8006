"""What netscam finds on this machine: versions, extras, fonts, browser, Java, folders. Nothing is changed or sent."""

from __future__ import annotations

import importlib.metadata
import locale
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from netscam.locks import HAS_LOCKS

NEEDED = re.compile(r"""^(?P<name>[A-Za-z0-9._-]+).*?(?:;.*\bextra\s*==\s*['"](?P<extra>[^'"]+)['"].*)?$""")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "firefox", "msedge")
APPLICATIONS = ("/Applications/Google Chrome.app", "/Applications/Firefox.app", "/Applications/Safari.app")
OLDEST = (3, 11)
OK, ABSENT, BROKEN = "ok", "absent", "broken"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Parameters
    ----------
    what
        Its name.
    state
        ``ok``; ``absent`` for what only some commands need; ``broken`` for what netscam cannot do without.
    found
        Version or place; empty for nothing.
    advice
        What it is for, or what to do.
    """

    what: str
    state: str
    found: str
    advice: str = ""


def examine() -> list[Check]:
    """Look at everything that netscam needs or can use on this machine.

    Returns
    -------
    list of Check
        In a fixed order; what is ``broken`` stops netscam, what is ``absent`` only the part that ``advice`` names.
    """
    return [*_python(), *_libraries(), *_fonts(), *_programs(), *_folders(), *_terminal()]


def _python() -> Iterator[Check]:
    good = sys.version_info >= OLDEST
    wanted = ".".join(map(str, OLDEST))
    yield Check("python", OK if good else BROKEN, platform.python_version(), "" if good else f"needs {wanted} or newer")
    yield Check("system", OK, f"{platform.system()} {platform.machine()}, {os.cpu_count() or 1} processors")


def _libraries() -> Iterator[Check]:
    """Netscam itself, what it needs, then each extra."""
    yield Check("netscam", OK, _version("netscam") or "from a folder that is not installed")
    extras: dict[str, list[str]] = {}
    for line in sorted(importlib.metadata.requires("netscam") or ()) if _version("netscam") else ():
        found = NEEDED.match(line)
        if found and not found["extra"]:
            version = _version(found["name"])
            advice = "" if version else f"pip install {found['name']}"
            yield Check(f"library {found['name']}", OK if version else BROKEN, version, advice)
        elif found and found["extra"] != "dev":
            extras.setdefault(found["extra"], []).append(found["name"])
    for extra, names in sorted(extras.items()):
        missing = [name for name in names if not _version(name)]
        told = ", ".join(f"{name} {_version(name)}" for name in names if name not in missing)
        yield Check(
            f"extra {extra}", ABSENT if missing else OK, told, f"pip install 'netscam[{extra}]'" if missing else ""
        )


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _fonts() -> Iterator[Check]:
    """The one font of the figures, which comes with matplotlib."""
    try:
        from matplotlib.font_manager import FontProperties, findfont

        path = findfont(FontProperties(family=["DejaVu Sans"]), fallback_to_default=False)
    except (ImportError, ValueError, OSError) as error:
        yield Check("font of figures", BROKEN, "", f"DejaVu Sans is missing; reinstall matplotlib ({error})")
        return
    yield Check("font of figures", OK, f"DejaVu Sans in {Path(path).parent}")


def _programs() -> Iterator[Check]:
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), "")
    browser = browser or next((name for name in APPLICATIONS if Path(name).exists()), "")
    advice = (
        ""
        if browser
        else "any browser opens the page; tests of the page want Chromium (make browser, or CHROMIUM=PATH)"
    )
    yield Check("browser", OK if browser else ABSENT, browser, advice)
    home = os.environ.get("JAVA_HOME", "")
    inside = Path(home) / "bin" / ("java.exe" if sys.platform == "win32" else "java") if home else None
    java = str(inside) if inside and inside.is_file() else shutil.which("java") or ""
    yield Check(
        "java",
        OK if java else ABSENT,
        java,
        "" if java else "only the engine spark needs it: a Java runtime of 17 or newer",
    )


def _folders() -> Iterator[Check]:
    """Where netscam writes: the current folder when no other is named, and temporary files of imports."""
    for what, folder, advice in (
        ("current folder", Path.cwd(), "name a folder with -o"),
        ("temporary folder", Path(tempfile.gettempdir()), "set TMPDIR to a folder with room: imports need it"),
    ):
        good = _can_write(folder)
        state = OK if good else BROKEN if what.startswith("temp") else ABSENT
        free = shutil.disk_usage(folder).free / 1e9
        yield Check(what, state, f"{folder} ({free:,.1f} GB free)", "" if good else f"cannot be written; {advice}")
    advice = "" if HAS_LOCKS else "do not run two commands at once on one output folder"
    yield Check("locks between runs", OK if HAS_LOCKS else ABSENT, "by the system" if HAS_LOCKS else "", advice)


def _can_write(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _terminal() -> Iterator[Check]:
    encoding = (getattr(sys.stdout, "encoding", None) or locale.getpreferredencoding(False)).lower()
    good = encoding.replace("-", "") == "utf8"
    advice = "" if good else "letters that it lacks are printed as escapes; set PYTHONUTF8=1"
    yield Check("terminal", OK if good else ABSENT, encoding, advice)
