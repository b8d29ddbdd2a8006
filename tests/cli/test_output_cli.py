"""Commands that write files: what they put in."""

from __future__ import annotations

from netscam.analysis.uncertainty import Uncertainty
from netscam.cli import output_commands
from netscam.data.dataset import read_dataset
from netscam.output.page import page_html


def test_the_page_of_a_small_record_has_intervals_of_ranks(monkeypatch) -> None:
    monkeypatch.setattr(output_commands, "DRAWS", 20)
    data = read_dataset("example")
    results = output_commands.page_results(data, 0)
    found = [result for result in results["ranking"] if isinstance(result, Uncertainty)]
    assert [one.measures for one in found] == [("betweenness", "degree", "pagerank", "harmonic")]
    html = page_html(data, **results)
    assert '"draws":20' in html
    assert '"p_top":[' in html
