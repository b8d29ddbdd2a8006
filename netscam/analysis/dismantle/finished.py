"""Searches that answer ctrl-C with the best so far, where only a finished answer will do."""

from __future__ import annotations

import functools
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
NOTHING = b"\0"
"""No signal; lets the pipe be read without waiting."""


def finished(search: Callable[P, T]) -> Callable[P, T]:
    """The same search, for a picture, page or brief: ctrl-C stops it with KeyboardInterrupt and gives no half answer.

    ``key_nodes`` and ``dismantle`` take ctrl-C as "show me what you have". Within longer work that would pass a
    poorer set off as the answer.
    """

    @functools.wraps(search)
    def whole(*given: P.args, **named: P.kwargs) -> T:
        with _refused_interrupt():
            return search(*given, **named)

    return whole


@contextmanager
def _refused_interrupt() -> Iterator[None]:
    """Raise at the end if ctrl-C came meanwhile, whoever handled it; Python notes every signal in a pipe."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reader, writer = os.pipe()
    try:
        if sys.platform != "win32":
            os.set_blocking(writer, False)
        before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
        os.write(writer, NOTHING)
        came = os.read(reader, 4096)
    finally:
        os.close(reader)
        os.close(writer)
    if signal.SIGINT in came:
        raise KeyboardInterrupt
