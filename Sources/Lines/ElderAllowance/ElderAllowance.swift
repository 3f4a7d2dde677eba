import Commons
import Kernel

/// 高龄津贴：八十周岁以上按月发给本人，标准由当地规定。It has no applications: age and residence begin it and end it by themselves.
///
/// 《中华人民共和国老年人权益保障法》第三十三条；标准见 001 号材料：80—99 周岁每人每月 50 元，100 周岁及以上 1000 元。
public let elderAllowance = Line(
    "elder-allowance", "高龄津贴",
    listings: [elders],
    policies: [AnyPolicy(elderRate), AnyPolicy(elderAge), AnyPolicy(elderStart), AnyPolicy(deathMonth), AnyPolicy(elderFundShare)],
    shipped: elderRulings,
    offers: [elderPayment] + elderIndicators)
