"""The supply-chain model: what there is, and what can be said of it.

This file is the one place where a type, a link or a property is declared. SUPPLIES points downstream, toward the end
customer; GOES_INTO points from the part to the whole. A product needs *all* its essential inputs (AND); any one maker,
any one supplier or any one TYPE_OF child is enough (OR).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkit.provenance import BOOKKEEPING, EVIDENCE, JOURNAL
from graphkit.schema import LinkType, NodeType, Property, Schema
from graphkit.values import (
    COUNTRY,
    CURRENCY,
    FLAG,
    IDENTIFIER,
    NUMBER,
    PERIOD,
    SHARE,
    TEXT,
    TEXTS,
    TICKERS,
    choice,
)

if TYPE_CHECKING:
    from graphkit.schema import Flow

__all__ = ["MODEL", "UNITS"]

COMPANY_KIND = choice(
    "company kind",
    "listed private unit institution undisclosed",
    "listed, private, unit (a division or subsidiary), institution (state body, university, research house), "
    "undisclosed (a party that a source describes without naming it)",
)
LEVEL = choice(
    "level",
    "material component module subsystem system service software",
    "how far up the chain it stands, from material to system, service and software",
)
SUPPLY_ROLE = choice(
    "supply role",
    "supplier designer foundry integrator lessor",
    "what the supplier does for the customer; to be somebody's designer or foundry is to supply them",
)
MAKER_ROLE = choice(
    "maker role",
    "designer manufacturer foundry brand integrator lessor",
    "what the company does for the product",
)
MAKER_STATUS = choice(
    "maker status",
    "in_production sampling developing announced shown discontinued",
    "how far the product has come at this maker",
)
METRIC = choice(
    "metric",
    "price price_change market_cap rating eps pe revenue revenue_growth net_profit net_profit_growth gross_margin "
    "revenue_share market_size market_growth cagr market_share penetration shipments orders capex capex_growth funding "
    "valuation arr rental_price unit_price bom_cost power voltage efficiency compute bandwidth memory process_node "
    "capacity yield die_count layers length weight speed latency tokens parameters context_window users visits "
    "headcount benchmark launch_date count cost saving distance resolution brightness field_of_view refresh_rate "
    "battery chips visits_growth visit_duration visit_duration_growth rank transistors relative_performance "
    "performance_density total_processing_performance screen_size net_inflow inflow outflow cores threads "
    "shipments_growth revenue_share_change tokens_growth total_funding cash_flow lifetime energy_density power_density "
    "thickness pixel_density memory_frequency "
    "application feature positioning outlook trend advantage drawback export_status event driver first customers "
    "net_inflow_rate inflow_streak camera strategy memory_channels machines_per_1000p pcie_version pcie_lanes "
    "housing_material requirement flexibility demand market_stage minority_stake share_sale safety height "
    "maturity timeline_year rd_expense package core_type parallelism license modalities attention_window "
    "technology charge_speed high_temp_performance low_temp_performance internal_resistance maintenance "
    "self_discharge temperature duration users_growth arr_growth "
    "other",
    "what is measured; what the words leave open stands in `aspect`",
)

UNITS = frozenset(
    "1 x units pieces % people score shares parameters tokens tokens/s pixels ppi "
    "CNY USD TWD EUR A V W MW Hz MHz GHz °C mAh kWh "
    "TFLOPS TOPS DMIPS TFLOPS/W W/TFLOPS W/TB W/(TB/s) images/s inferences/s GPU·h "
    "MB GB GB/s Gbps Gbps/mm nm μs ms s min h days weeks months years visits "
    "mm mm² m m² inch ° nit g U wafers wafers/month".split()
)
"""The units that numbers are given in; `graphkit check` points out any other."""

NAMES = (
    Property("id", IDENTIFIER, IDENTIFIER.meaning, required=True),
    Property("name_zh", TEXT, "its usual Chinese name"),
    Property("name_en", TEXT, "its usual English name"),
    Property("aliases", TEXTS, "every other spelling, misread ones included"),
)
ADDED = Property("added", TEXTS, "names of the properties whose values come from general knowledge, not from a source")
LOAD = Property("load", IDENTIFIER, "the load that brought it, or changed it last")
NODE_BOOKKEEPING = (
    Property("name", TEXT, "the name to show: Chinese, else English, else the id"),
    LOAD,
    Property("stub", FLAG, "whether it was made because a claim named it, and nothing else is known of it"),
)

MONEY = (
    Property("amount", NUMBER, "money in its own currency, in units of one"),
    Property("currency", CURRENCY, "the currency of the amount"),
    Property("amount_cny", NUMBER, "the same in yuan, as the source converts it"),
)
QUANTITY = (
    Property("quantity", NUMBER, "how many or how much"),
    Property("unit", TEXT, "the unit of the number; nothing for pieces"),
)
PRODUCT = Property("product", IDENTIFIER, "the product it is about", reference="Product", identifies=True)


def _claim(name: str, ends: str, meaning: str, *own: Property, flow: Flow = 0, is_mutual: bool = False) -> LinkType:
    subjects, objects = (tuple(side.split("|")) for side in ends.replace(" ", "").split("->"))
    link = LinkType(name, meaning, subjects, objects, own, flow=flow, is_mutual=is_mutual)
    return replace(link, evidence=EVIDENCE, bookkeeping=BOOKKEEPING)


MODEL = Schema(
    node_types=(
        NodeType(
            "Company",
            "a firm, a part of one, an institution, or an undisclosed party",
            (
                *NAMES,
                Property("tickers", TICKERS, TICKERS.meaning),
                Property("country", COUNTRY, "where its head office is"),
                Property("kind", COMPANY_KIND, COMPANY_KIND.meaning),
                ADDED,
            ),
            NODE_BOOKKEEPING,
        ),
        NodeType(
            "Product",
            "whatever is made, bought or goes into something: a kind of product, or a named model of it",
            (*NAMES, Property("level", LEVEL, LEVEL.meaning), ADDED),
            NODE_BOOKKEEPING,
        ),
        NodeType(
            "Segment",
            "a part of the industry, as analysts cut it",
            (*NAMES, Property("parent", IDENTIFIER, "the segment it is part of", reference="Segment")),
            NODE_BOOKKEEPING,
        ),
        NodeType(
            "Source",
            "a document that states claims",
            (
                NAMES[0],
                Property("title", TEXT, "its title", required=True),
                Property("publisher", TEXT, "who published it"),
                Property("published", EVIDENCE[0].kind, "when it was published"),
            ),
            NODE_BOOKKEEPING,
        ),
    ),
    link_types=(
        _claim(
            "SUPPLIES",
            "Company -> Company",
            "sells to, or works for; points downstream",
            PRODUCT,
            Property("role", SUPPLY_ROLE, SUPPLY_ROLE.meaning, identifies=True),
            Property("share", SHARE, "part of the buyer's need that it covers"),
            Property("revenue_share", SHARE, "part of the seller's revenue that it brings"),
            *MONEY,
            *QUANTITY,
            flow=1,
        ),
        _claim(
            "MAKES",
            "Company -> Product",
            "designs, manufactures, brands or offers",
            Property("role", MAKER_ROLE, MAKER_ROLE.meaning, identifies=True),
            Property("share", SHARE, "part of the market for the product"),
            Property("status", MAKER_STATUS, MAKER_STATUS.meaning),
            flow=1,
        ),
        _claim(
            "USES",
            "Company | Product -> Product",
            "needs or has adopted, without having it as a part",
            Property("role", TEXT, "what for", identifies=True),
            *QUANTITY,
            flow=-1,
        ),
        _claim(
            "GOES_INTO",
            "Product -> Product",
            "is a part of; all essential parts are needed",
            *QUANTITY,
            Property("essential", FLAG, "whether the whole cannot be made without it; unknown counts as essential"),
            Property("alternative_group", TEXT, "parts with the same word here can replace each other"),
            flow=1,
        ),
        _claim(
            "TYPE_OF", "Product -> Product", "is a kind of; any kind will do where the general one is needed", flow=1
        ),
        _claim("SUCCEEDS", "Product -> Product", "is the next generation of"),
        _claim("OWNS", "Company -> Company", "holds", Property("stake", SHARE, "part of the object that is held")),
        _claim(
            "INVESTS_IN",
            "Company -> Company | Product | Segment",
            "puts money into",
            *MONEY,
            Property("round", TEXT, "the financing round", identifies=True),
            Property("status", TEXT, "how far it has come"),
        ),
        _claim(
            "PARTNERS_WITH",
            "Company -> Company",
            "works together with, no matter who is named first",
            PRODUCT,
            Property("role", TEXT, "at what"),
            is_mutual=True,
        ),
        _claim(
            "COMPETES_WITH",
            "Company | Product -> Company | Product",
            "competes with, no matter who is named first",
            is_mutual=True,
        ),
        _claim(
            "IN_SEGMENT",
            "Company | Product -> Segment",
            "belongs to",
            Property("reason", TEXT, "why, or in which list", identifies=True),
        ),
        _claim(
            "REPORTS",
            "Source -> Company | Product | Segment",
            "gives a number or a rating",
            Property("metric", METRIC, METRIC.meaning, required=True, identifies=True),
            Property("aspect", TEXT, "what exactly is measured, where the metric leaves it open", identifies=True),
            Property("period", PERIOD, PERIOD.meaning, identifies=True),
            Property("value", NUMBER, "the number, in units of one"),
            Property("text", TEXT, "the figure or rating as written"),
            Property("unit", TEXT, "the unit of the number; 1 for parts of one"),
        ),
    ),
    journal=JOURNAL,
)
"""The model that graphkit ships with."""
