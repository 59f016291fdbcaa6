"""Words in headers and in names of tables, in English, Chinese and German, for what is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "DESCRIBED",
    "FROM",
    "LABELS",
    "METRICS",
    "OTHERS",
    "PARTIES",
    "RELATIONS",
    "ROLES",
    "TO",
    "TYPES",
    "UPWARDS",
]

ROLES: Mapping[str, str] = {
    "country": r"countr|nation|headquarter|\bhq\b|domicile|^(sitz|herkunfts)?land$|国家|国别|地区|所在地|注册地",
    "ticker": r"ticker|symbol|stock code|股票代码|证券代码",
    "parent": r"\bparent\b|\bbelongs to|上级|父级|所属",
    "accessed": r"\b(access|retriev|crawl|updat)\w*|更新|抓取",
    "id": (
        r"\b(ids?|identifier|key|uuid|lei|permid|cusip|isin|qid|cik|duns|gvkey|code)\b|编号|代码|编码"
        r"|(?<!phone )(?<!fax )\b(no|nr|num|number|nummer)$"
    ),
    "alias": (
        r"alias|\baka\b|also known|synonym|别名|简称|曾用名"
        r"|\b(other|alt|alternat\w+|former|previous|native|local|short) (\w+ )?(names?|labels?)"
    ),
    "revenue_share": (
        r"(share|%|percent|pct).*(revenue|sales)|(revenue|sales).*(share|%|percent|pct)"
        r"|营收占比|收入占比|占.*(收入|销售|营收)"
    ),
    "stake": r"stake|ownership|shareholding|持股|股权|股比",
    "share": r"share|percent|pct|%|proportion|fraction|\bsplit$|allocation|\banteil|占比|份额|比例|比重",
    "currency": r"currency|\b(cur|curr|ccy)\b|币种|货币",
    "amount": (
        r"amount|\bamt\b|spend|contract value|\bvalue|revenue|\bsales\b|\bcost|investment|market size"
        r"|\bbetrag|\bumsatz|金额|采购额|销售额|价值|规模"
    ),
    "quantity": (
        r"quantity|\bqty\b|volume|weight|\bmass\b|tonnage|capacity|units? (sold|shipped)|ton(ne)?s\b"
        r"|production\b|\boutput|\bmenge\b|数量|出货|产量|产能"
    ),
    "unit": r"^units?$|unit of|^uo ?m$|^einheit$|单位",
    "valid_to": r"(?<!year )\bend\b|until|\bto date|valid to|expir|结束|截止|终止",
    "valid_from": (
        r"\byear|\bdate|\bday\b|since|\bstart|period|valid from|as of|point in time|\bdatum\b|^stand$|\bjahr\b|\bseit\b"
        r"|年份|年度|日期|时间|开始|报告期|期间|^年$"
    ),
    "publisher": r"publisher|发布机构|发布方|出版",
    "title": r"\btitle\b|标题|题名",
    "source": (
        r"source|reference|\b(refs?|src|filings?|register|database|document|publication|provenance)\b|citation|evidence"
        r"|\bdata provider|\breported by|\baccording to|\bquelle|来源|出处|依据|公告|招股"
    ),
    "url": r"\b(url|link|href|website|homepage)\b|链接|网址",
    "certainty": r"certainty|confidence|likelihood|可信|确定",
    "note": r"note|comment|remark|description|bemerkung|anmerkung|备注|说明|描述|简介",
    "relation": r"relation|\b(edge|link) (type|label)|^(trade )?flow( desc| type)?$|\brel\b|^predicate\b|关系",
    "type": r"\b(type|kind|class)\b|类型|类别|性质",
    "segment": r"segment|sector|industr|\bcategory|\bstage|行业|产业|板块|环节|领域",
    "name": (
        r"\bnames?\b|label|compan|firm|unternehmen|organi[sz]ation|manufacturer|\bmaker"
        r"|\b(operator|issuer|filer|registrant|brand)\b|\b(made|manufactured|produced) by\b"
        r"|名称|公司|企业|制造商|发行人|^名$"
    ),
}
"""What words in a header hint at; the first that fits a header holds."""

PARTIES: Sequence[tuple[str, str, str]] = (
    (
        "subject",
        "OWNS",
        (
            r"\b(ultimate |direct )?(owner|shareholder|acquirer|parent (company|organi[sz]ation|entity|firm)"
            r"|muttergesellschaft|gesellschafter|anteilseigner)\b"
        ),
    ),
    ("subject", "OWNS", r"控股股东|股东|母公司|收购方"),
    ("subject", "INVESTS_IN", r"\binvestors?\b|投资方|投资机构"),
    (
        "object",
        "OWNS",
        r"\b(subsidiar\w+|tochter\w*|(owned|acquired) (company|entity)|investee)\b|子公司|被投资\w*|标的公司",
    ),
    (
        "object",
        "",
        (
            r"\b(customer|buyer|client|purchaser|recipient|consignee|importer|downstream|prime|oem|off ?taker|licensee"
            r"|end user|kunde|abnehmer)\w*|\b(sold|supplied|shipped|delivered|exported) to\b"
            r"|客户|采购方|买方|购买方|下游|需求方"
        ),
    ),
    (
        "subject",
        "",
        (
            r"\b(supplier|vendor|seller|(?<!data )provider|upstream|shipper|exporter|producer|subcontractor"
            r"|lieferant|zulieferer)\w*"
            r"|\b(sourced|bought|purchased|procured|imported) from\b|\bsupplied by\b"
            r"|供应商|供应方|供方|供货方|卖方|上游|厂商|生产商"
        ),
    ),
    (
        "product",
        "",
        r"\b(products?|components?|parts?|items?|materials?|minerals?|goods|commodit(y|ies)|inputs?|produkt|(bau)?teil)\b|产品|零部件|部件|物料|品名|商品|材料|(采购|供应|销售)内容",
    ),
)
"""Words for who and what a claim is about, and the link that they hint at."""

UPWARDS: Mapping[str, str] = {
    "GOES_INTO": r"\b(goes|go) into\b|\b(part|component|input) of\b|\bused (in|for)\b|用于",
    "TYPE_OF": r"\b(sub ?)?type of\b|\bkind of\b|\bvariant of\b|\bis a\b",
    "SUCCEEDS": r"\bsucceeds\b|\bsuccessor of\b|\breplaces\b",
}
"""Headers of columns that name what the thing of the row leads to."""

FROM, TO = (
    r"^(relationship )?(source|src|from|head|subj|subject|start node|origin|reporter)\b",
    r"^(relationship )?(target|dst|dest|destination|to|tail|obj|object|end node|partner)\b",
)
"""How lists of edges call their ends; these words mean so only where both are there."""

RELATIONS: Sequence[tuple[str, str, bool]] = (
    (r"sub.?(type|class)|(type|instance).?of|kind.?of|is.?a$|variant|category.?of|小类|子类|属于类", "TYPE_OF", False),
    (r"parent.?type|supertype|has.?variant|大类", "TYPE_OF", True),
    (r"succe|next.?gen|replaces|supersede|换代|替代", "SUCCEEDS", False),
    (r"compet|rival|竞争", "COMPETES_WITH", False),
    (r"partner|alliance|collab|joint|licens|合作|联盟", "PARTNERS_WITH", False),
    (r"subsidiary|owned.?by|consolidated.?by|acquired.?by|controlled.?by|child.?of|子公司|隶属", "OWNS", True),
    (r"own|sharehold|parent|acqui|control|持股|控股|参股", "OWNS", False),
    (r"invested.?by|funded.?by", "INVESTS_IN", True),
    (r"invest|fund|stake|投资", "INVESTS_IN", False),
    (r"customer.?of|buys|purchas|sourc(es|ed).?from|procure|supplied.?by|采购|购买", "SUPPLIES", True),
    (r"^(re.?)?imports?$|进口", "SUPPLIES", True),
    (
        r"^(re.?)?exports?$|suppl|sell|vendor|provid|deliver|ship|customer|outsourc|供应|供货|销售|客户",
        "SUPPLIES",
        False,
    ),
    (r"(made|produced|manufactured|provided|supplied).?by", "MAKES", True),
    (r"manufactur|make|produc|provid|suppl|design|offer|brand|生产|制造|主营|提供", "MAKES", False),
    (
        r"contain|consist|made.?(of|from)|requir|need|depend|consum|has.?(part|component|input)|需要|依赖|包含",
        "GOES_INTO",
        True,
    ),
    (
        r"goes.?into|part.?of|component|used.?(in|for)|input|feeds|upstream|ingredient|材料|组成|用于|上游",
        "GOES_INTO",
        False,
    ),
    (r"downstream|下游", "GOES_INTO", True),
    (r"uses|adopt|使用|采用", "USES", False),
    (r"belongs|sector|industr|segment|stage|所属|行业|环节", "IN_SEGMENT", False),
)
"""What a relation is called, the link that it is, and whether it leads the other way; the first that can be holds."""

METRICS: Mapping[str, str] = {
    "market_size": r"market.?size|市场规模",
    "market_cap": r"market.?cap|市值",
    "revenue": r"^(annual |total )?(revenues?|sales)\b|^营业?收入?",
}
"""Words for numbers that a table gives of what its rows are."""

OTHERS = {
    *("other", "others", "various", "multiple", "misc", "miscellaneous", "tbd", "several", "rest of world", "row"),
    *("all others", "other countries", "world total", "total", "其他", "其它", "其余", "多家", "合计", "总计", "若干"),
}
"""Names that are nobody's: a company called so would join what has nothing to do with each other."""

LABELS: Mapping[str, str] = {
    "Source": r"\b(sources?|references?|citations?|documents?|publications?)\b|来源|文献",
    "Company": (
        r"compan|\bfirm(s|a|en)?\b|unternehmen|supplier|vendor|provider|organi[sz]ation|manufacturer|issuer|constituent"
        r"|facilit|investor|公司|企业|厂商|供应商"
    ),
    "Segment": r"\b(segments?|sectors?|industr(y|ies)|stages?)\b|行业|板块|环节",
    "Product": (
        r"\bproducts?\b|component|\bparts?\b|material|mineral|\binputs?\b|\bitems?\b|commodit|technolog|substance|ingredient|\bdrugs?\b|chemical"
        r"|产品|物料|零部件|材料"
    ),
}
"""Words in the name of a table, or of its columns, for what its rows are."""


DESCRIBED = r"\bdesc|bezeichnung|benennung|名称|描述"
"""Words in the header of what names a row where the column of names holds keys."""

TYPES: Mapping[str, str] = {
    "Company": r"compan|firm|organi[sz]ation|corp|supplier|vendor|enterprise|公司|企业",
    "country": r"countr|nation|国家|地区",
    "Segment": r"segment|stage|sector|industr|环节|行业|板块",
    "Product": r"product|component|material|tool|resource|input|process|part|equipment|产品|材料|零部件|设备",
}
"""Words in a column of types for what a row is."""
