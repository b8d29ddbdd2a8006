"""Reading names, aligning their words, scoring; blocking against every pair."""

from __future__ import annotations

import sys
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.data.resolve.align import align, sounds, spelling
from netscam.data.resolve.blocking import candidate_pairs
from netscam.data.resolve.names import Kind, NamesExtraError, read_name
from netscam.data.resolve.score import compare_names, features, load_weights
from netscam.data.resolve.words import load_words

WORDS = st.text(st.sampled_from("abcdehimnorstz"), min_size=1, max_size=7)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
KINDS = st.sampled_from(["person", "organization"])


@pytest.mark.parametrize(
    ("text", "tokens", "legal"),
    [
        ("OAO Gazprom", ("gazprom",), {"stock"}),
        ("Open Joint Stock Company Gazprom", ("gazprom",), {"stock"}),
        ("Volkswagen Bank G.m.b.H.", ("volkswagen", "bank"), {"limited"}),
        ("Alphaconnect Investments II PTE. LTD.", ("alphaconnect", "investment", "2"), {"limited"}),
        ("Brigade Forty-Four", ("brigade", "44"), set()),
        ("1st Int'l Bank", ("1", "international", "bank"), set()),
        ("The Procter & Gamble Company", ("procter", "gamble"), {"company"}),
        ("Общество с ограниченной ответственностью БАЙКАЛ", ("baykal",), {"limited"}),
        ("太子集团有限公司", ("tai", "zi", "group"), {"limited"}),
        ("A.B.C. Company", ("abc",), {"company"}),
        ("Limited", ("limited",), set()),
    ],
)
def test_organizations(text: str, tokens: tuple[str, ...], legal: set[str]) -> None:
    form = read_name(text, "organization")
    assert (form.tokens, set(form.legal)) == (tokens, legal)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("CHEN, Zhi", ("chen", "zhi")),
        ("陈志", ("chen", "zhi")),
        ("Neak Oknha Example Sok", ("neak", "example", "sok")),
        ("Dr. Usama ibn Laden", ("usama", "bin", "laden")),
        ("Nguyễn Văn Đức", ("nguyen", "van", "duc")),
        ("Mr.", ("mr",)),
    ],
)
def test_persons(text: str, tokens: tuple[str, ...]) -> None:
    assert read_name(text, "person").tokens == tokens


def test_an_empty_name_scores_nothing() -> None:
    assert compare_names("!?", "Example").likelihood == 0.0


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anyascii", None)
    with pytest.raises(NamesExtraError, match=r"pip install 'netscam\[names\]'"):
        read_name("Đức", "person")


def test_words_are_sane() -> None:
    words = load_words()
    assert not words.titles & set(words.particles)
    assert all(phrase[0] == first for first, forms in words.legal.items() for phrase, _ in forms)


@pytest.mark.parametrize(
    ("kind", "same", "different"),
    [
        ("person", ("Fridrich Buchenberg", "Friedrich Buchenberg"), ("Friedrich Lindenberg", "Friedrich Buchenberg")),
        ("person", ("CHEN, Zhi", "Chen Zhi"), ("Chen Zhi", "Chen Wei")),
        ("person", ("A. Khamenei", "Ali Khamenei"), ("A. Nazarbayev", "Nursultan Nazarbayev")),
        ("person", ("Ротенберг Аркадий", "Arkadii Rotenberg"), ("SALMAN BIN AHMAD", "AHMAD BIN SALMAN")),
        ("organization", ("Siemens Aktiengesellschaft", "Siemens AG"), ("BAE Systems, Inc.", "BAE Industries, Inc.")),
        ("organization", ("Good Will Company", "Goodwill Company"), ("The Puffin Trust", "The Puccini Trust")),
        ("organization", ("vanderbilt corp", "van der bilt corp"), ("Prince Bank PLC", "Royal Bank PLC")),
    ],
)
def test_the_same_beats_the_different(kind: Kind, same: tuple[str, str], different: tuple[str, str]) -> None:
    assert compare_names(*same, kind).likelihood > 0.5 > compare_names(*different, kind).likelihood or (
        compare_names(*same, kind).likelihood > compare_names(*different, kind).likelihood + 0.2
    )


def test_reasons_name_what_speaks_for_and_against() -> None:
    score = compare_names("Fjord Motor GmbH", "Ford Moter Trading AG")
    said = "; ".join(score.reasons)
    assert "ford and fjord are spelled 80% alike" in said
    assert "only one name has trading" in said
    assert "legal forms differ (limited, stock)" in said


@given(NAMES, NAMES, KINDS)
@settings(max_examples=200, deadline=None)
def test_scores_are_symmetric_and_do_not_mind_word_order(first: str, second: str, kind: Kind) -> None:
    forth, back = compare_names(first, second, kind), compare_names(second, first, kind)
    assert forth.likelihood == pytest.approx(back.likelihood, abs=1e-9)
    assert 0 <= forth.likelihood <= 1


@given(NAMES, NAMES)
@settings(max_examples=100, deadline=None)
def test_alignment_accounts_for_every_word_once(first: str, second: str) -> None:
    a, b = read_name(first, "organization"), read_name(second, "organization")
    found = align(a, b)
    left = sorted([*found.only_first, *(w for m in found.matches for w in m.first)])
    right = sorted([*found.only_second, *(w for m in found.matches for w in m.second)])
    assert (left, right) == (sorted(a.tokens), sorted(b.tokens))


@given(WORDS, WORDS)
def test_spelling_is_a_likeness(a: str, b: str) -> None:
    assert 0 <= spelling(a, b) <= 1
    assert spelling(a, a) == 1
    assert spelling(a, b) == pytest.approx(spelling(b, a))


def test_transcriptions_sound_alike() -> None:
    assert sounds("sechin") == sounds("setschin") or spelling("sechin", "setchin") > 0.8
    assert spelling("mohammed", "muhammad") > 0.7
    assert spelling("xi", "hsi") > spelling("xi", "ho")


def test_every_weight_has_its_feature_and_its_sign() -> None:
    a, b = read_name("One Two", "person"), read_name("One Three", "person")
    known = set(features(a, b, align(a, b)))
    for weights in load_weights().values():
        assert set(weights) <= known
        assert all(weights.get(name, 0) >= 0 for name in ("shared", "covered", "whole"))
        assert all(weights.get(name, 0) <= 0 for name in ("conflict", "clashes", "changed", "legal", "numbers"))


def test_blocking_finds_what_a_look_at_every_pair_finds() -> None:
    words = ["golden", "river", "harbour", "lotus", "dragon", "summit", "orchid", "cobalt", "meridian", "quartz"]
    rng = np.random.Generator(np.random.PCG64(0))
    names = [" ".join(rng.choice(words, 2, replace=False)) + f" {c}{d}x Ltd" for c in "abcdefgh" for d in "klmnopqr"]
    names += [name.replace("e", "ee", 1).replace("o", "u", 1) for name in names[::3]]
    forms = [read_name(name, "organization") for name in names]
    found = set(map(tuple, candidate_pairs(forms).pairs.tolist()))
    close = {(i, j) for i, j in combinations(range(len(names)), 2)
             if compare_names(names[i], names[j]).likelihood >= 0.85}  # fmt: skip
    assert close
    assert len(found & close) >= 0.97 * len(close)
    assert len(found) < len(names) * (len(names) - 1) / 8


def test_blocking_does_not_pair_names_of_one_owner_and_takes_small_lists() -> None:
    forms = [read_name(name, "organization") for name in ("Lotus Park", "Lotus Park Ltd", "Lotus Parc")]
    assert candidate_pairs(forms, np.array([0, 0, 1])).pairs.tolist() == [[0, 2], [1, 2]]
    assert candidate_pairs(forms[:1]).pairs.shape == (0, 2)
