"""From any spelling to the node it means."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from graphkit import watching
from graphkit.errors import AmbiguousError, NotFoundError
from graphkit.names import Names, Spellings, fold

NAMES = Names(
    (
        Spellings("Company", "company:nvidia", ("英伟达", "NVIDIA"), ("NVDA", "辉达", "NVDA.O", "NVDA")),
        Spellings("Company", "company:victory-giant", ("胜宏科技", "Victory Giant"), ("300476.SZ", "300476")),
        Spellings("Company", "company:hon-hai", ("鸿海", "Hon Hai"), ("富士康", "2317.TW", "2317")),
        Spellings("Company", "company:fii", ("工业富联", "FII"), ("富士康工业互联网", "601138.SH", "601138")),
        Spellings("Company", "company:lenovo", ("联想集团", "Lenovo"), ("992.HK", "992")),
        Spellings("Company", "company:apple", ("苹果", "Apple Inc."), ("AAPL.O", "AAPL")),
        Spellings("Product", "product:cpo", ("CPO", "Co-packaged optics"), ()),
        Spellings("Segment", "segment:cpo", ("CPO",), ()),
        Spellings("Product", "product:pcb", ("PCB",), ("印制电路板",)),
    )
)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("company:nvidia", "company:nvidia"),
        ("英伟达", "company:nvidia"),
        ("nvidia", "company:nvidia"),
        ("ＮＶＩＤＩＡ", "company:nvidia"),
        ("NVDA", "company:nvidia"),
        ("nvda.o", "company:nvidia"),
        ("英偉達", "company:nvidia"),
        ("yingweida", "company:nvidia"),
        ("ywd", "company:nvidia"),
        ("300476", "company:victory-giant"),
        ("300476.SZ", "company:victory-giant"),
        ("shkj", "company:victory-giant"),
        ("victory-giant", "company:victory-giant"),
        ("勝宏科技", "company:victory-giant"),
        ("富士康", "company:hon-hai"),
        ("聯想集團", "company:lenovo"),
        ("联想", "company:lenovo"),
        ("Apple", "company:apple"),
        ("apple incorporated", "company:apple"),
    ],
)
def test_one_company_by_many_spellings(text: str, node: str) -> None:
    """Chinese, English, ticker, width, case, traditional characters, pinyin and initials lead to the company."""
    assert NAMES.resolve(text, ("Company",)) == node


def test_a_near_miss_is_answered_with_the_nearest() -> None:
    """A misspelt name is not guessed, but the nearest ones are offered."""
    with pytest.raises(NotFoundError) as refusal:
        NAMES.resolve("Nvidea", ("Company",))

    assert refusal.value.near[0] == "英伟达 (company:nvidia)"
    assert "did you mean" in str(refusal.value)


def test_a_name_of_two_nodes_is_answered_with_both() -> None:
    """A name that two nodes bear is not decided by chance."""
    with pytest.raises(AmbiguousError) as refusal:
        NAMES.resolve("CPO", ())

    assert refusal.value.candidates == ("product:cpo", "segment:cpo")


def test_a_type_before_the_name_decides() -> None:
    """`segment:CPO` looks among segments only."""
    assert NAMES.resolve("segment:CPO", ()) == "segment:cpo"
    assert NAMES.resolve("Product:cpo", ("Product", "Segment")) == "product:cpo"


@pytest.mark.parametrize("text", ["英伟达", "company:nvidia", "company:NVIDIA"])
def test_a_node_of_another_type_is_not_taken(text: str) -> None:
    """A name resolves only among the types that fit, and the message says what it is instead."""
    with pytest.raises(NotFoundError, match=r"did you mean the company 英伟达 \(company:nvidia\)"):
        NAMES.resolve(text, ("Product",))


def test_search_finds_parts_of_names() -> None:
    """Search goes on where an exact name ends."""
    assert [hit.id for hit in NAMES.search("富士康")][:2] == ["company:hon-hai", "company:fii"]


@given(st.text())
def test_any_text_resolves_or_is_refused_plainly(text: str) -> None:
    """No text, however odd, does anything but resolve or be refused."""
    try:
        found = NAMES.resolve(text, ())
    except (NotFoundError, AmbiguousError) as error:
        refusal = str(error)
    else:
        refusal = repr(text)
        assert found in NAMES
    assert repr(text) in refusal


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """The folded form is stable for any text."""
    assert fold(fold(text)) == fold(text)


WORDS = st.sampled_from(["acme", "acmes", "semiconductor", "semiconductors", "optic", "optics", "m3", "m4", "5nm", "x"])
MADE = st.lists(
    st.tuples(st.sampled_from(["Company", "Product"]), st.lists(WORDS, min_size=1).map(" ".join)), max_size=8
)


@given(MADE, MADE)
def test_a_new_name_is_told_beside_the_nearest(known: list[tuple[str, str]], new: list[tuple[str, str]]) -> None:
    """Of all names of its type with the same numbers the nearest is told, known ones before other new ones."""
    names = Names(Spellings(label, f"known:{place}", (name,)) for place, (label, name) in enumerate(known))
    made = {f"new:{place}": one for place, one in enumerate(new)}
    every = {f"known:{place}": one for place, one in enumerate(known)} | made

    def nearest(this: str) -> str | None:
        label, name = made[this]
        near = [
            (not other.startswith("known"), -int(score + 0.5), other)
            for other, (kind, spelled) in every.items()
            if other != this and kind == label and re.findall(r"\d+", name) == re.findall(r"\d+", spelled)
            if (score := fuzz.ratio(fold(name), fold(spelled))) >= 85
        ]
        return min(near)[2] if near else None

    found = names.alike(made)
    assert {this: found[this].id if this in found else None for this in made} == {this: nearest(this) for this in made}


def test_the_comparison_of_many_names_tells_how_far_it_is() -> None:
    """Whoever watches is told every thousand spellings, and how many there are in all."""
    told: list[tuple[str, int, int | None]] = []
    made = {f"new:{place}": ("Company", f"Acme {place} Semiconductor") for place in range(2_500)}
    with watching.watched(lambda what, done, total: told.append((what, done, total))):
        NAMES.alike({**made, "new:x": ("Company", "Nvidia Corp")})

    assert told == [("new names compared", done, 2_502) for done in (1_000, 2_000)]
