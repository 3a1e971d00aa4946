"""The products of the invented appliance maker: four lines of models."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbooks.words import Words, pairs

CATEGORIES = pairs(
    "冰箱 Refrigerators | 洗衣机 Washing Machines | 空调 Air Conditioners | 小家电 Small Appliances"
)
REFRIGERATORS, WASHERS, AIR_CONDITIONERS, SMALL_APPLIANCES = CATEGORIES
PRODUCT_STATES = pairs("在售 active | 新品 new | 停产 discontinued")
ON_SALE, NEW, DISCONTINUED = PRODUCT_STATES


@dataclass(frozen=True, slots=True)
class Product:
    """One line of the product file; prices in CNY per piece, without tax."""

    id: str
    name: Words
    category: Words
    list_price: Decimal
    unit_cost: Decimal
    pack_size: int
    launched: date
    state: Words
    lead_time_days: int


PRODUCT_LINES = (
    # category, prefix, pack size, lead time, cost share, (model, name, list price) …
    (REFRIGERATORS, "BX", 1, 15, 0.71, (
        ("BCD-186", "双门冰箱 Two-Door Refrigerator", 1299),
        ("BCD-218", "三门冰箱 Three-Door Refrigerator", 1699),
        ("BCD-260", "风冷三门冰箱 Frost-Free Three-Door", 2199),
        ("BCD-321", "法式多门冰箱 French-Door Refrigerator", 2899),
        ("BCD-406", "十字对开冰箱 Four-Door Refrigerator", 3599),
        ("BCD-520", "对开门冰箱 Side-by-Side Refrigerator", 4299),
        ("BCD-550", "超薄零嵌冰箱 Built-In Refrigerator", 6499),
        ("BD-200", "卧式冷柜 Chest Freezer", 1199),
        ("BC-92", "单门小冰箱 Mini Refrigerator", 699))),
    (WASHERS, "XY", 1, 12, 0.72, (
        ("XQB80", "波轮洗衣机8公斤 Top Loader 8 kg", 899),
        ("XQB100", "波轮洗衣机10公斤 Top Loader 10 kg", 1099),
        ("XQG80", "滚筒洗衣机8公斤 Front Loader 8 kg", 1799),
        ("XQG100", "滚筒洗衣机10公斤 Front Loader 10 kg", 2299),
        ("XQG100", "洗烘一体机10公斤 Washer-Dryer 10 kg", 3299),
        ("XQG120", "洗烘一体机12公斤 Washer-Dryer 12 kg", 4199),
        ("HG100", "热泵干衣机10公斤 Heat-Pump Dryer 10 kg", 4599),
        ("XPB90", "双缸洗衣机9公斤 Twin Tub 9 kg", 599),
        ("XQM30", "迷你洗衣机3公斤 Mini Washer 3 kg", 799))),
    (AIR_CONDITIONERS, "KT", 1, 20, 0.74, (
        ("KFR-26GW", "挂机大1匹 Wall Split 2.6 kW", 2099),
        ("KFR-35GW", "挂机1.5匹 Wall Split 3.5 kW", 2399),
        ("KFR-35GW", "新一级挂机1.5匹 Wall Split Eco 3.5 kW", 2899),
        ("KFR-50LW", "柜机2匹 Floor Unit 5.0 kW", 4599),
        ("KFR-72LW", "柜机3匹 Floor Unit 7.2 kW", 5799),
        ("KFR-72LW", "新风柜机3匹 Fresh-Air Unit 7.2 kW", 8299),
        ("MDV-120", "中央空调5匹 Central Unit 12 kW", 15800),
        ("KY-25", "移动空调1匹 Portable Unit 2.5 kW", 1499),
        ("KFR-26GW", "变频舒适风1匹 Inverter Split 2.6 kW", 2599))),
    (SMALL_APPLIANCES, "XJ", 6, 7, 0.62, (
        ("CFXB40", "电饭煲4升 Rice Cooker 4 L", 239),
        ("IH50", "电饭煲5升 Induction Rice Cooker 5 L", 499),
        ("DCL20", "电磁炉2100瓦 Induction Hob 2100 W", 199),
        ("KX35", "电烤箱35升 Electric Oven 35 L", 349),
        ("KZ50", "空气炸锅5升 Air Fryer 5 L", 299),
        ("PB12", "破壁机1.2升 Blender 1.2 L", 399),
        ("DSH17", "电热水壶1.7升 Kettle 1.7 L", 99),
        ("WBL20", "微波炉20升 Microwave Oven 20 L", 429),
        ("FS40", "落地扇 Stand Fan", 169),
        ("XCQ15", "无线吸尘器 Cordless Vacuum", 899),
        ("JS05", "净水机 Water Purifier", 1599))),
)  # fmt: skip
LAUNCHED_LATE = {
    "BX07": date(2024, 3, 15),
    "XY06": date(2024, 9, 1),
    "KT06": date(2025, 3, 10),
    "KT09": date(2026, 2, 25),
    "XJ06": date(2024, 5, 20),
}
STATE_OF_PRODUCT = {"KT09": NEW, "XY08": DISCONTINUED, "KT08": DISCONTINUED}
DISCONTINUED_FROM = date(2025, 7, 1)


def make_products() -> list[Product]:
    """The product file."""
    products = []
    for category, prefix, pack_size, lead_time, cost_share, models in PRODUCT_LINES:
        for number, (model, text, list_price) in enumerate(models, start=1):
            product_id = f"{prefix}{number:02d}"
            zh, en = text.split(" ", 1)
            products.append(
                Product(
                    id=product_id,
                    name=Words(f"{model}{zh}", f"{model} {en}"),
                    category=category,
                    list_price=Decimal(list_price),
                    unit_cost=Decimal(round(list_price * cost_share * 0.9)),
                    pack_size=pack_size,
                    launched=LAUNCHED_LATE.get(product_id, date(2019 + number % 4, number, 18)),
                    state=STATE_OF_PRODUCT.get(product_id, ON_SALE),
                    lead_time_days=lead_time,
                )
            )
    return products


def is_on_sale(product: Product, day: date) -> bool:
    """Whether `product` could be ordered on `day`."""
    ended = product.state == DISCONTINUED and day >= DISCONTINUED_FROM
    return product.launched <= day and not ended
