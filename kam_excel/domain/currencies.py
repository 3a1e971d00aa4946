"""Currencies: how many decimals their amounts have, and the signs that people write."""

from __future__ import annotations

from collections.abc import Mapping

_TWO = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD"
    " CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL"
    " GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR"
    " LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD"
    " PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC"
    " SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW"
    " ZWG"
)
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"

MINOR_UNITS: Mapping[str, int] = {
    code: places
    for places, codes in ((2, _TWO), (0, _NONE), (3, _THREE), (4, _FOUR))
    for code in codes.split()
}
"""Decimals of an amount by ISO 4217 code, as its list one says (SIX, the maintenance agency)."""

_AMBIGUOUS = {
    "$": frozenset(
        "USD AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD NAD NZD SBD SGD SRD TTD TWD XCD"
        " MXN CLP COP ARS".split()
    ),
    "¥": frozenset({"CNY", "JPY"}),
    "元": frozenset({"CNY", "HKD", "MOP", "TWD"}),
}
_NAMES = {
    "CNY": "CN¥ RMB RMB¥ 人民币 人民币元",
    "JPY": "JP¥ 日元 日圆",
    "USD": "US$ 美元 美金",
    "EUR": "€ 欧元 EURO",
    "GBP": "£ 英镑",
    "HKD": "HK$ 港元 港币",
    "TWD": "NT$ 台币 新台币",
    "AUD": "A$ AU$ 澳元",
    "CAD": "C$ CA$ 加元",
    "NZD": "NZ$",
    "SGD": "S$ 新加坡元",
    "BRL": "R$",
    "KRW": "₩ 韩元",
    "INR": "₹",
    "VND": "₫ 越南盾",
    "THB": "฿ 泰铢",
    "PHP": "₱",
    "RUB": "₽ 卢布",
    "CHF": "瑞士法郎",
}
SIGNS: Mapping[str, frozenset[str]] = _AMBIGUOUS | {
    sign: frozenset({code}) for code, signs in _NAMES.items() for sign in signs.split()
}
"""Signs and names beside an amount, in upper case, with the currencies that each may stand for."""


def currencies_of(sign: str) -> frozenset[str]:
    """What a sign or a code in upper case may stand for; empty for one that is not known."""
    return frozenset({sign}) if sign in MINOR_UNITS else SIGNS.get(sign, frozenset())
