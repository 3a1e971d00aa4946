"""The invented appliance maker: its products, people, regions and exchange rates.

Everything here is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

COMPANY = "晴川电器股份有限公司"
FIRST_YEAR, FIRST_MONTH, MONTH_COUNT = 2023, 7, 36
EXPORT_REGION = "海外"

CUSTOMER_TYPES = ("经销商", "代理商", "商场", "工业", "电商")
CUSTOMER_STATES = ("合作", "暂停", "终止")
CURRENCIES = ("CNY", "USD")
DOC_TYPES = ("销售", "退货")
CATEGORIES = ("冰箱", "洗衣机", "空调", "小家电")

CITIES = {
    "华东": (("江苏", "南京 苏州 无锡 徐州"), ("浙江", "杭州 宁波 温州"), ("上海", "上海"),
            ("山东", "济南 青岛 烟台"), ("安徽", "合肥 芜湖")),
    "华南": (("广东", "广州 佛山 东莞 汕头"), ("福建", "福州 泉州"), ("广西", "南宁 柳州")),
    "华北": (("北京", "北京"), ("天津", "天津"), ("河北", "石家庄 唐山"), ("山西", "太原")),
    "华中": (("湖北", "武汉 宜昌"), ("湖南", "长沙 株洲"), ("河南", "郑州 洛阳")),
    "西南": (("四川", "成都 绵阳"), ("重庆", "重庆"), ("云南", "昆明")),
    "西北": (("陕西", "西安 宝鸡"), ("新疆", "乌鲁木齐")),
    "东北": (("辽宁", "沈阳 大连"), ("黑龙江", "哈尔滨")),
}  # fmt: skip
PLACE_OF_CITY = {
    city: (region, province, city)
    for region, provinces in CITIES.items()
    for province, cities in provinces
    for city in cities.split()
}
REGIONS = (*CITIES, EXPORT_REGION)


@dataclass(frozen=True, slots=True)
class Product:
    """One line of the product file; prices in CNY per piece, without tax."""

    id: str
    name: str
    category: str
    list_price: Decimal
    unit_cost: Decimal
    pack_size: int
    launched: date
    state: str
    lead_time_days: int


@dataclass(frozen=True, slots=True)
class Person:
    """One line of the staff file."""

    id: str
    name: str
    role: str
    region: str
    state: str


PRODUCT_LINES = (
    # category, prefix, pack size, lead time, cost share, (name, list price) …
    ("冰箱", "BX", 1, 15, 0.71, (
        ("BCD-186双门冰箱", 1299), ("BCD-218三门冰箱", 1699), ("BCD-260风冷三门冰箱", 2199),
        ("BCD-321法式多门冰箱", 2899), ("BCD-406十字对开冰箱", 3599), ("BCD-520对开门冰箱", 4299),
        ("BCD-550超薄零嵌冰箱", 6499), ("BD-200卧式冷柜", 1199), ("BC-92单门小冰箱", 699))),
    ("洗衣机", "XY", 1, 12, 0.72, (
        ("XQB80波轮洗衣机8公斤", 899), ("XQB100波轮洗衣机10公斤", 1099),
        ("XQG80滚筒洗衣机8公斤", 1799), ("XQG100滚筒洗衣机10公斤", 2299),
        ("XQG100洗烘一体机10公斤", 3299), ("XQG120洗烘一体机12公斤", 4199),
        ("HG100热泵干衣机10公斤", 4599), ("XPB90双缸洗衣机9公斤", 599),
        ("XQM30迷你洗衣机3公斤", 799))),
    ("空调", "KT", 1, 20, 0.74, (
        ("KFR-26GW挂机大1匹", 2099), ("KFR-35GW挂机1.5匹", 2399),
        ("KFR-35GW新一级挂机1.5匹", 2899), ("KFR-50LW柜机2匹", 4599),
        ("KFR-72LW柜机3匹", 5799), ("KFR-72LW新风柜机3匹", 8299),
        ("MDV-120中央空调5匹", 15800), ("KY-25移动空调1匹", 1499),
        ("KFR-26GW变频舒适风1匹", 2599))),
    ("小家电", "XJ", 6, 7, 0.62, (
        ("CFXB40电饭煲4升", 239), ("IH50电饭煲5升", 499), ("DCL20电磁炉2100瓦", 199),
        ("KX35电烤箱35升", 349), ("KZ50空气炸锅5升", 299), ("PB12破壁机1.2升", 399),
        ("DSH17电热水壶1.7升", 99), ("WBL20微波炉20升", 429), ("FS40落地扇", 169),
        ("XCQ15无线吸尘器", 899), ("JS05净水机", 1599))),
)  # fmt: skip
LAUNCHED_LATE = {
    "BX07": date(2024, 3, 15),
    "XY06": date(2024, 9, 1),
    "KT06": date(2025, 3, 10),
    "KT09": date(2026, 2, 25),
    "XJ06": date(2024, 5, 20),
}
NEW_PRODUCTS = ("KT09",)
DISCONTINUED = ("XY08", "KT08")
DISCONTINUED_FROM = date(2025, 7, 1)

PEOPLE = (
    ("顾清和", "总经理", ""), ("沈望舒", "销售总监", ""),
    ("陆子衿", "大区经理", "华东"), ("韩星野", "客户经理", "华东"), ("许知远", "客户经理", "华东"),
    ("方若溪", "客户经理", "华东"), ("江牧之", "客户经理", "华东"), ("何景行", "大区经理", "华南"),
    ("苏念安", "客户经理", "华南"), ("林亦舟", "客户经理", "华南"), ("秦远山", "大区经理", "华北"),
    ("叶初晴", "客户经理", "华北"), ("唐以沫", "客户经理", "华北"), ("宋怀瑾", "大区经理", "华中"),
    ("程书言", "客户经理", "华中"), ("罗南星", "客户经理", "西南"), ("白听雨", "客户经理", "西南"),
    ("马长风", "客户经理", "西北"), ("石砚秋", "客户经理", "东北"),
    ("Daniel Reyes", "客户经理", "海外"),
    ("温如玉", "客户经理", "海外"), ("邵明轩", "客户经理", "华东"),
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


def make_products() -> list[Product]:
    """The product file."""
    products = []
    for category, prefix, pack_size, lead_time, cost_share, models in PRODUCT_LINES:
        for number, (name, list_price) in enumerate(models, start=1):
            product_id = f"{prefix}{number:02d}"
            state = "新品" if product_id in NEW_PRODUCTS else "在售"
            products.append(
                Product(
                    id=product_id,
                    name=name,
                    category=category,
                    list_price=Decimal(list_price),
                    unit_cost=Decimal(round(list_price * cost_share * 0.9)),
                    pack_size=pack_size,
                    launched=LAUNCHED_LATE.get(product_id, date(2019 + number % 4, number, 18)),
                    state="停产" if product_id in DISCONTINUED else state,
                    lead_time_days=lead_time,
                )
            )
    return products


def make_people() -> list[Person]:
    """The staff file."""
    return [
        Person(f"E{number:04d}", name, role, region, "离职" if name in LEFT_STAFF else "在职")
        for number, (name, role, region) in enumerate(PEOPLE, start=1001)
    ]
