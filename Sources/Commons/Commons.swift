import Kernel
import Values

/// 公共登记。What every line needs, built of the same parts as a line: people and households, regions, organisations, notices, payments, rulings, users.
public let registers = [people, organisations, notices, exchange, payments, indicators, policyLine, users]

/// The desk and the registers: the least that a house stands on.
public let commonLines = [deskLine] + registers

/// 规则。Every number or choice an authority may change, by day, place and document.
let policyLine = Line("rulings", "规则", actions: [DraftRuling.self, PublishRuling.self], listings: [rulings], records: [Ruling.self], pages: [policyPage, standardsPage])
