"""A minimal valid dataset for the tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

TINY = {
    "entities.csv": """\
id,type,name,aliases,countries,status,latitude,longitude,coordinate_precision,identifiers,description
c1,compound,Blue Gate Park,,KH,reported,11.5,104.9,area,,A site named in two invented reports
o1,operator,Ann Example,A. Example;安,KH;TH,designated,,,,ofac:1,Alleged to run Blue Gate Park
k1,company,Example Holdings,,NA,recorded,,,,na-company:77,A company in Windhoek
a1,address,"12 Sample Street, Phnom Penh",,KH,,,,street,,
f1,official,Bob Sample,,KH,alleged,,,,,A holder of public office
""",
    "relations.csv": """\
id,source,target,relation,start,end,share,description
r1,o1,c1,owns,2020,,60.5,
r2,k1,a1,registered_at,2019-03,2021,,
r3,o1,f1,associate_of,,,,"Seen together, once"
""",
    "evidence.csv": """\
id,relation,document,stance,status,credibility,locator,note
e1,r1,d1,supports,designated,2,p. 3,
e2,r2,d2,supports,recorded,1,,
e3,r3,d1,supports,alleged,3,,
e4,r3,d2,disputes,denied,6,,
""",
    "documents.csv": """\
id,title,publisher,kind,url,archived_url,published,accessed,language,reliability,origin_group
d1,"Notice, no. 1",Example Treasury,government,https://example.org/1,,2025-10-14,2026-01-02,en,A,
d2,Register extract,Example Register,dataset,https://example.org/2,https://archive.example.org/2,2025-10,,en,B,g1
""",
    "events.csv": """\
id,date,date_precision,type,entities,place,people,summary,document
v1,2026-01-15,day,exodus,c1,c1,1200,People left the site,d1
v2,2025-10,month,designation,o1;k1,,,A listing was published,d1
""",
    "corrections.csv": """\
id,date,table,row,what_changed,why,document
x1,2026-02-01,relations,r0,row removed,it named the wrong company,d2
""",
}
PACKAGE = {
    "name": "tiny",
    "resources": [{"name": Path(file).stem, "path": file} for file in TINY],
}


def write_tiny(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in TINY.items():
        (folder / file).write_bytes(text.encode())
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE, indent=2) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def tiny_dataset() -> Callable[[Path], Path]:
    """Function that writes a minimal valid dataset into a folder and returns the folder."""
    return write_tiny


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Folder of a minimal valid dataset."""
    return write_tiny(tmp_path / "tiny")


@pytest.fixture(scope="session")
def tiny_bytes() -> dict[str, bytes]:
    """Files of the minimal valid dataset."""
    return {file: text.encode() for file, text in TINY.items()}
