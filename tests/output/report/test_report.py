"""The report: the named carry standing and source, numbers are the commands' own, all formats hold the same text."""

from __future__ import annotations

import dataclasses
import html
import io
import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

import netscam
from netscam.cli import cli
from netscam.errors import OutputError
from netscam.output.report import write_report
from netscam.output.report.brief import make_brief
from netscam.output.report.chapters import CHAPTERS, PICTURED
from netscam.output.report.docx import report_docx
from netscam.output.report.facts import gather
from netscam.output.report.html import report_html
from netscam.output.report.markdown import report_markdown
from netscam.output.report.model import Cite, Grid, Picture, Who, lines_of, plain
from netscam.output.report.naming import NO_STANDING, STANDINGS, Namer
from netscam.output.report.pictures import draw, make_scene
from netscam.output.report.references import bibtex, csl_json
from netscam.schema import load_schema

# One worker computes the results once.
pytestmark = pytest.mark.xdist_group("report")


@pytest.fixture(scope="module")
def mekong():
    return netscam.read_dataset("mekong")


@pytest.fixture(scope="module")
def facts(mekong):
    return gather(mekong)


@pytest.fixture(scope="module")
def brief(facts):
    """Words and tables, and one figure."""
    words = make_brief(facts, None)
    pictures = draw(make_scene(facts.data, facts.study), facts.namer, ("pareto",))
    last = words.chapters[1]
    chapters = (words.chapters[0], dataclasses.replace(last, blocks=(*last.blocks, *pictures)), *words.chapters[2:])
    return dataclasses.replace(words, chapters=chapters)


def spans(brief):
    for chapter in brief.chapters:
        for block in chapter.blocks:
            for line in lines_of(block):
                yield from line


def test_standings_are_those_of_the_schema() -> None:
    schema = load_schema()
    assert set(STANDINGS) == set(schema.statuses)
    assert set(NO_STANDING) <= set(schema.entity_types)


def test_whoever_is_named_carries_standing_and_source(brief, mekong) -> None:
    kinds = ~mekong.entities["type"].isin(list(NO_STANDING))
    names = sorted(name for name in mekong.entities.loc[kinds, "name"] if len(name) >= 6)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    for span in spans(brief):
        if isinstance(span, Who):
            assert span.standing
            assert span.documents or span.standing in NO_STANDING.values()
        elif isinstance(span, str):
            assert not pattern.findall(span), span


def test_alternative_texts_carry_standing_and_source(brief) -> None:
    (picture,) = brief.pictures()
    named = [span for span in picture.alt if isinstance(span, Who)]
    assert named
    words = plain(picture.alt, brief.numbers())
    assert all(f"{who.name} ({who.standing} [" in words for who in named)
    assert words in html.unescape(report_html(brief).decode())


def test_whom_an_event_lists_under_another_name_stands_behind_it(brief, mekong) -> None:
    """The summary says "Prince Bank"; the entity has another name."""
    table = next(b for c in brief.chapters for b in c.blocks if isinstance(b, Grid) and "name no compound" in b.caption)
    told = [{span.id for cell in row for span in cell if isinstance(span, Who)} for row in table.rows]
    assert {"com_prince_bank"} in told
    assert {"mkt_tudou"} in told


def test_a_rank_outside_its_interval_is_explained(brief) -> None:
    text = " ".join(plain(line, brief.numbers()) for c in brief.chapters for b in c.blocks for line in lines_of(b))
    assert "If every recorded tie holds, Wan Kuok Koi" in text
    assert "A rank outside its own interval rests on doubtful ties" in text


def test_standing_rests_on_a_document_that_supports_a_claim_about_the_entity(mekong) -> None:
    namer = Namer(mekong)
    touched = mekong.relations.set_index("id")[["source", "target"]]
    rows = mekong.evidence[mekong.evidence["stance"].eq("supports")].join(touched, on="relation")
    pairs = set(zip(rows["source"], rows["document"], strict=True))
    pairs |= set(zip(rows["target"], rows["document"], strict=True))
    status = mekong.entities.set_index("id")["status"]
    with_status = set(zip(rows["source"], rows["document"], rows["status"], strict=True))
    with_status |= set(zip(rows["target"], rows["document"], rows["status"], strict=True))
    for entity in mekong.entities["id"]:
        for document in namer.who(entity).documents:
            if any((entity, document) == pair for pair in ((entity, d) for e, d in pairs if e == entity)):
                same = {d for e, d, s in with_status if e == entity and s == status[entity]}
                assert not same or document in same


def test_numbers_are_those_of_the_commands(brief) -> None:
    runner = CliRunner()

    def printed(*words: str):
        result = runner.invoke(cli, [*words, "--format", "json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    keys = printed("key-nodes", "mekong", "-k", "5")
    size = printed("summary", "mekong")
    text = "\n".join(plain(line, brief.numbers()) for c in brief.chapters for b in c.blocks for line in lines_of(b))
    summary = size["graph"]
    assert f"{keys['value']:,.0f} are left (proven optimal)" in text
    assert f"{summary['nodes']:,} nodes and {summary['edges']:,} ties" in text
    table = next(b for c in brief.chapters for b in c.blocks if isinstance(b, Grid) and "best set" in b.caption)
    assert [row[0][0].id for row in table.rows] == keys["nodes"]
    doubt = {row["id"]: row for row in printed("uncertainty", "mekong")["rows"]}
    for row in table.rows:
        place = doubt[row[0][0].id]
        told = [cell[0] for cell in row[1:4]]
        assert told == [
            f"{place['rank']:.0f}",
            f"{place['low']:.0f} to {place['high']:.0f}",
            f"{place['p_top']:.2f}",
        ]
    exodus = printed("exodus", "mekong")
    carried = {row["quantity"]: row["share"] for row in exodus["carried"]}
    assert f"loses {carried['connected_pairs']:.1%} of its connected pairs" in text
    robust = printed("robust-key-nodes", "mekong")
    sets = next(b for c in brief.chapters for b in c.blocks if isinstance(b, Grid) and b.caption == "Sets under doubt")
    assert [row[2][0] for row in sets.rows] == [f"{row['recorded']:,.0f}" for row in robust["sets"]]


def test_every_citation_has_a_source_and_every_source_is_cited(brief) -> None:
    marks = {d for span in spans(brief) if isinstance(span, (Who, Cite)) for d in span.documents}
    assert marks == {reference.document for reference in brief.references}
    assert [reference.number for reference in brief.references] == list(range(1, len(brief.references) + 1))


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids |= {value for name, value in attrs if name == "id"}


def test_html_needs_nothing_else_and_its_links_lead_somewhere(brief) -> None:
    page = Links(report_html(brief).decode())
    assert not [tag for tag, _ in page.tags if tag in ("script", "iframe", "object", "link")]
    for tag, attributes in page.tags:
        if tag == "a":
            target = str(attributes["href"])
            assert target.startswith(("http://", "https://")) or target.removeprefix("#") in page.ids
        if tag == "img":
            assert str(attributes["src"]).startswith("data:image/svg+xml;base64,")
            assert attributes["alt"]


def test_the_three_formats_hold_the_same_words(brief) -> None:
    import docx

    document = docx.Document(io.BytesIO(report_docx(brief)))
    written = {paragraph.text for paragraph in document.paragraphs}
    numbers = brief.numbers()
    markdown = " ".join(report_markdown(brief, "pictures").decode().replace("\\", "").replace("**", "").split())
    html = report_html(brief).decode()
    for chapter in brief.chapters:
        assert any(chapter.title in text for text in written)
        assert chapter.title.replace("'", "&#39;") in html
        for block in chapter.blocks:
            if isinstance(block, Grid):
                continue
            # A Word file keeps alternative texts beside its paragraphs.
            for line in [block.caption] if isinstance(block, Picture) else lines_of(block):
                text = plain(line, numbers)
                assert any(text in found for found in written)
                assert " ".join(text.replace("&", "&amp;").split())[:60] in markdown
    grids = [block for chapter in brief.chapters for block in chapter.blocks if isinstance(block, Grid)]
    assert len(document.tables) == len(grids)
    for table, grid in zip(document.tables, grids, strict=True):
        cells = [[cell.text for cell in row.cells] for row in table.rows]
        assert cells[0] == list(grid.header)
        assert cells[1:] == [[plain(cell, numbers) for cell in row] for row in grid.rows]


def test_bytes_repeat(brief) -> None:
    assert report_docx(brief) == report_docx(brief)
    with zipfile.ZipFile(io.BytesIO(report_docx(brief))) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {2000}


def test_sources_as_csl_and_bibtex(mekong) -> None:
    documents = list(mekong.documents["id"])
    entries = json.loads(csl_json(mekong, documents))
    assert [entry["id"] for entry in entries] == documents
    assert all(entry["title"] and entry["type"] for entry in entries)
    text = bibtex(mekong, documents)
    assert len(re.findall(r"^@\w+\{", text, re.MULTILINE)) == len(documents)
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


def test_chapters_have_the_figures_they_name() -> None:
    from netscam.output.figures import FIGURES

    assert {name for names in PICTURED.values() for name in names} <= set(FIGURES.names())
    assert len(CHAPTERS) >= 6


@pytest.mark.parametrize("ending", [".html", ".md", ".docx"])
def test_command_writes_a_report_of_another_dataset(ending, tmp_path) -> None:
    target = tmp_path / f"report{ending}"
    words = ["report", "example", "-o", str(target), "--no-figures", "--references", str(tmp_path / "r.bib")]
    result = CliRunner().invoke(cli, words)
    assert result.exit_code == 0, result.output
    assert target.stat().st_size > 1000
    assert (tmp_path / "r.bib").read_text(encoding="utf-8").startswith("@")


def test_unknown_endings_are_refused_and_nothing_is_written(tmp_path) -> None:
    data = netscam.read_dataset("example")
    with pytest.raises(OutputError, match=r"must end in \.html, \.docx, \.md"):
        write_report(data, tmp_path / "report.pdf")
    with pytest.raises(OutputError, match=r"must end in \.json, \.bib"):
        write_report(data, tmp_path / "report.md", references=tmp_path / "r.ris")
    assert list(tmp_path.iterdir()) == []


def test_pictures_go_beside_markdown(brief) -> None:
    pictures = [block for chapter in brief.chapters for block in chapter.blocks if isinstance(block, Picture)]
    assert [picture.name for picture in pictures] == ["pareto"]
    assert b"(pictures/pareto.png)" in report_markdown(brief, "pictures")
