"""Invented names of companies, in Chinese and, as such companies write themselves, in English."""

from __future__ import annotations

import random

from workbooks.company import AGENT, DEALER, INDUSTRY, ONLINE, STORE
from workbooks.words import Words, pairs

FIRST = pairs(
    "锦 Jin | 恒 Heng | 瑞 Rui | 嘉 Jia | 启 Qi | 泰 Tai | 宏 Hong | 博 Bo | 润 Run | 盛 Sheng | "
    "鼎 Ding | 安 An | 卓 Zhuo | 远 Yuan | 普 Pu | 凌 Ling | 朗 Lang | 沐 Mu | 云 Yun | 景 Jing | "
    "辰 Chen | 澜 Lan | 逸 Yi | 致 Zhi"
)
SECOND = pairs(
    "程 cheng | 达 da | 丰 feng | 利 li | 源 yuan | 川 chuan | 越 yue | 凯 kai | 信 xin | 和 he | "
    "祥 xiang | 腾 teng | 华 hua | 晟 sheng | 捷 jie | 航 hang | 乐 le | 宁 ning | 邦 bang | "
    "汇 hui | 铭 ming | 森 sen"
)
ENDINGS = {
    DEALER: pairs(
        "家电有限公司 Home Appliances Co., Ltd. | 电器销售有限公司 Electrical Sales Co., Ltd. | "
        "商贸有限公司 Trading Co., Ltd."
    ),
    AGENT: pairs(
        "家电代理有限公司 Appliance Agency Co., Ltd. | "
        "电器营销有限公司 Electrical Marketing Co., Ltd."
    ),
    STORE: pairs("百货大楼 Department Store | 购物中心 Shopping Centre | 商业广场 Plaza"),
    INDUSTRY: pairs(
        "人才公寓管理有限公司 Apartments Co., Ltd. | "
        "酒店工程有限公司 Hotel Engineering Co., Ltd. | 置业有限公司 Properties Co., Ltd."
    ),
    ONLINE: pairs(
        "电子商务有限公司 E-Commerce Co., Ltd. | 网络科技有限公司 Network Technology Co., Ltd."
    ),
}


class Names:
    """Company names, no brand of them twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.used: set[str] = set()

    def make(self, city: Words, customer_type: Words) -> Words:
        """A name that is usual for a `customer_type` of `city`."""
        while True:
            first, second = self.rng.choice(FIRST), self.rng.choice(SECOND)
            brand = Words(first.zh + second.zh, first.en + second.en)
            if brand.zh not in self.used:
                self.used.add(brand.zh)
                ending = self.rng.choice(ENDINGS[customer_type])
                zh = f"{city.zh}{brand.zh}{ending.zh}"
                return Words(zh, f"{city.en} {brand.en} {ending.en}")
