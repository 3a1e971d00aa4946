"""The invented appliance maker: its people, regions, exchange rates and the words it chooses from.

Everything here is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbooks.words import Words, pairs

COMPANY = Words("晴川电器股份有限公司", "Qingchuan Appliances Co., Ltd.")
SALES_OFFICE = Words("销售管理部", "Sales Administration")
FIRST_YEAR, FIRST_MONTH, MONTH_COUNT = 2023, 7, 36
LAST_DAY = date(2026, 6, 30)

CUSTOMER_TYPES = pairs(
    "经销商 dealer | 代理商 agent | 商场 department store | 工业 industrial | 电商 e-commerce"
)
DEALER, AGENT, STORE, INDUSTRY, ONLINE = CUSTOMER_TYPES
CUSTOMER_STATES = pairs("合作 active | 暂停 suspended | 终止 terminated")
ACTIVE, SUSPENDED, TERMINATED = CUSTOMER_STATES
DOC_TYPES = pairs("销售 sale | 退货 return")
SALE, RETURN = DOC_TYPES
CURRENCIES = (Words.same("CNY"), Words.same("USD"))
PIECES = Words("台", "pcs")

REGIONS = pairs(
    "华东 East | 华南 South | 华北 North | 华中 Central | 西南 Southwest | 西北 Northwest | "
    "东北 Northeast | 海外 Overseas"
)
EAST, SOUTH, NORTH, CENTRAL, SOUTHWEST, NORTHWEST, NORTHEAST, EXPORT_REGION = REGIONS
CITIES = {
    region: {Words(*province.split()): pairs(cities) for province, cities in provinces}
    for region, provinces in (
        (EAST, (("江苏 Jiangsu", "南京 Nanjing | 苏州 Suzhou | 无锡 Wuxi | 徐州 Xuzhou"),
                ("浙江 Zhejiang", "杭州 Hangzhou | 宁波 Ningbo | 温州 Wenzhou"),
                ("上海 Shanghai", "上海 Shanghai"),
                ("山东 Shandong", "济南 Jinan | 青岛 Qingdao | 烟台 Yantai"),
                ("安徽 Anhui", "合肥 Hefei | 芜湖 Wuhu"))),
        (SOUTH, (("广东 Guangdong", "广州 Guangzhou | 佛山 Foshan | 东莞 Dongguan | 汕头 Shantou"),
                 ("福建 Fujian", "福州 Fuzhou | 泉州 Quanzhou"),
                 ("广西 Guangxi", "南宁 Nanning | 柳州 Liuzhou"))),
        (NORTH, (("北京 Beijing", "北京 Beijing"), ("天津 Tianjin", "天津 Tianjin"),
                 ("河北 Hebei", "石家庄 Shijiazhuang | 唐山 Tangshan"),
                 ("山西 Shanxi", "太原 Taiyuan"))),
        (CENTRAL, (("湖北 Hubei", "武汉 Wuhan | 宜昌 Yichang"),
                   ("湖南 Hunan", "长沙 Changsha | 株洲 Zhuzhou"),
                   ("河南 Henan", "郑州 Zhengzhou | 洛阳 Luoyang"))),
        (SOUTHWEST, (("四川 Sichuan", "成都 Chengdu | 绵阳 Mianyang"),
                     ("重庆 Chongqing", "重庆 Chongqing"), ("云南 Yunnan", "昆明 Kunming"))),
        (NORTHWEST, (("陕西 Shaanxi", "西安 Xi'an | 宝鸡 Baoji"),
                     ("新疆 Xinjiang", "乌鲁木齐 Urumqi"))),
        (NORTHEAST, (("辽宁 Liaoning", "沈阳 Shenyang | 大连 Dalian"),
                     ("黑龙江 Heilongjiang", "哈尔滨 Harbin"))),
    )
}  # fmt: skip
PLACE_OF_CITY = {
    city.zh: (region, province, city)
    for region, provinces in CITIES.items()
    for province, cities in provinces.items()
    for city in cities
}


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the staff file; the management has no region."""

    id: str
    name: Words
    role: Words
    region: Words | None
    state: Words


ROLES = pairs(
    "总经理 General Manager | 销售总监 Sales Director | 大区经理 Regional Manager | "
    "客户经理 Account Manager"
)
GENERAL_MANAGER, SALES_DIRECTOR, REGIONAL_MANAGER, ACCOUNT_MANAGER = ROLES
IN_OFFICE, LEFT = pairs("在职 active | 离职 left")
PEOPLE = (
    ("顾清和 Gu Qinghe", GENERAL_MANAGER, None), ("沈望舒 Shen Wangshu", SALES_DIRECTOR, None),
    ("陆子衿 Lu Zijin", REGIONAL_MANAGER, EAST), ("韩星野 Han Xingye", ACCOUNT_MANAGER, EAST),
    ("许知远 Xu Zhiyuan", ACCOUNT_MANAGER, EAST), ("方若溪 Fang Ruoxi", ACCOUNT_MANAGER, EAST),
    ("江牧之 Jiang Muzhi", ACCOUNT_MANAGER, EAST), ("何景行 He Jingxing", REGIONAL_MANAGER, SOUTH),
    ("苏念安 Su Nian'an", ACCOUNT_MANAGER, SOUTH), ("林亦舟 Lin Yizhou", ACCOUNT_MANAGER, SOUTH),
    ("秦远山 Qin Yuanshan", REGIONAL_MANAGER, NORTH), ("叶初晴 Ye Chuqing", ACCOUNT_MANAGER, NORTH),
    ("唐以沫 Tang Yimo", ACCOUNT_MANAGER, NORTH),
    ("宋怀瑾 Song Huaijin", REGIONAL_MANAGER, CENTRAL),
    ("程书言 Cheng Shuyan", ACCOUNT_MANAGER, CENTRAL),
    ("罗南星 Luo Nanxing", ACCOUNT_MANAGER, SOUTHWEST),
    ("白听雨 Bai Tingyu", ACCOUNT_MANAGER, SOUTHWEST),
    ("马长风 Ma Changfeng", ACCOUNT_MANAGER, NORTHWEST),
    ("石砚秋 Shi Yanqiu", ACCOUNT_MANAGER, NORTHEAST),
    ("戴睿思 Daniel Reyes", ACCOUNT_MANAGER, EXPORT_REGION),
    ("温如玉 Wen Ruyu", ACCOUNT_MANAGER, EXPORT_REGION),
    ("邵明轩 Shao Mingxuan", ACCOUNT_MANAGER, EAST),
)  # fmt: skip
LEFT_STAFF = ("邵明轩",)

# CNY for one USD at the first of each month, July 2023 on.
USD_RATES = (
    "7.2157 7.1386 7.1811 7.1798 7.1778 7.1104 7.0770 7.1039 7.1036 7.0957 7.1063 7.1086 "
    "7.1265 7.1323 7.1124 7.0074 7.1135 7.1865 7.1879 7.1698 7.1738 7.1782 7.2014 7.1869 "
    "7.1534 7.1496 7.1072 7.1055 7.0880 7.0759 7.0288 7.0210 7.0155 7.0098 7.0042 6.9987"
).split()


def month_start(index: int) -> date:
    """The first day of month `index`, counted from July 2023."""
    months = FIRST_MONTH - 1 + index
    return date(FIRST_YEAR + months // 12, months % 12 + 1, 1)


def usd_rate(day: date) -> Decimal:
    """CNY for one USD on `day`: the rate of its month."""
    index = (day.year - FIRST_YEAR) * 12 + day.month - FIRST_MONTH
    return Decimal(USD_RATES[index])


def make_people() -> list[Person]:
    """The staff file."""
    return [
        Person(f"E{number:04d}", name, role, region, LEFT if name.zh in LEFT_STAFF else IN_OFFICE)
        for number, (text, role, region) in enumerate(PEOPLE, start=1001)
        for name in pairs(text)
    ]
