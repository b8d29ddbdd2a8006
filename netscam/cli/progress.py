"""Progress of long work: what the library logs and igraph reports, as one line that rewrites itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from netscam.cli.show import step


class _Line(logging.Handler):
    """Hands every message to a function."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.INFO)
        self.tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Show a message; warnings have their own way to the user."""
        if record.levelno == logging.INFO:
            self.tell(record.getMessage())


@contextmanager
def progress(word: str) -> Iterator[None]:
    """Show how far the work within the block is, on stderr and only where that is a terminal.

    Ctrl-C ends the work: igraph looks for it while it computes, and loops over samples and runs between two of them.
    """
    import igraph as ig

    tell = step()
    logger = logging.getLogger("netscam")
    line, level = _Line(tell), logger.level
    logger.addHandler(line)
    logger.setLevel(logging.INFO)
    ig.set_progress_handler(lambda message, percent: tell(f"{word}: {message.strip().rstrip(':.')} {percent:.0f} %"))
    tell(word)
    try:
        yield
    finally:
        ig.set_progress_handler(None)
        logger.setLevel(level)
        logger.removeHandler(line)
        tell("")
