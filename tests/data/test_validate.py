from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netscam.data.dataset import check_dataset, list_datasets, read_dataset
from netscam.data.package import package_text, read_package
from netscam.data.raw import RawTable
from netscam.data.read import read_content
from netscam.data.rules import RULES
from netscam.data.rules.lists import load_countries
from netscam.data.validate import find_problems
from netscam.errors import DataError
from netscam.schema import TABLES, load_schema

BROKEN = Path(__file__).parent / "broken"
ODD = Path(__file__).parent / "odd"
CASES = {path.name: path for folder in (BROKEN, ODD) for path in sorted(folder.iterdir()) if path.is_dir()}
FOLDERS = sorted(CASES)
FAST = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def problems_of(files: dict[str, bytes]):
    return find_problems({Path(file).stem: read_content(text, file, Path(file).stem) for file, text in files.items()})


def with_rows(files, file, *rows):
    return {**files, file: files[file] + "".join(f"{row}\n" for row in rows).encode()}


def rules(files):
    return {problem.rule for problem in problems_of(files)}


@pytest.mark.parametrize("name", FOLDERS)
def test_broken_dataset_gives_exactly_its_problems(name):
    data, problems = check_dataset(CASES[name])
    expected = (CASES[name] / "expected.txt").read_text(encoding="utf-8")
    assert "".join(f"{problem}\n" for problem in problems) == expected
    assert {problem.rule for problem in problems} == {name.split(".")[0]}
    assert (data is None) == any(problem.level == "error" for problem in problems)
    assert (data is None) == (CASES[name].parent == BROKEN)
    with pytest.raises(DataError):
        read_dataset(CASES[name], strict=True)


def test_every_rule_has_a_broken_dataset_and_an_explanation():
    assert {name.split(".")[0] for name in FOLDERS} == set(RULES.names())
    for entry in RULES:
        assert entry.summary.endswith((".", ":", ",")) or len(entry.function.__doc__) > 60
        assert entry.details["level"] in ("error", "warning")
        assert entry.details["stage"] in ("file", "row", "header", "table", "package")


def test_tiny_dataset_has_no_problems(tiny):
    data, problems = check_dataset(tiny)
    assert problems == []
    assert data.entities.set_index("id").loc["k1", "countries"] == "NA"


@pytest.mark.parametrize("folder", list_datasets(), ids=lambda folder: folder.name)
def test_shipped_datasets_have_no_errors(folder):
    assert [str(problem) for problem in check_dataset(folder)[1] if problem.level == "error"] == []


def test_costs_are_checked_where_there_are_any(tiny):
    (tiny / "costs.csv").write_text("id,cost,why\no1,-1,cheap\nq9,1,unknown\n")
    assert [str(problem) for problem in check_dataset(tiny)[1]] == [
        "costs.csv:2: cost: -1 is out of range; it has to be 0 or more [range]",
        "costs.csv:3: id: 'q9' is not an entity [unknown-id]",
    ]


def test_unusable_entities_do_not_flood_the_report(tiny_bytes):
    assert rules({**tiny_bytes, "entities.csv": b""}) == {"empty-file"}
    assert rules({**tiny_bytes, "entities.csv": tiny_bytes["entities.csv"].replace(b"id,", b"key,", 1)}) == {
        "missing-column",
        "unknown-column",
    }


def test_row_set_aside_is_not_missed_elsewhere(tiny_bytes):
    files = {**tiny_bytes, "entities.csv": tiny_bytes["entities.csv"].replace(b"f1,", b"f1,,", 1)}
    assert [str(problem) for problem in problems_of(files)] == [
        "entities.csv:6: (row): 12 cells where the header has 11 [ragged-row]"
    ]
    files = {**tiny_bytes, "evidence.csv": tiny_bytes["evidence.csv"].replace(b"e2,", b"e2,,", 1)}
    assert rules(files) == {"ragged-row"}


def test_stray_space_is_one_problem(tiny_bytes):
    text = tiny_bytes["entities.csv"].replace(b"11.5,", b" 11.5 ,").replace(b",official,", b",official ,")
    assert rules({**tiny_bytes, "entities.csv": text.replace(b"c1,", b"c1\xc2\xa0,", 1)}) == {"surrounding-space"}


def test_thousand_problems_and_a_count(tiny_bytes):
    files = with_rows(tiny_bytes, "relations.csv", *(f"x{i},o1,q{i},owns,,,," for i in range(1500)))
    found = [problem for problem in problems_of(files) if problem.rule == "unknown-id"]
    assert len(found) == 1001
    assert str(found[-1]) == "relations.csv:1005: (file): and 500 more from this line on [unknown-id]"


@pytest.mark.parametrize(
    ("start", "end", "good"),
    [
        ("2025", "2025", True),
        ("2025", "2025-03", True),
        ("2025-03", "2025", True),
        ("2025-03-09", "2025-03", True),
        ("2025-03", "2025-03-09", True),
        ("2025-03-09", "2025-03-09", True),
        ("2025-03-10", "2025-03-09", False),
        ("2025-04", "2025-03-31", False),
        ("2025-03-01", "2025-02", False),
        ("2026", "2025-12-31", False),
        ("", "2025", True),
        ("2025", "", True),
    ],
)
def test_dates_of_a_relation_are_in_order(tiny_bytes, start, end, good):
    files = {
        **tiny_bytes,
        "relations.csv": tiny_bytes["relations.csv"].replace(b"2019-03,2021", f"{start},{end}".encode()),
    }
    assert rules(files) == (set() if good else {"date-order"})


@pytest.mark.parametrize(
    ("date", "good"),
    [
        ("2024-02-29", True),
        ("2023-02-29", False),
        ("2000-02-29", True),
        ("1900-02-29", False),
        ("2024-13", False),
        ("2024-00", False),
        ("0001", True),
        ("0000-01", False),
        ("2024-1", False),
        ("24", False),
        ("2024-01-01T00:00", False),
        ("２０２４", False),
    ],
)
def test_dates_are_in_the_calendar(tiny_bytes, date, good):
    text = tiny_bytes["documents.csv"].decode().replace("2025-10-14", date)
    assert rules({**tiny_bytes, "documents.csv": text.encode()}) == (set() if good else {"date"})


@pytest.mark.parametrize(
    ("share", "found"),
    [
        ("0", set()),
        ("100", set()),
        ("1e2", set()),
        (".5", set()),
        ("5.", set()),
        ("100.01", {"range"}),
        ("-0.1", {"range"}),
        ("inf", {"number"}),
        ("-Infinity", {"number"}),
        ("nan", {"number"}),
        ("0x10", {"number"}),
        ("1_0", {"number"}),
        ("50%", {"number"}),
        ("٣", {"number"}),
        ("1e400", {"number"}),
        ("--5", {"number"}),
        ("5 0", {"number"}),
    ],
)
def test_numbers(tiny_bytes, share, found):
    text = tiny_bytes["relations.csv"].decode().replace("60.5", share)
    assert rules({**tiny_bytes, "relations.csv": text.encode()}) == found


@pytest.mark.parametrize("people", ["1e3", "12.0", "+5", "１２", "9" * 30, "0x1F"])
def test_counts_are_digits(tiny_bytes, people):
    text = tiny_bytes["events.csv"].decode().replace("1200", people)
    assert rules({**tiny_bytes, "events.csv": text.encode()}) == {"integer"}


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "HTTP://example.org",
        "https://",
        "https:///x",
        "https://a b.org",
        "https://u:p@example.org",
        "https://u@example.org/x",
        "//example.org",
        "example.org",
        'https://example.org/"onclick="x',
        "https://example.org/<script>",
        "https://example.org\\@evil.example",
        "data:text/html,x",
    ],
)
def test_urls_that_are_refused(tiny_bytes, url):
    quoted = '"' + url.replace('"', '""') + '"'
    text = tiny_bytes["documents.csv"].decode().replace("https://example.org/1", quoted)
    assert rules({**tiny_bytes, "documents.csv": text.encode()}) == {"url"}


@pytest.mark.parametrize("url", ["http://example.org", "https://example.org/@user/x?y=z#a", "https://例え.jp/a_(b)"])
def test_urls_that_are_fine(tiny_bytes, url):
    text = tiny_bytes["documents.csv"].decode().replace("https://example.org/1", url)
    assert rules({**tiny_bytes, "documents.csv": text.encode()}) == set()


LOOKS_LIKE_A_VICTIM = [
    "Victim of the compound",
    "victim",
    "A trafficking victim from Kenya",
    "One of the survivors of the fire",
    "Coerced worker at KK Park",
    "Forced labourer",
    "Rescued Vietnamese worker",
    "Trafficked person",
    "A Chinese man sold to a compound",
    "Sold into scam compounds twice",
    "Lured into Cambodia by a job offer",
    "Kidnapped by a gang",
    "Trafficked workers",
    "Was trafficked to Sihanoukville",
    "Alleged victim of trafficking",
    "Kidnapped in Bangkok",
    "Worker who was held at the site",
    "Scam survivor",
    "受害者",
    "Nạn nhân",
    "(victim)",
    "Jane Doe, a Kenyan woman who was trafficked into the compound",
    "Jane Doe (a rescued worker), spoke to the press",
    "Jane Doe, victim of the compound",
]
DOES_NOT = [
    "Alleged to have trafficked victims into compounds",
    "Alleged to have held workers captive",
    "Convicted of trafficking; three victims testified",
    "Charged with defrauding US victims",
    "Director of a company through which victim funds passed",
    "Victim support advocate turned deputy minister",
    "Victims' fund lawyer",
    "Trafficker of forced labourers",
    "Recruited workers for the compound",
    "Operates a site where trafficked people are held",
    "Said by police to have sold people into compounds",
    "Worker safety inspector",
    "Trafficked people into Myanmar, prosecutors say",
    "Rescued a Chinese worker from a site",
    "Recruits trafficked workers",
    "Kidnapped two men, according to charges",
    "Held shares in the operator",
    "Captive market operator",
    "Rescue operation head",
    "Survival equipment dealer",
    "Chairman; workers at his sites are reported to be held",
    "Man named in a designation as owner",
    "Owner of Blue Gate Park, victims say",
    "Chairman (sanctioned), accused of holding people who were trafficked",
    "Businessman, an associate of a man who was charged",
]


@pytest.mark.parametrize("description", LOOKS_LIKE_A_VICTIM)
def test_rows_that_look_like_a_victim_are_refused(tiny_bytes, description):
    assert rules(with_rows(tiny_bytes, "entities.csv", f'p1,person,Jo Doe,,,,,,,,"{description}"')) == {"victim"}


@pytest.mark.parametrize("description", DOES_NOT)
def test_rows_about_what_somebody_did_are_not(tiny_bytes, description):
    assert rules(with_rows(tiny_bytes, "entities.csv", f'p1,operator,Jo Doe,,,,,,,,"{description}"')) == set()


@pytest.mark.parametrize(
    "name",
    [
        *("Victim 3", "Jane Doe (survivor)", "Unnamed victim", "Worker A", "Hostage 2", "受害人甲"),
        *("Jane Doe (trafficked to KK Park)", '"Jane Doe, rescued worker"', "Jane Doe (Kenyan woman held at KK Park)"),
        *("Jane Doe - forced scammer", "Jane Doe [kidnapped 2024]", '"Jane Doe, a trafficked person"'),
    ],
)
def test_names_made_for_victims_are_refused(tiny_bytes, name):
    assert rules(with_rows(tiny_bytes, "entities.csv", f"p1,person,{name},,,,,,,,")) == {"victim"}


@pytest.mark.parametrize(
    "name", ["Doe, Jane", "Saing Dy (alias Sai)", "O'Held-Forced", "Jane Doe (victim support lawyer)"]
)
def test_other_names_are_not(tiny_bytes, name):
    found = rules(with_rows(tiny_bytes, "entities.csv", f'p1,person,"{name}",,,,,,,,'))
    assert found == ({"victim"} if "victim" in name else set())


def test_only_people_can_look_like_a_victim(tiny_bytes):
    row = "q1,recruitment_account,Victim recruitment channel,,,,,,,,Trafficking victims were recruited through it"
    assert rules(with_rows(tiny_bytes, "entities.csv", row)) == set()


def test_countries():
    assert len(load_countries()) == 249
    assert {"NA", "KH", "MM", "LA", "TH", "TW", "HK", "GB"} <= set(load_countries())
    assert not {"UK", "XK", "EU"} & set(load_countries())


@pytest.mark.parametrize("character", ["\x00", "\t", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff"])
def test_hidden_characters_are_refused_and_shown(tiny_bytes, character):
    text = tiny_bytes["documents.csv"].decode().replace("Register extract", f"Register{character}extract")
    problems = problems_of({**tiny_bytes, "documents.csv": text.encode()})
    assert [problem.rule for problem in problems] == ["nul-byte" if character == "\x00" else "control-character"]
    assert all(str(problem).isprintable() for problem in problems)


@pytest.mark.parametrize("character", ["é", "–", "’", "安", "𠮷", "\u200d", "ំ"])
def test_other_characters_are_fine(tiny_bytes, character):
    text = tiny_bytes["documents.csv"].decode().replace("Register extract", f"Register{character}extract")
    assert rules({**tiny_bytes, "documents.csv": text.encode()}) == set()


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_formulas(tiny_bytes, start):
    text = tiny_bytes["documents.csv"].decode().replace("Register extract", f"{start}Register")
    assert rules({**tiny_bytes, "documents.csv": text.encode()}) == {"formula"}


def test_ids_that_differ_in_case_are_found_whatever_the_order(tiny_bytes):
    one = problems_of(with_rows(tiny_bytes, "entities.csv", "x,company,X,,,,,,,,", "X,company,X,,,,,,,,"))
    two = problems_of(with_rows(tiny_bytes, "entities.csv", "X,company,X,,,,,,,,", "x,company,X,,,,,,,,"))
    assert [problem.message for problem in one] == [problem.message for problem in two]
    assert [problem.level for problem in one] == ["warning"]


def test_many_distinct_words_do_not_make_rows_look_alike(tiny_bytes):
    rows = (f"y{i},r{i},d{i},s{i},t{i},2,," for i in range(70_000))
    assert "duplicate-evidence" not in rules(with_rows(tiny_bytes, "evidence.csv", *rows))


@FAST
@given(st.sampled_from([f"{table}.csv" for table in TABLES]), st.binary(max_size=200))
def test_any_bytes_give_located_problems(tiny_bytes, file, content):
    check_places(problems_of({**tiny_bytes, file: content}))


SCRAP = st.one_of(
    st.sampled_from([b",", b'"', b"\n", b"\r", b";", b"\0", b"\xff", b" ", b"=", b"2025-02-30", b"\xe2\x80\xae"]),
    st.binary(max_size=3),
)


@FAST
@given(st.data())
def test_any_mutation_gives_located_problems(tiny_bytes, data):
    files = dict(tiny_bytes)
    for _ in range(data.draw(st.integers(1, 4))):
        file = data.draw(st.sampled_from(sorted(files)))
        start = data.draw(st.integers(0, len(files[file])))
        stop = data.draw(st.integers(start, min(start + 30, len(files[file]))))
        files[file] = files[file][:start] + data.draw(SCRAP) + files[file][stop:]
    check_places(problems_of(files))


def check_places(problems):
    assert problems == sorted(problems)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column
        assert problem.rule in RULES.names()
        assert str(problem).isprintable()
        assert len(str(problem)) < 600


@FAST
@given(st.data())
def test_random_valid_tables_have_no_problems(tiny_bytes, data):
    check = problems_of(valid_tables(data.draw))
    assert [str(problem) for problem in check] == []


def valid_tables(draw):
    schema = load_schema()
    word = st.text(st.sampled_from("abcXYZ éñ安ំ0189.,\"'()"), max_size=8).map(str.strip)
    kinds = draw(st.lists(st.sampled_from(sorted(schema.entity_types)), min_size=1, max_size=8))
    country = st.lists(st.sampled_from(sorted(load_countries())), max_size=3, unique=True).map(";".join)
    places = [draw(st.floats(-90, 90, allow_nan=False)) if draw(st.booleans()) else "" for _ in kinds]
    entities = [
        [
            f"n{i}",
            kind,
            "N" + draw(word),
            "",
            draw(country),
            "",
            place,
            place,
            "city",
            f"x:{i}",
            f"About {draw(word)}".strip(),
        ]
        for i, (kind, place) in enumerate(zip(kinds, places, strict=True))
    ]
    triples = {}
    for name, kind in schema.relation_types.items():
        for i, source in enumerate(kinds):
            for j, target in enumerate(kinds):
                if i != j and source in kind.source and target in kind.target and draw(st.integers(0, 9)) == 0:
                    triples[(min(i, j), max(i, j), name)] = (f"n{i}", f"n{j}", name)
    date = st.dates().map(lambda day: day.isoformat()[: draw(st.sampled_from([4, 7, 10]))])
    relations = [
        [f"r{i}", *triple, draw(date), "", "", draw(word).lstrip("-=+@")] for i, triple in enumerate(triples.values())
    ]
    evidence = [
        [f"e{i}", f"r{i}", "d1", "supports", draw(st.sampled_from(sorted(schema.statuses))), "2", "", ""]
        for i in range(len(relations))
    ]
    documents = [["d1", "T" + draw(word), "P", "press", "https://example.org", "", draw(date), "", "en", "B", ""]]
    rows = {
        "entities": entities,
        "relations": relations,
        "evidence": evidence,
        "documents": documents,
        "events": [],
        "corrections": [],
    }
    return {f"{table}.csv": as_csv(schema.columns(table), rows[table]) for table in TABLES}


def as_csv(header, rows):
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()


@pytest.mark.parametrize("seed", range(5))
def test_shuffled_rows_have_the_same_problems(tiny_bytes, seed):
    files = dict(tiny_bytes)
    for name in FOLDERS:
        for file in files:
            path = CASES[name] / file
            if path.exists() and name.split(".")[0] in SHUFFLED:
                head, *rows = path.read_bytes().splitlines()
                files[file] += b"\n".join(row for row in rows if row not in tiny_bytes[file]) + b"\n"
    files = {file: b"\n".join(line for line in text.splitlines() if line) + b"\n" for file, text in files.items()}
    shuffled = {}
    for file, text in files.items():
        head, *rows = text.splitlines()
        order = np.random.Generator(np.random.PCG64(seed)).permutation(len(rows))
        shuffled[file] = b"\n".join([head, *(rows[i] for i in order)]) + b"\n"
    one, two = problems_of(files), problems_of(shuffled)
    assert len({problem.rule for problem in one}) > 15
    assert sorted(map(unplaced, one)) == sorted(map(unplaced, two))


SHUFFLED = {
    "coordinates", "country", "date", "date-order", "date-precision", "end-type", "enum", "formula", "id-case",
    "identifier", "integer", "list", "no-evidence", "number", "pattern", "range", "required", "self-relation",
    "surrounding-space", "unknown-id", "url", "victim",
}  # fmt: skip


def unplaced(problem):
    return (problem.file, problem.column, problem.rule, re.sub(r"line \d+", "line", problem.message))


def test_package_is_written_as_it_is_read(tmp_path):
    text = package_text("Tiny Data!", {"title": "Té", "netscam": {"as_of": "2026"}, "resources": [1]}, TABLES)
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    package, problems = read_package(tmp_path)
    assert problems == []
    assert package["name"] == "tiny-data"
    assert package["title"] == "Té"
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    assert package_text(package["name"], package, TABLES) == text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nul",
        b"\xff\xfe{}",
        b'{"a": NaN}',
        b'{"a": 1' + b"0" * 5000 + b"}",
        b"[" * 100_000,
        b'{"title": "\\ud800"}',
        b'"text"',
        b"{}{}",
    ],
)
def test_damaged_packages_are_one_problem(tmp_path, content):
    (tmp_path / "datapackage.json").write_bytes(content)
    package, problems = read_package(tmp_path)
    assert package == {}
    assert [(problem.column, problem.rule, problem.level) for problem in problems] == [
        ("(file)", "package-json", "error")
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
)


@FAST
@given(st.dictionaries(st.sampled_from(["name", "path", "schema", "x"]), JSON), JSON, JSON)
def test_any_package_gives_located_problems(tmp_path, resource, name, fields):
    import json

    resources = [resource, {"name": name, "path": "events.csv", "schema": {"fields": fields}}, name]
    text = json.dumps({"name": name, "resources": resources})
    (tmp_path / "datapackage.json").write_text(text, encoding="utf-8")
    check_places(read_package(tmp_path)[1])


@pytest.mark.parametrize(
    "path",
    ["../a.csv", "/etc/passwd", "a/../../b", "https://x.org/a.csv", "C:\\a.csv", "a\\b", "./a", "a//b", "", "a\0b", 7],
)
def test_paths_that_lead_out_of_the_folder(tiny, path):
    package, _ = read_package(tiny)
    package["resources"].append({"name": "more", "path": path})
    import json

    (tiny / "datapackage.json").write_text(json.dumps(package))
    assert {problem.rule for problem in read_package(tiny)[1]} <= {"package-path", "package-resources"}
    assert len(read_package(tiny)[1]) == 1


def test_copy_of_a_broken_dataset_is_judged_alike(tmp_path):
    folder = shutil.copytree(BROKEN / "enum", tmp_path / "elsewhere")
    assert check_dataset(folder)[1] == check_dataset(BROKEN / "enum")[1]


@pytest.mark.parametrize("large", [1, 10_000])
def test_columns_coded_together_give_the_same_problems(tiny_bytes, monkeypatch, large):
    monkeypatch.setattr("netscam.data.rules.tables.LARGE", large)
    rng = np.random.Generator(np.random.PCG64(3))
    for _ in range(8):
        files = dict(tiny_bytes)
        for file in ("entities.csv", "relations.csv", "evidence.csv"):
            head, *rows = files[file].decode().splitlines()
            rows = [rows[k] for k in rng.integers(0, len(rows), 12)]
            cells = [row.split(",", 3) for row in rows]
            for k, word in enumerate(["", "gone", " P1", "p1"]):
                cells[int(rng.integers(len(cells)))][k % 3] = word
            files[file] = "\n".join([head, *map(",".join, cells), ""]).encode()
        together = problems_of(files)
        with monkeypatch.context() as alone:
            alone.setattr("netscam.data.rules.tables.Tables._code_keys", lambda *_: None)
            assert problems_of(files) == together
        assert together


def test_a_part_of_a_longer_table_is_checked_alone(monkeypatch):
    monkeypatch.setattr("netscam.data.rules.tables.LARGE", 2)
    frame = pd.DataFrame({"row": pd.Series(["\ta", "\tb", "cc", "d\t"], dtype="str")})
    found = find_problems({"corrections": RawTable("corrections.csv", frame.iloc[1:])})
    assert [p.line for p in found if p.rule == "control-character"] == [2, 4]
