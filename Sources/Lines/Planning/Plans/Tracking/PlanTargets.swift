import Commons
import Kernel
import Values

/// 指标的年度目标。What the tracked plans of a place aim at, for the boards of indicators.
///
/// A target by 比上年末增加 is marked where the year's end before is known: that and the increase. Of two targets of one indicator the plan imported first speaks.
let planTargets = IndicatorTargets { reader, place, year in
    var aims: [String: IndicatorAim] = [:]
    for plan in try reader.plans(of: year) where plan.region == place {
        let progress = try reader.progress(of: plan)
        for target in progress.tree.targets {
            guard let code = target.binding?.indicator, aims[code] == nil, let indicator = progress.indicators[code],
                  let amount = try reader.amount(aimedAt: target, indicator, year: year, in: place) else { continue }
            let status = progress.status(of: target), isKnown = ![.unknown, .unbound].contains(status.light)
            aims[code] = IndicatorAim(amount, shown: target.target.shown, standing: isKnown ? status.light.label : nil, words: status.words, href: target.target.link)
        }
    }
    return aims
}

extension Reader {
    fileprivate func amount(aimedAt target: PlannedTarget, _ indicator: Indicator, year: Int, in place: RegionCode) throws -> Int64? {
        guard let goal = target.completion(indicator)?.target else { return nil }
        guard target.binding?.counting == .increase else { return goal }
        let before = try value(of: indicator, over: .month(try Month(year: year - 1, month: 12)), in: place).amount
        return before.map { $0 + goal }
    }
}
