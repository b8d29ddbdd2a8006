"""The map: coordinates only where known, and symbols that do not cover each other."""

from __future__ import annotations

import itertools
import json
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from netscam.data.dataset import Dataset, build_dataset, read_dataset
from netscam.graph.build import to_igraph
from netscam.output.figures.borders import borders, country_borders, towns
from netscam.output.figures.compounds import CROWDED, fan_out, find_crowds, locate_compounds
from netscam.output.figures.map_words import map_caption
from netscam.output.figures.sides import border_distance, fan_home, name_sides, signed_distance
from netscam.output.figures.states import compound_states, ties_abroad
from netscam.schema import TABLES, load_schema

SCHEMA = load_schema()


def place(key: str, kind: str, at: tuple[float, float] | None = None, precision: str = "") -> dict[str, str]:
    point = {"latitude": str(at[0]), "longitude": str(at[1])} if at else {}
    return {"id": key, "type": kind, "name": key.title(), "coordinate_precision": precision, **point}


@pytest.fixture(scope="module")
def located() -> pd.DataFrame:
    entities = [
        place("exact", "compound", (10.5, 103.5), "exact"),
        place("rough", "compound", (10.6, 103.6), "area"),
        place("in_town", "compound"),
        place("in_exact", "compound"),
        place("in_both", "compound"),
        place("in_village", "compound"),
        place("in_country", "compound"),
        place("nowhere", "compound"),
        place("loop", "compound"),
        place("town", "place", (11.0, 104.0), "city"),
        place("province", "place", (12.0, 105.0), "province"),
        place("village", "place", None, "village"),
        place("country", "place", (13.0, 105.0), "country"),
    ]
    inside = [
        ("in_town", "town"),
        ("in_exact", "exact"),
        ("in_both", "province"),
        ("in_both", "town"),
        ("in_village", "village"),
        ("village", "town"),
        ("in_country", "country"),
        ("loop", "loop2"),
        ("loop2", "loop"),
    ]
    relations = [{"id": f"r{n}", "source": s, "target": t, "relation": "located_in"} for n, (s, t) in enumerate(inside)]
    rows: dict[str, list[dict[str, str]]] = {"entities": [*entities, place("loop2", "place")], "relations": relations}
    frames = {
        name: pd.DataFrame(rows.get(name, []), columns=SCHEMA.columns(name), dtype=object).fillna("").astype(str)
        for name in TABLES
    }
    data: Dataset = build_dataset("places", frames, {})
    ties = pd.DataFrame({"id": ["exact"], "ties": [4]})
    return locate_compounds(data, ties).set_index("id")


@pytest.mark.parametrize(
    ("key", "basis", "stands_in", "latitude"),
    [
        ("exact", "exact", "", 10.5),
        ("rough", "approximate", "", 10.6),
        ("in_town", "place", "town", 11.0),
        ("in_exact", "place", "exact", 10.5),
        ("in_both", "place", "town", 11.0),
        ("in_village", "place", "town", 11.0),
        ("in_country", "unknown", "", None),
        ("nowhere", "unknown", "", None),
        ("loop", "unknown", "", None),
    ],
)
def test_a_compound_stands_where_the_record_says(located, key, basis, stands_in, latitude) -> None:
    row = located.loc[key]
    assert (row["basis"], row["place"]) == (basis, stands_in)
    if latitude is None:
        assert np.isnan(row["latitude"])
    else:
        assert row["latitude"] == latitude


def test_ties_and_names_are_carried(located) -> None:
    assert located.loc["exact", "ties"] == 4
    assert located.loc["rough", "ties"] == 0
    assert located.loc["in_town", "place_name"] == "Town"


def test_no_coordinate_is_made_up_for_mekong() -> None:
    data = read_dataset("mekong")
    graph = to_igraph(data)
    ties = pd.DataFrame({"id": graph.vs["name"], "ties": graph.degree()})
    table = locate_compounds(data, ties)
    known = data.entities.set_index("id")[["latitude", "longitude", "coordinate_precision"]]
    assert len(table) == (data.entities["type"] == "compound").sum()
    for row in table.to_dict("records"):
        if row["basis"] == "unknown":
            continue
        source = known.loc[row["place"] or row["id"]]
        assert (row["latitude"], row["longitude"]) == (source["latitude"], source["longitude"])
        assert (row["basis"] == "exact") == (not row["place"] and source["coordinate_precision"] in ("exact", "street"))


@pytest.mark.parametrize("size", [2, 3, 6, 17, 40])
@pytest.mark.parametrize("listed", [True, False])
def test_symbols_on_one_spot_are_parted(size, listed) -> None:
    spots = np.tile([[103.5, 10.5]], (size, 1))
    radii = np.linspace(1.7, 4.2, size)
    offsets = fan_out(spots, radii, listed=listed)
    for one, other in itertools.combinations(range(size), 2):
        assert np.hypot(*(offsets[one] - offsets[other])) >= 2 * 3.0 if size < 3 else True
        assert np.hypot(*(offsets[one] - offsets[other])) > radii[one] + radii[other] - 3.0
    assert np.array_equal(offsets, fan_out(spots, radii, listed=listed))


def test_a_symbol_alone_on_its_spot_stays_there() -> None:
    spots = np.array([[103.5, 10.5], [104.5, 11.5], [104.5, 11.5]])
    offsets = fan_out(spots, np.full(3, 2.0), listed=False)
    assert (offsets[0] == 0).all()
    assert (offsets[1:] != 0).any()


def test_crowds_hang_together_and_are_large_enough() -> None:
    chain = np.column_stack([np.arange(6) * 0.3, np.zeros(6)])
    apart = np.array([[50.0, 0.0], [60.0, 0.0]])
    assert find_crowds(np.concatenate([apart, chain])) == [[2, 3, 4, 5, 6, 7]]
    assert find_crowds(chain[: CROWDED - 1]) == []
    assert find_crowds(np.zeros((0, 2))) == []


def test_the_map_data_is_small_and_names_its_source() -> None:
    folder = files("netscam.output") / "mapdata"
    text = (folder / "mekong.geojson").read_text(encoding="utf-8")
    assert len(text) < 120_000
    kinds = {feature["properties"]["kind"] for feature in json.loads(text)["features"]}
    assert kinds == {"land", "border", "town"}
    assert "public domain" in (folder / "README.md").read_text(encoding="utf-8")
    assert {name for name, _, _ in towns(1)} >= {"Phnom Penh", "Bangkok", "Vientiane", "Hanoi", "Yangon"}


def test_the_sign_of_a_distance_tells_the_side_also_at_a_corner() -> None:
    spike = np.array([[0.0, 0.0], [1.0, 10.0], [2.0, 0.0]])
    points = np.array([[1.0, 5.0], [1.0, 12.0], [-3.0, 5.0], [1.2, 11.0]])
    told = signed_distance([spike], points)
    assert np.sign(told).tolist() == [-1, 1, 1, 1]
    assert told[1] == pytest.approx(2.0)
    # The same corner where one line ends and the next begins, and walked the other way.
    assert np.array_equal(signed_distance([spike[1:], spike[:2]], points), told)
    assert np.allclose(signed_distance([spike[::-1]], points), -told)
    assert np.isinf(signed_distance([], points)).all()


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("MM", (98.2, 16.7), (98.9, 16.7)),
        ("TH", (98.9, 16.7), (98.2, 16.7)),
        ("TH", (98.8, 16.55), (98.86, 16.40)),
        ("KH", (102.8, 13.6), (102.3, 13.7)),
        ("LA", (102.6, 18.2), (102.7, 17.6)),
        ("VN", (106.7, 11.3), (105.8, 11.1)),
    ],
)
def test_border_lines_know_their_sides(code, inside, outside) -> None:
    near = border_distance(np.array([inside, outside]), [code, code])
    assert near[0] > 0 > near[1]


def test_a_side_is_told_only_near_a_border_of_one_known_country() -> None:
    spots = np.array([[103.53, 10.61], [98.5, 16.7], [98.5, 16.7], [np.nan, np.nan]])
    assert np.isnan(border_distance(spots, ["KH", "MM;TH", "", "MM"])).all()


def test_every_compound_lies_in_its_stated_country_or_the_caption_names_it() -> None:
    data = read_dataset("mekong")
    table = locate_compounds(data, pd.DataFrame({"id": [], "ties": []}))
    spots = table[["longitude", "latitude"]].to_numpy(dtype=float)
    table["border_km"] = border_distance(spots, table["countries"].tolist()).round(1)
    table = table.merge(compound_states(data), on="id", validate="1:1")
    known = table[table["basis"].ne("unknown")].reset_index(drop=True)
    caption = map_caption(table, [], known, ties_abroad(data, to_igraph(data)))
    wrong = known[known["border_km"].lt(0)]
    assert (wrong["border_km"] > -4.0).all()
    for row in wrong.to_dict("records"):
        name = row["place_name"] or row["name"]
        assert f"{name} ({-row['border_km']:.1f} km, stated: {row['countries']})" in caption
    right = known[known["border_km"].ge(0) & known["basis"].eq("exact")]
    assert not any(f"{name} (" in caption for name in right["name"])


@pytest.mark.parametrize(
    ("spot", "code"),
    [
        ((98.50893, 16.68911), "MM"),
        ((103.69571, 14.42479), "KH"),
        ((106.13557, 11.06317), "KH"),
        ((100.41278, 20.2775), "LA"),
    ],
)
@pytest.mark.parametrize("listed", [True, False])
def test_symbols_are_parted_to_the_side_of_their_own_country(spot, code, listed) -> None:
    axes = Figure(figsize=(4, 4)).add_axes((0, 0, 1, 1))
    span = 0.3 if listed else 5.0
    axes.set_xlim(spot[0] - span, spot[0] + span)
    axes.set_ylim(spot[1] - span, spot[1] + span)
    spots, radii = np.tile([spot], (6, 1)), np.full(6, 2.4)
    offsets = fan_home(axes, spots, radii, [code] * 6, listed=listed)
    pixels = axes.transData.transform(spots) + offsets * axes.figure.dpi / 72
    lines = [axes.transData.transform(line) for line in country_borders(code)]
    assert (signed_distance(lines, pixels) * 72 / axes.figure.dpi > radii).all()
    gaps = [np.hypot(*(offsets[a] - offsets[b])) for a, b in itertools.combinations(range(6), 2)]
    assert min(gaps) > 4.0


def test_countries_are_named_on_their_own_side_of_the_border() -> None:
    axes = Figure(figsize=(4, 3)).add_axes((0, 0, 1, 1))
    axes.set_xlim(98.2, 99.1)
    axes.set_ylim(16.3, 17.0)
    assert len(name_sides(axes, np.array([[98.5, 16.7]])))
    told = {text.get_text(): text.get_position() for text in axes.texts}
    assert set(told) == {"MYANMAR", "THAILAND"}
    assert (border_distance(np.array([told["MYANMAR"], told["THAILAND"]]), ["MM", "TH"]) > 3).all()
    axes.set_xlim(103.3, 103.8)
    axes.set_ylim(10.4, 10.8)
    assert len(name_sides(axes, np.zeros((0, 2)))) == 0


def test_every_border_has_a_country_of_the_map_on_a_side() -> None:
    five = {"Cambodia", "Laos", "Myanmar", "Thailand", "Vietnam"}
    assert {name for left, right, _ in borders() for name in (left, right)} == five | {"China"}
