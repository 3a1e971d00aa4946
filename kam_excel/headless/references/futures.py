"""Formulas as one types them and as files hold them.

Functions that came after the file format carry a prefix there, as do the parameters of LET and
LAMBDA; `A1#` and `@` are functions. Source: MS-XLSX 2.2.3 (Functions).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kam_excel.headless.references.names import same_name
from kam_excel.headless.references.tokens import Token, tokens

_FUTURE = frozenset(
    """
    ACOT ACOTH AGGREGATE ARABIC ARRAYTOTEXT BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE
    BINOM.INV BITAND BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE
    CHISQ.DIST CHISQ.DIST.RT CHISQ.INV CHISQ.INV.RT CHISQ.TEST CHOOSECOLS CHOOSEROWS COMBINA
    CONCAT CONFIDENCE.NORM CONFIDENCE.T COT COTH COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DECIMAL
    DETECTLANGUAGE DROP ENCODEURL ERF.PRECISE ERFC.PRECISE EXPAND EXPON.DIST F.DIST F.DIST.RT
    F.INV F.INV.RT F.TEST FIELDVALUE FILTERXML FLOOR.MATH FLOOR.PRECISE FORECAST.ETS
    FORECAST.ETS.CONFINT FORECAST.ETS.SEASONALITY FORECAST.ETS.STAT FORECAST.LINEAR FORMULATEXT
    GAMMA GAMMA.DIST GAMMA.INV GAMMALN.PRECISE GAUSS GROUPBY HSTACK HYPGEOM.DIST IFNA IFS IMAGE
    IMCOSH IMCOT IMCSC IMCSCH IMSEC IMSECH IMSINH IMTAN ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET
    LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST
    NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC PERCENTILE.INC
    PERCENTOF PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI PIVOTBY POISSON.DIST QUARTILE.EXC
    QUARTILE.INC QUERYSTRING RANDARRAY RANK.AVG RANK.EQ REDUCE REGEXEXTRACT REGEXREPLACE REGEXTEST
    RRI SCAN SEC SECH SEQUENCE SHEET SHEETS SKEW.P SORTBY STDEV.P STDEV.S STOCKHISTORY SWITCH
    T.DIST T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT
    TOCOL TOROW TRANSLATE TRIMRANGE UNICHAR UNICODE UNIQUE VALUETOTEXT VAR.P VAR.S VSTACK
    WEBSERVICE WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST
    """.split()
)
_WORKSHEET = frozenset(["FILTER", "SORT", "PY"])
_MAY_DIFFER = re.compile(
    r"[#@]|\b(?:" + "|".join(map(re.escape, _FUTURE | _WORKSHEET)) + r")\(", re.IGNORECASE
)
_PREFIX = re.compile(r"_xl(?:fn|ws|pm|udf)\.", re.IGNORECASE)
_AT, _HASH = Token("operator", "@"), Token("operator", "#")
_SPILLED, _SINGLE = "_xlfn.ANCHORARRAY", "_xlfn.SINGLE"


def stored(formula: str) -> str:
    """A formula as files hold it; both are without the equals sign."""
    if not _MAY_DIFFER.search(formula):
        return formula
    found = tokens(formula)
    parameters = _parameters(found)
    return "".join(_with_operators([_stored(token, parameters) for token in found]))


def typed(formula: str) -> str:
    """A formula as one types it."""
    if "_xl" not in formula:
        return formula
    found = _without_function(tokens(formula), _SPILLED, "", "#")
    found = _without_function(found, _SINGLE, "@", "")
    return "".join(
        _PREFIX.sub("", text) if kind in ("function", "name") else text for kind, text in found
    )


def _stored(token: Token, parameters: frozenset[str]) -> Token:
    kind, text = token
    if kind == "function":
        name = text.upper()
        if name in _WORKSHEET:
            return Token(kind, f"_xlfn._xlws.{name}")
        if name in _FUTURE:
            return Token(kind, f"_xlfn.{name}")
    if kind in ("function", "name") and text.casefold() in parameters:
        return Token(kind, f"_xlpm.{text}")
    return token


def _parameters(found: Sequence[Token]) -> frozenset[str]:
    """The names that LET and LAMBDA give to values: each argument that is one and no more."""
    names = set()
    for place, (kind, text) in enumerate(found):
        if kind == "function" and text.upper() in ("LET", "LAMBDA"):
            arguments = _arguments(found, place + 1)
            step = 2 if text.upper() == "LET" else 1
            for argument in arguments[:-1:step]:
                words = [token for token in argument if token.kind != "space"]
                if len(words) == 1 and words[0].kind == "name":
                    names.add(words[0].text.casefold())
    return frozenset(names)


def _arguments(found: Sequence[Token], start: int) -> list[list[Token]]:
    """The arguments of a call whose opening bracket stands at `start`."""
    arguments: list[list[Token]] = [[]]
    depth = 0
    for token in found[start:]:
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token.text, 0)
        if depth == 0:
            break
        if depth == 1 and token.text == ",":
            arguments.append([])
        elif depth > 1 or token.text != "(":
            arguments[-1].append(token)
    return arguments


def _with_operators(found: Sequence[Token]) -> Iterable[str]:
    """The texts, `A1#` and `@A1` as the functions that they are in files."""
    place = 0
    while place < len(found):
        if found[place] == _AT:
            end = _operand_end(found, place + 1)
            inside = "".join(_with_operators(found[place + 1 : end]))
            yield f"{_SINGLE}({inside})"
        else:
            end = place + 1 + (found[place].kind == "owner" and place + 1 < len(found))
            text = "".join(token.text for token in found[place:end])
            if found[end - 1].kind in ("cells", "name") and found[end : end + 1] == [_HASH]:
                text, end = f"{_SPILLED}({text})", end + 1
            yield text
        place = end


def _operand_end(found: Sequence[Token], place: int) -> int:
    """The place behind the reference, the name or the call that begins at `place`."""
    end = place
    if end < len(found) and found[end].kind == "owner":
        end += 1
    if end < len(found) and found[end].kind == "function":
        arguments = _arguments(found, end + 1)
        return end + 2 + len(arguments) + sum(map(len, arguments))
    if end + 1 < len(found) and found[end + 1].kind == "structure":
        end += 1
    if end + 1 < len(found) and found[end + 1] == _HASH:
        end += 1
    return min(end + 1, len(found))


def _without_function(found: Sequence[Token], name: str, before: str, behind: str) -> list[Token]:
    """Calls of `name` as what stands in their brackets, with a sign before or behind it."""
    result: list[Token] = []
    closing: list[bool] = []
    opens = False
    for token in found:
        if token.kind == "function" and same_name(token.text, name):
            opens = True
            result += [Token("operator", before)] * bool(before)
        elif token.text == "(" and token.kind == "operator":
            closing.append(opens)
            if not opens:
                result.append(token)
            opens = False
        elif token.text == ")" and token.kind == "operator":
            if closing and closing.pop():
                result += [Token("operator", behind)] * bool(behind)
            else:
                result.append(token)
        else:
            result.append(token)
    return result
