"""What an analysis marks on a map: how hard somebody is hit, and how far away the cause is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from map_worlds import SOURCE, company, link

from graphkit.maps import build

if TYPE_CHECKING:
    from browser.conftest import OpenMap


def test_marks_with_a_tier_have_the_colour_of_their_word_and_say_the_tier(open_map: OpenMap) -> None:
    """Lost at tier 1 and at risk at tier 2 stand in the legend in both languages, each in its own colour."""
    a, b, c = company("a", "甲"), company("b", "乙"), company("c", "丙")
    marks = {a.id: "lost", b.id: "lost_tier_1", c.id: "at_risk_tier_2"}
    doc = build(
        [a, b, c, SOURCE], [link("SUPPLIES", a, b), link("SUPPLIES", b, c)], title="图", as_of="", highlight=marks
    )

    opened = open_map(doc)

    legend = opened.text("#legend")
    colours = {
        node: opened.ask("gk.doc.byId.get(argument).mark && gk.theme.mark(gk.doc.byId.get(argument).mark)", node)
        for node in marks
    }
    assert "中断 第1层 lost, tier 1" in legend
    assert "受影响 第2层 at risk, tier 2" in legend
    assert colours[a.id] == colours[b.id] != colours[c.id]
