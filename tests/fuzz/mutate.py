"""Bytes made to do harm: random ones, damaged copies of good files, and known tricks; the same for the same seed."""

from __future__ import annotations

import codecs
import gzip
import io
import random
import zipfile
from collections.abc import Callable

TOKENS: tuple[bytes, ...] = (
    *(b"\0", b"\x1a", b"\x1b[2J\x1b]0;x\x07", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3("),
    *(b"\xf4\x90\x80\x80",),
    *(b'"', b'""', b"'", b",", b";", b"\t", b"\n", b"\r", b"\r\n", b"\\", b"{", b"}", b"[", b"]", b"<"),
    *(b">", b"&", b"#",),
    *(b"NaN", b"Infinity", b"-0", b"1e999", b"-1e999", b"1e-999", b"9" * 5000, b"0x1F", b"1_000", "١٢".encode(), b"+1"),
    *(b"0000", b"0000-00-00", b"9999-12-31", b"2025-02-30", b"10000-01-01", b"0001", b"2025-13", "２０２５".encode()),
    *(b"../../x", b"/etc/passwd", b"CON", b"nul.txt", b"C:\\x", b"\\\\host\\x", b"a/b", b".", b".."),
    *(b"~", b"-rf", b"$(id)",),
    *("💥".encode(), "👩‍👩‍👧".encode(), "\u202eevil\u202c".encode(), "\u2066x\u2069".encode(), "\u200b".encode()),
    *("e\u0301".encode(), "ﷺ".encode(), "İ".encode(), "ß".encode(), "\ufffe".encode(), "\u2028".encode()),
    *("\x85".encode(),),
    *(b"=1+1", b"+cmd|' /C calc'!A0", b"@SUM(1)", b"-2+3", b"<script>alert(1)</script>", b"javascript:alert(1)"),
    *(b"null", b"true", b"[[]]", b"{}", b"\\ud83d", b"\\u0000", b'{"a":' * 50, b"[" * 50, b"id,", b"r1,o1,c1,owns"),
    *(b"<!DOCTYPE a [<!ENTITY b 'x'>]>", b"&b;", b"<![CDATA[", b"<?xml version='1.0' encoding='utf-7'?>"),
    *(b"]]>", b"x" * 5000,),
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "shift_jis", "gb18030", "utf-7")
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (str(n - 1).encode() if n else b"") * 10) for n in range(12))
    + b"]><sdnList>&a11;</sdnList>"
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<sdnList><sdnEntry><uid>1</uid><lastName>&x;</lastName></sdnEntry></sdnList>"
)
REMOTE = b'<?xml version="1.0"?><!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd"><sdnList/>'


def damaged(content: bytes, rng: random.Random) -> bytes:
    """A copy of good content with one to eight things done to it."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        content = rng.choice(MUTATIONS)(content, rng)
    return content


def _place(content: bytes, rng: random.Random) -> int:
    return rng.randrange(len(content) + 1)


def _flip(content: bytes, rng: random.Random) -> bytes:
    if not content:
        return content
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]


def _insert(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + rng.choice(TOKENS) + content[at:]


def _swap_cell(content: bytes, rng: random.Random) -> bytes:
    """Put a trick in the place of one cell, value or text."""
    edges = [place for place, byte in enumerate(content) if byte in b',;\t\n<>":']
    if len(edges) < 2:
        return content
    first = rng.randrange(len(edges) - 1)
    return content[: edges[first] + 1] + rng.choice(TOKENS) + content[edges[first + 1] :]


def _delete(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + content[at + rng.choice((1, 2, 10, 200)) :]


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: _place(content, rng)]


def _repeat(content: bytes, rng: random.Random) -> bytes:
    start, size = _place(content, rng), rng.choice((1, 5, 40, 400))
    return content[:start] + content[start : start + size] * rng.choice((2, 3, 50)) + content[start + size :]


def _lines(content: bytes, rng: random.Random) -> bytes:
    rows = content.split(b"\n")
    kind = rng.randrange(4)
    if kind == 0:
        rng.shuffle(rows)
    elif kind == 1:
        rows.insert(rng.randrange(len(rows)), rng.choice(rows))
    elif kind == 2:
        del rows[rng.randrange(len(rows))]
    return (b"\r\n" if kind == 3 else b"\n").join(rows)


def _cycle(content: bytes, rng: random.Random) -> bytes:
    """Put one word of the content in the place of another: ids that repeat, point at themselves or go round."""
    words = [word for word in set(content.replace(b'"', b",").replace(b"\n", b",").split(b",")) if word]
    if not words:
        return content
    words.sort()
    return content.replace(rng.choice(words), rng.choice(words), rng.choice((1, 2, -1)))


def _recode(content: bytes, rng: random.Random) -> bytes:
    return content.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


def _junk(content: bytes, rng: random.Random) -> bytes:
    at = _place(content, rng)
    return content[:at] + rng.randbytes(rng.choice((1, 4, 64))) + content[at:]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_flip, _insert, _insert, _swap_cell, _swap_cell, _swap_cell, _delete, _cut, _repeat, _lines, _cycle, _cycle),
    *(_recode, _junk),
)


def tricks(content: bytes) -> dict[str, bytes]:
    """Known tricks by name; those that need a shape are made from the good content."""
    line = content.split(b"\n")[0]
    return {
        "nothing": b"",
        "blank": b" \n\t\n",
        "only a mark": codecs.BOM_UTF8,
        "only NULs": b"\0" * 4096,
        "a cell of 1 MB": line + b"\n" + b"x" * (1 << 20) + b"\n",
        "a quoted cell of 1 MB": line + b'\n"' + b"x" * (1 << 20) + b'"\n',
        "1 MB of quotes": line + b"\n" + b'"' * (1 << 20),
        "10,000 columns": b",".join(b"c%d" % n for n in range(10_000)) + b"\n" + b"," * 9_999 + b"\n",
        "10,000 columns of one name": b",".join([b"id"] * 10_000) + b"\n" + b"," * 9_999 + b"\n",
        "20,000 blank lines": line + b"\n" * 20_000,
        "deep lists": b"[" * 100_000,
        "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        "deep but closed lists": b'{"id": ' + b"[" * 900 + b"]" * 900 + b"}",
        "deep elements": b"<sdnList><sdnEntry>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</sdnEntry></sdnList>",
        "deep tables": b"a = " + b"[" * 5_000 + b"]" * 5_000,
        "a number of 100,000 digits": b'{"id": ' + b"9" * 100_000 + b"}",
        "1e999": b'{"id": 1e999, "n": NaN, "m": -Infinity}',
        "half a pair": b'{"id": "\\ud800", "schema": "Person", "\\udfff": "\\ud83d"}',
        "overlong UTF-8": line + b"\n\xc0\xaf\xe0\x80\xaf\n",
        "encoded half a pair": line + b"\n\xed\xa0\x80\n",
        "UTF-16": content.decode("utf-8", "replace").encode("utf-16"),
        "entity expansion": BOMB,
        "external entity": EXTERNAL,
        "remote DTD": REMOTE,
        "gzip as it is": gzip.compress(content, mtime=0),
        "gzip bomb": gzip.compress(b"\0" * (1 << 22), mtime=0),
        "zip of nothing": _zip({}),
        "zip bomb": _zip({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * (1 << 25)}),
        "line of 100 KB": b"a " * 50_000,
        "carriage returns": content.replace(b"\n", b"\r"),
        "twice": content + content,
        "no line end": content.rstrip(b"\n"),
    }


def _zip(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def damaged_workbook(content: bytes, rng: random.Random) -> bytes:
    """A workbook one of whose parts is damaged, packed again so that the damage is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    return _zip(parts | {name: damaged(parts[name], rng)})
