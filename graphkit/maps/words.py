"""The words of the map in both languages, and which way goods flow along each type of link."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.model import MODEL

__all__ = ["CERTAINTIES", "FLOWS", "TIERS", "Flow", "Word", "tier_word"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the page shows in Chinese, in English, or both."""

    id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Flow:
    """How a type of link is drawn and walked.

    Attributes:
        word: Its name for readers.
        along: 1 where goods flow from subject to object, -1 where they flow back, 0 where none flow.
        tip: The arrow: a full triangle, an open one for kinds and generations, or none where the order says nothing.
    """

    word: Word
    along: int
    tip: str


FLOWS = {
    name: Flow(Word(name, zh, en), MODEL.links[name].flow, "none" if MODEL.links[name].is_mutual else tip)
    for name, zh, en, tip in (
        ("SUPPLIES", "供应", "supplies", "full"),
        ("MAKES", "生产", "makes", "full"),
        ("GOES_INTO", "用于", "goes into", "full"),
        ("USES", "使用", "uses", "full"),
        ("TYPE_OF", "属于一类", "is a kind of", "open"),
        ("SUCCEEDS", "接替", "succeeds", "open"),
        ("OWNS", "持股", "owns", "open"),
        ("INVESTS_IN", "投资", "invests in", "open"),
        ("PARTNERS_WITH", "合作", "partners with", "full"),
        ("COMPETES_WITH", "竞争", "competes with", "full"),
        ("IN_SEGMENT", "所属板块", "in segment", "open"),
    )
}
"""How each link type of the model is drawn; a type that is not here is drawn as a plain arrow without flow."""

CERTAINTIES = (
    Word("stated", "明确", "stated"),
    Word("planned", "计划", "planned"),
    Word("expected", "预计", "expected"),
    Word("estimate", "估算", "estimate"),
    Word("negotiating", "洽谈", "negotiating"),
    Word("inferred", "推断", "inferred"),
)
"""How sure a source is, the surest first."""

TIERS = (
    Word("material", "材料", "Materials"),
    Word("component", "元器件", "Components"),
    Word("module", "模块", "Modules"),
    Word("subsystem", "子系统", "Subsystems"),
    Word("system", "整机与系统", "Systems"),
    Word("service", "服务", "Services"),
    Word("software", "软件与模型", "Software"),
    Word("buyer", "采购方", "Buyers"),
    Word("investor", "投资方", "Investors"),
    Word("other", "其他", "Others"),
)
"""The columns of the map from left to right: the levels of products, then those who only buy, invest, or neither."""


def tier_word(tier: int) -> Word:
    """The heading of a column of companies alone, counted from the far end of the chain."""
    return Word(f"tier-{tier + 1}", f"第{tier + 1}层", f"Tier {tier + 1}")
