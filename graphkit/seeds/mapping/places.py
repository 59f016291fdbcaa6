"""Countries, currencies and exchanges, as the world writes them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["country", "currency", "is_country", "tickers"]

CURRENCIES: Mapping[str, str] = {
    "US$": "USD",
    "NT$": "TWD",
    "HK$": "HKD",
    "S$": "SGD",
    "A$": "AUD",
    "C$": "CAD",
    "RMB": "CNY",
    "CN¥": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "美金": "USD",
    "日元": "JPY",
    "欧元": "EUR",
    "港元": "HKD",
    "港币": "HKD",
    "新台币": "TWD",
    "韩元": "KRW",
    "英镑": "GBP",
    "元": "CNY",
    "€": "EUR",
    "£": "GBP",
    "₩": "KRW",
    "₹": "INR",
    "$": "USD",
    "¥": "CNY",
}
"""Signs and words for currencies, the longer ones first; a bare ¥ is the yuan, a bare $ the US dollar."""

EXCHANGES: Mapping[str, str] = {
    "NASDAQ": "O",
    "NASDAQGS": "O",
    "NYSE": "N",
    "TPE": "TW",
    "TWSE": "TW",
    "TPEX": "TWO",
    "SZSE": "SZ",
    "SHE": "SZ",
    "SSE": "SH",
    "SHA": "SH",
    "HKEX": "HK",
    "HKG": "HK",
    "SEHK": "HK",
    "TYO": "T",
    "TSE": "T",
    "KRX": "KS",
    "KOSDAQ": "KQ",
    "LSE": "L",
    "LON": "L",
    "XETRA": "DE",
    "ETR": "DE",
    "FRA": "F",
    "EPA": "PA",
    "AMS": "AS",
}
BLOOMBERG: Mapping[str, str] = {
    "TT": "TW",
    "HK": "HK",
    "JP": "T",
    "KS": "KS",
    "CH": "",
    "US": "US",
    "GR": "DE",
    "LN": "L",
}


def country(cell: object) -> object:
    """A country by its code or its name in English, Chinese and some other languages."""
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if len(text) == 2 and text.isascii():  # noqa: PLR2004 - a code
        return "GB" if text.upper() == "UK" else text.upper()
    found = _countries().get(_bare(text)) or _in_other_order().get(_words(text))
    if found is None:
        raise ValueError(f"{text!r} is no country that is known; write its two letters, or map the word")
    return found


def is_country(text: str) -> bool:
    """Whether a text is a country by its code or its name."""
    try:
        country(text)
    except ValueError:
        return False
    return True


def _bare(text: str) -> str:
    return re.sub(r"[^\w]+", "", text).casefold().removeprefix("the")


COMMON = {
    "usa": "US", "us": "US", "america": "US", "uk": "GB", "britain": "GB", "greatbritain": "GB", "england": "GB",
    "southkorea": "KR", "korea": "KR", "northkorea": "KP", "taiwan": "TW", "russia": "RU", "vietnam": "VN",
    "iran": "IR", "hongkong": "HK", "macau": "MO", "macao": "MO", "turkey": "TR", "czechrepublic": "CZ", "prc": "CN",
    "mainlandchina": "CN", "chinamainland": "CN", "peoplesrepublicofchina": "CN", "roc": "TW", "uae": "AE",
    "prchina": "CN", "hongkongsar": "HK", "hongkongchina": "HK", "macaosar": "MO", "macausar": "MO",
    "taiwanchina": "TW", "chinesetaipei": "TW", "koreasouth": "KR", "koreanorth": "KP", "laopdr": "LA",
    "macedonia": "MK", "swaziland": "SZ", "holland": "NL", "ivorycoast": "CI", "congo": "CG", "drc": "CD",
    "laos": "LA", "syria": "SY", "bolivia": "BO",
    "burma": "MM", "rok": "KR", "republicofchina": "TW", "türkiye": "TR",
    "tanzania": "TZ", "venezuela": "VE", "moldova": "MD", "brunei": "BN", "palestine": "PS", "capeverde": "CV",
    "台湾": "TW", "臺灣": "TW", "中国台湾": "TW", "中国香港": "HK", "香港": "HK", "澳门": "MO", "韩国": "KR",
    "南韩": "KR", "韓國": "KR", "中国": "CN", "中國": "CN", "大陆": "CN", "中国大陆": "CN", "美国": "US", "美國": "US",
    "德国": "DE", "英国": "GB", "法国": "FR", "荷兰": "NL", "俄罗斯": "RU", "越南": "VN", "日本": "JP",
}  # fmt: skip
"""Names in daily use that the standard does not know."""


@cache
def _countries() -> Mapping[str, str]:
    import gettext

    import pycountry

    names: dict[str, str] = {}
    for language in ("ko", "ja", "es", "it", "fr", "de", "zh_TW", "zh_CN"):
        translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language], fallback=True)
        names |= {_bare(translated.gettext(known.name)): known.alpha_2 for known in pycountry.countries}
    for known in pycountry.countries:
        for field in ("name", "official_name", "common_name", "alpha_3", "alpha_2"):
            if spelled := getattr(known, field, None):
                names[_bare(spelled)] = known.alpha_2
    return names | COMMON


SHORTENED = {"rep": "republic", "dem": "democratic", "fed": "federal", "st": "saint", "is": "islands"}
SHORTENED |= dict.fromkeys(("of", "the", "and"), "")


def _words(text: str) -> frozenset[str]:
    """The words of a name, in whatever order and however shortened: Korea, Rep. is the Republic of Korea."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    plain = re.sub(r"\bsar\b", "special administrative region", plain.replace("'", ""))
    return frozenset(SHORTENED.get(word, word) for word in re.findall(r"\w+", plain)) - {""}


@cache
def _in_other_order() -> Mapping[frozenset[str], str]:
    import pycountry

    fields = ("name", "official_name", "common_name")
    named = ((getattr(known, field, None), known.alpha_2) for known in pycountry.countries for field in fields)
    return {_words(name): code for name, code in named if name}


def currency(cell: object) -> object:
    """A currency by its code, its sign or its word, also from within an amount."""
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if re.fullmatch(r"[A-Za-z]{3}", text) and text.upper() != "RMB":
        return text.upper()
    upper = text.upper()
    if found := re.search(r"\b(USD|EUR|CNY|JPY|GBP|KRW|TWD|HKD|CHF|INR|SGD|CAD|AUD)", upper):
        return found[1]
    sign = next((code for sign, code in CURRENCIES.items() if sign in upper), None)
    if sign is None:
        raise ValueError(f"{text!r} names no currency; write its three letters, such as USD")
    return sign


def tickers(cell: object) -> object:
    """Tickers as exchanges and terminals write them: NASDAQ: NVDA, 2330 TT, 600183.SH."""
    parts = cell if isinstance(cell, tuple | list) else re.split(r"[;|、]", str(cell))
    return tuple(
        _one_ticker(unicodedata.normalize("NFKC", str(part)).strip().upper()) for part in parts if str(part).strip()
    )


def _one_ticker(text: str) -> str:
    if found := re.fullmatch(r"(SH|SZ|BJ)[.:]?(\d{6})", text):
        return f"{found[2]}.{found[1]}"
    if found := re.fullmatch(r"(\d{6})\.(SS|SHA|SHE)", text):  # Shanghai and Shenzhen as other tools call them
        return f"{found[1]}.{'SZ' if found[2] == 'SHE' else 'SH'}"
    if (found := re.fullmatch(r"([A-Z]+)\s*:\s*([A-Z0-9.\-]+)", text)) and found[1] in EXCHANGES:
        return f"{found[2]}.{EXCHANGES[found[1]]}"
    if (found := re.fullmatch(r"([A-Z0-9.\-/]+) ([A-Z]{2})(?: EQUITY)?", text)) and found[2] in BLOOMBERG:
        code, place = found[1], BLOOMBERG[found[2]]
        return f"{code}.{place or ('SH' if code.startswith('6') else 'SZ')}"
    return text
