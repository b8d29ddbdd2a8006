"""Good files of every kind that netscam reads; the tests' own where there are some."""

from __future__ import annotations

import importlib.util
import io
import json
from functools import cache
from pathlib import Path
from types import ModuleType

from netscam.schema import load_schema

TESTS = Path(__file__).resolve().parents[1]
DECISIONS = (
    "first,second,decision,who,when,why\nc1,k1,same,Ann,2026-01-02,one number\no1,f1,different,Ann,2026-01-02,two\n"
)
COSTS = "id,cost,why\nc1,2,big\no1,1.5,small\n"
EDGES = "source,target,weight\na,b,1\nb,c,2\nc,a,0.5\nc,d,1\nd,e,1\n"
NESTED = {"id": "NK-1", "schema": "Person", "properties": {"name": ["Jane Doe"], "ownershipOwner": [
    {"id": "own", "schema": "Ownership", "properties": {"owner": ["NK-1"], "asset": [
        {"id": "NK-2", "schema": "Company", "properties": {"name": ["Example Ltd"]}}]}}]}}  # fmt: skip
SIMPLE = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,"
    "first_seen,last_seen\n"
    'NK-1,Person,Jane Doe,"J. Doe;杰恩",1970-02-01,kh;th,"12 Test Road, Phnom Penh",N123,TCO,,,Test,'
    "2024-01-02,2025-01-02\n"
)
LINKURIOUS = "id,label,category\n1,A LTD,Entity\n2,JANE DOE,Officer\n"


@cache
def module(path: str) -> ModuleType:
    """A test file as a module, for the good files that it holds."""
    spec = importlib.util.spec_from_file_location(f"seeds_{Path(path).stem}", TESTS / path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@cache
def tiny() -> dict[str, bytes]:
    """A whole small dataset by file name."""
    found = module("data/conftest.py")
    files = {name: text.encode() for name, text in found.TINY.items()}
    return files | {"datapackage.json": (json.dumps(found.PACKAGE, indent=2) + "\n").encode()}


@cache
def ofac() -> dict[str, bytes]:
    """SDN list, addresses and aliases as CSV."""
    found = module("data/importers/test_ofac.py")
    return {"sdn.csv": found.LIST.encode(), "add.csv": found.ADD.encode(), "alt.csv": found.ALT.encode()}


@cache
def icij() -> dict[str, bytes]:
    """Offshore Leaks tables."""
    found = module("data/importers/test_icij.py")
    return {
        "nodes-entities.csv": found.ENTITIES.encode(),
        "nodes-officers.csv": found.OFFICERS.encode(),
        "nodes-addresses.csv": found.ADDRESSES.encode(),
        "relationships.csv": found.LINKS.encode(),
    }


@cache
def bods() -> bytes:
    """Statements of the Beneficial Ownership Data Standard, one a line."""
    make = module("data/importers/test_bods.py")
    statements = [
        make.company("A", "A Ltd", jurisdiction={"code": "VG", "name": "British Virgin Islands"}),
        make.company("B", "B Ltd"),
        make.person("P", "Jane Doe", nationalities=[{"code": "KH"}]),
        make.owns("r1", "A", "B", make.shares(60)),
        make.owns("r2", "B", "A", make.shares(40)),
        make.owns("r3", "P", "A", make.shares(12.5, startDate="2019-05")),
    ]
    return "".join(json.dumps(statement) + "\n" for statement in statements).encode()


@cache
def workbook() -> bytes:
    """A workbook with one sheet of people."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    rows = [line.split(";") for line in module("data/importers/test_table.py").PEOPLE.splitlines()]
    for row in rows:
        sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


@cache
def table() -> dict[str, bytes]:
    """Two tables with their mapping."""
    found = module("data/importers/test_table.py")
    return {
        "people.csv": found.PEOPLE.encode(),
        "ties.csv": found.TIES.encode(),
        "mapping.toml": found.MAPPING.encode(),
        "full.dl": found.DL.encode(),
        "edges.dl": found.EDGES.encode(),
        "people.jsonl": b'{"id": "1", "name": "Jane Doe", "type": "person"}\n{"id": "2", "name": "Example"}\n',
    }


@cache
def prior() -> bytes:
    """A prior of one's own."""
    default = load_schema().priors["default"]
    made = {"reliability": dict(default.reliability), "base": default.base, "rationale": "a test"}
    return json.dumps(made, indent=1).encode()
