"""Searches that answer ctrl-C with the best so far, where only a finished answer will do."""

from __future__ import annotations

import functools
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


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
    """Raise at the end if ctrl-C came meanwhile, whoever handled it; Python notes every signal in a socket."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reader, writer = socket.socketpair()
    with reader, writer:
        reader.setblocking(False)
        writer.setblocking(False)
        before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
        try:
            came = reader.recv(4096)
        except BlockingIOError:
            came = b""
    if signal.SIGINT in came:
        raise KeyboardInterrupt
