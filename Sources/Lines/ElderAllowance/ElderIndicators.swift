import Commons
import Kernel

private let area = "养老服务", basis = "已发布的规则"

private func rate(_ code: String, _ name: String, _ band: ElderBand, _ definition: String, words: [String]) -> Indicator {
    Indicator("elder-allowance.\(code)", name, area: area, unit: .monthlyYuan, .standard, definition: definition, basis: basis, words: words,
              from: .ruled { day, region, reader in try reader.rulings(on: day, in: region).find(elderRate, band)?.value.fen })
}

/// 高龄津贴指标。
let elderIndicators: [any Offer] = [
    rate("rate-80", "高龄津贴标准(80—99周岁)", .eighty, "本级公布、月末执行的80—99周岁高龄津贴标准。", words: ["高龄津贴标准"]),
    rate("rate-100", "高龄津贴标准(100周岁及以上)", .hundred, "本级公布、月末执行的100周岁及以上高龄津贴标准。", words: ["百岁老人津贴标准"]),
    Indicator("elder-allowance.age", "高龄津贴起始年龄", area: area, unit: IndicatorUnit("岁"), .standard, definition: "本级公布、月末执行的起领年龄，周岁。", basis: basis,
              words: ["高龄津贴起领年龄"], from: .ruled { day, region, reader in try reader.rulings(on: day, in: region).find(elderAge).map { Int64($0.value) } }),
    Indicator("elder-allowance.age-100", "百岁老人津贴起始年龄", area: area, unit: IndicatorUnit("岁"), .standard, definition: "执行百岁档标准的最低年龄：公布了百岁档的为100周岁。", basis: basis,
              from: .ruled { day, region, reader in try reader.rulings(on: day, in: region).find(elderRate, ElderBand.hundred) == nil ? nil : 100 }),
] + Indicator.payments(of: "'elder-allowance'", line: "elder-allowance", title: "高龄津贴", area: area, words: ["发放高龄津贴"])
