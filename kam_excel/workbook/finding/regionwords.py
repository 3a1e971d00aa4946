"""Regions as sheets are named after them, and which of them lie within which."""

from __future__ import annotations

from functools import cache

# Areas of China with their provinces; where companies draw the border differently a province
# stands where most do.
_PROVINCES = {
    "华东": "上海 江苏 浙江 安徽 福建 江西 山东",
    "华南": "广东 广西 海南",
    "华北": "北京 天津 河北 山西 内蒙古 内蒙",
    "华中": "河南 湖北 湖南",
    "西南": "重庆 四川 贵州 云南 西藏",
    "西北": "陕西 甘肃 青海 宁夏 新疆",
    "东北": "辽宁 吉林 黑龙江",
}
_CITIES = {
    "江苏": "南京 苏州 无锡 常州 徐州 南通",
    "浙江": "杭州 宁波 温州 金华 义乌",
    "安徽": "合肥",
    "福建": "福州 厦门 泉州",
    "江西": "南昌",
    "山东": "济南 青岛 烟台",
    "广东": "广州 深圳 东莞 佛山 珠海",
    "广西": "南宁",
    "海南": "海口",
    "河北": "石家庄",
    "山西": "太原",
    "河南": "郑州",
    "湖北": "武汉",
    "湖南": "长沙",
    "四川": "成都",
    "贵州": "贵阳",
    "云南": "昆明",
    "陕西": "西安",
    "甘肃": "兰州",
    "新疆": "乌鲁木齐",
    "辽宁": "沈阳 大连",
    "吉林": "长春",
    "黑龙江": "哈尔滨",
}
_COUNTRIES = {
    "欧洲": "德国 法国 英国 意大利 西班牙 荷兰 波兰",
    "亚洲": "中国 日本 韩国 印度 新加坡 泰国 越南 马来西亚 印尼",
    "美洲": "美国 加拿大 墨西哥 巴西",
    "europe": "germany france uk italy spain netherlands poland benelux nordics dach iberia",
    "asia": "china japan korea india singapore thailand vietnam malaysia indonesia asean",
    "emea": "europe africa middle_east",
    "apac": "asia australia new_zealand anz oceania",
    "americas": "north_america south_america latin_america latam",
    "north america": "usa us canada mexico",
    "latin america": "brazil argentina chile colombia",
}
_CLUSTERS = {
    "长三角": "上海 江苏 浙江 安徽",
    "珠三角": "广州 深圳 东莞 佛山 珠海",
    "大湾区": "广州 深圳 东莞 佛山 珠海 香港 澳门",
    "京津冀": "北京 天津 河北",
    "川渝": "四川 重庆",
    "港澳台": "香港 澳门 台湾",
    "港澳": "香港 澳门",
}
_CHINA = " ".join([*_PROVINCES, *_CLUSTERS])
_WITHIN = {
    "中国": _CHINA,
    "china": f"{_CHINA} 中国",
    **_PROVINCES,
    **_CITIES,
    **_CLUSTERS,
    **_COUNTRIES,
}
_OTHERS = (
    "东部 西部 南部 北部 中部 东区 西区 南区 北区 中区 华西 非洲 大洋洲 中东 东南亚 "
    "north south east west central northeast northwest southeast southwest midwest "
    "northern southern eastern western amer mea ukraine russia turkey"
)
_ABROAD = "海外 国外 出口 外销 overseas international export abroad"
_HOME = "国内 内销 本国 境内 domestic"


def _words(text: str) -> list[str]:
    return [word.replace("_", " ") for word in text.split()]


ABROAD, HOME = frozenset(_words(_ABROAD)), frozenset(_words(_HOME))
WITHIN = {outer: frozenset(_words(inner)) for outer, inner in _WITHIN.items()}
REGIONS = frozenset(_words(_OTHERS)).union(ABROAD, HOME, WITHIN, *WITHIN.values())
_FOREIGN = frozenset(
    {word for words in _COUNTRIES.values() for word in _words(words)} - {"中国", "china"}
).union(_COUNTRIES)


@cache
def _with_inner(region: str) -> frozenset[str]:
    inner = WITHIN.get(region, frozenset())
    return frozenset([region]).union(*map(_with_inner, inner))


def overlap(first: str, second: str) -> bool:
    """Whether two regions may hold the same customers: 华东 and 上海, 国内 and 华东."""
    if _with_inner(first) & _with_inner(second):
        return True
    return any(
        (outer in HOME and inner not in ABROAD) or (outer in ABROAD and inner in _FOREIGN | ABROAD)
        for outer, inner in ((first, second), (second, first))
    )
