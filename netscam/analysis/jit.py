"""The one way in which netscam compiles a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compile ``function`` on first use, without the interpreter lock, and keep the machine code if it can be kept.

    numba refuses at import time to cache when neither the package folder, nor ``NUMBA_CACHE_DIR``, nor the
    user's cache folder can be written (a read-only install without a home). Such an install works all the
    same: it compiles once per process.
    """
    try:
        compiled = njit(cache=True, nogil=True)(function)
    except RuntimeError:
        compiled = njit(nogil=True)(function)
    return cast(F, compiled)
