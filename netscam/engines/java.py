"""Is there a Java for Spark, and is it one that Spark runs on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from netscam.engines.tables import EngineError

OLDEST = 17
HOW = (
    f"Spark needs Java {OLDEST} or newer: on Debian or Ubuntu apt-get install openjdk-17-jre-headless, elsewhere from "
    "adoptium.net; set JAVA_HOME where it is not on the path"
)


def find_java() -> str | None:
    """Path of the Java that Spark would start: that of ``JAVA_HOME``, else the first on the path, else None."""
    home = os.environ.get("JAVA_HOME", "")
    if home:
        inside = Path(home) / "bin" / "java"
        return str(inside) if inside.is_file() else None
    return shutil.which("java")


def java_version(java: str) -> int:
    """Major version of a Java; 0 when it does not say."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found.group(1)) if found else 0


def check_java() -> str:
    """Path of a Java that Spark runs on.

    Raises
    ------
    EngineError
        There is none, or it is too old; the message says how to get one.
    """
    java = find_java()
    if java is None:
        home = os.environ.get("JAVA_HOME", "")
        where = f"JAVA_HOME is {home}, and there is no bin/java in it" if home else "there is no Java here"
        raise EngineError(f"{where}. {HOW}")
    version = java_version(java)
    if version < OLDEST:
        raise EngineError(f"{java} is Java {version or 'of an unknown version'}. {HOW}")
    return java
