"""Elements of an XML file one by one, without entities, external or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError

from netscam.data.importers.job import Progress
from netscam.data.importers.stream import broken, read_chunks
from netscam.errors import WHOLE_FILE, DataError, NetscamError

if TYPE_CHECKING:
    from collections.abc import Collection


def read_elements(path: Path, progress: Progress, wanted: Collection[str]) -> Iterator[Element]:
    """Elements of these names, whole, in the order in which they end; each is emptied after it was looked at.

    Names are without namespace. Elements inside a wanted one are part of it and do not come by themselves.

    Raises
    ------
    DataError
        The file is not XML, ends in the middle, or declares entities (which could read other files or fill memory).
    """
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import DefusedXMLParser
    except ImportError as error:
        raise NetscamError("reading XML needs the extra 'lists': pip install 'netscam[lists]'") from error
    builder = _Builder(frozenset(wanted))
    parser: Any = DefusedXMLParser(target=builder, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        for piece in read_chunks(path, progress):
            parser.feed(piece)
            yield from builder.take()
        parser.close()
        yield from builder.take()
    except DefusedXmlException as error:
        broken(
            path,
            1,
            WHOLE_FILE,
            "xml-entity",
            f"the file declares entities, which are not read ({type(error).__name__})",
        )
    except ParseError as error:
        line, column = error.position
        broken(path, line, f"character {column + 1}", "xml", f"not well-formed XML: {error.msg}")
    except DataError:
        raise
    except (LookupError, ValueError) as error:
        broken(path, 1, WHOLE_FILE, "encoding", f"the encoding of the file is not known: {error}")


class _Builder:
    """Builds only the wanted elements; everything around them is forgotten at once."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._open: list[Element] = []
        self._done: list[Element] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self._open and name not in self._wanted:
            return
        element = Element(name, attributes)
        if self._open:
            self._open[-1].append(element)
        self._open.append(element)

    def data(self, text: str) -> None:
        if self._open:
            last = self._open[-1]
            if len(last):
                last[-1].tail = (last[-1].tail or "") + text
            else:
                last.text = (last.text or "") + text

    def end(self, tag: str) -> None:
        del tag
        if self._open:
            element = self._open.pop()
            if not self._open:
                self._done.append(element)

    def close(self) -> None:
        """Nothing is left to do at the end."""

    def take(self) -> list[Element]:
        """Elements that ended since the last call."""
        done, self._done = self._done, []
        return done


def text_of(element: Element | None, path: str = "") -> str:
    """Text of an element or of its first descendant at a path; empty where there is none."""
    found = element.find(path) if path and element is not None else element
    return (found.text or "").strip() if found is not None else ""


def texts_of(element: Element, path: str) -> list[str]:
    """Texts of all descendants at a path that have any."""
    return [text for found in element.iterfind(path) if (text := (found.text or "").strip())]
