"""Communities that keep their number: known life cycles, and no help from labels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netscam.analysis.temporal.matching import track_communities
from netscam.errors import GraphError


def step(*groups: str) -> dict[str, int]:
    """One partition; each word is a community, each letter a member."""
    return {member: number for number, group in enumerate(groups) for member in group}


def told(*steps: dict[str, int], **options: float) -> list[tuple[int, str, int, int, str]]:
    return list(track_communities(steps, **options).events.itertuples(index=False, name=None))


def numbers(*steps: dict[str, int], **options: float) -> list[dict[int, str]]:
    """Members of each number at each step."""
    found = []
    for tracked in track_communities(steps, **options).numbers:
        groups: dict[int, str] = {}
        for member, number in sorted(tracked.items()):
            groups[number] = groups.get(number, "") + member
        found.append(groups)
    return found


def test_numbers_are_kept_while_members_come_and_go() -> None:
    assert numbers(step("abcd", "xyz"), step("xyzw", "bcde"), step("cdef", "yzwv")) == [
        {1: "abcd", 2: "xyz"},
        {1: "bcde", 2: "wxyz"},
        {1: "cdef", 2: "vwyz"},
    ]
    assert told(step("abcd", "xyz"), step("xyzw", "bcde")) == []


def test_birth_death_and_return() -> None:
    events = told(step("abc"), step("abc", "xy"), step("xy"), step("xy", "abd"))
    assert events == [(1, "birth", 2, 2, ""), (2, "death", 1, 3, ""), (3, "return", 1, 3, "")]


def test_merge_and_split() -> None:
    whole = [step("abcde", "xyz"), step("abcdexyz"), step("abcde", "xyz")]
    assert told(*whole) == [
        (1, "death", 2, 3, ""),
        (1, "merge", 1, 8, "1;2"),
        (2, "return", 2, 3, ""),
        (2, "split", 1, 8, "1;2"),
    ]
    assert numbers(*whole)[2] == {1: "abcde", 2: "xyz"}


def test_the_larger_overlap_wins_and_the_sum_counts() -> None:
    # greedy would give the number of "abcd" to "abc"; together both keep theirs
    assert numbers(step("abcdef", "gh"), step("abc", "defgh"), threshold=0.1) == [
        {1: "abcdef", 2: "gh"},
        {1: "abc", 2: "defgh"},
    ]


def test_small_groups_and_small_overlaps() -> None:
    assert numbers(step("ab", "c")) == [{1: "ab"}]
    assert numbers(step("ab", "c"), least=1) == [{1: "ab", 2: "c"}]
    assert numbers(step("abcdefgh"), step("aw"), threshold=0.3)[1] == {2: "aw"}
    assert numbers(step(), step("ab"), step()) == [{}, {1: "ab"}, {}]
    for options in ({"threshold": 0.0}, {"threshold": 1.1}, {"least": 0}):
        with pytest.raises(GraphError):
            track_communities([step("ab")], **options)


partitions = st.lists(
    st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 3), max_size=10), min_size=1, max_size=4
)


@settings(max_examples=60)
@given(partitions, st.randoms(use_true_random=False))
def test_neither_labels_nor_order_matter(steps: list[dict[str, int]], random) -> None:
    turned = []
    for partition in steps:
        names = random.sample(range(100), 4)
        members = list(partition)
        random.shuffle(members)
        turned.append({member: f"label {names[partition[member]]}" for member in members})
    one, other = track_communities(steps), track_communities(turned)
    assert [dict(n) for n in one.numbers] == [dict(n) for n in other.numbers]
    assert one.events.equals(other.events)


@settings(max_examples=60)
@given(partitions)
def test_numbers_name_the_groups(steps: list[dict[str, int]]) -> None:
    seen: set[int] = set()
    for partition, found in zip(steps, track_communities(steps).numbers, strict=True):
        for member, number in found.items():
            mates = {m for m in partition if partition[m] == partition[member]}
            assert {m for m in found if found[m] == number} == mates
        seen |= set(found.values())
    assert seen == set(range(1, len(seen) + 1))  # no number is skipped


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 3), max_size=10))
def test_nothing_happens_while_nothing_changes(partition: dict[str, int]) -> None:
    tracked = track_communities([partition, partition, partition])
    assert tracked.events.empty
    assert tracked.numbers[0] == tracked.numbers[2]
