import Values

/// 兼得的一对。What two benefits of one person in one month would each come to, and which of them may still be changed.
struct OverlapPair: Hashable {
    /// The programme that declares the rule, and the one it names.
    enum Side: Hashable { case own, other }

    let own: Money
    let other: Money
    /// Whose line isn't signed yet.
    var isOwnOpen = true
    var isOtherOpen = true
    /// 本人的选择。
    var chosen: Side?
}

/// 各自发多少。
struct OverlapShares: Hashable {
    let own: Money
    let other: Money
    /// 等本人选择，or for the other to be stopped.
    var waits = false
}

/// 就高、补差、择一、不得兼得：what each of two benefits pays when a person has both in one month.
///
/// What was signed already is never changed: whichever is still open gives way, so that together they come to what the rule allows.
func settle(_ pair: OverlapPair, by outcome: OverlapOutcome) -> OverlapShares {
    let untouched = OverlapShares(own: pair.own, other: pair.other)
    guard pair.own > .zero, pair.other > .zero, outcome != .both, pair.isOwnOpen || pair.isOtherOpen else { return untouched }
    let ideal = shares(of: pair, by: outcome)
    if pair.isOwnOpen, pair.isOtherOpen { return ideal }
    let isTopUp = outcome == .higher || outcome == .difference, whole = ideal.own + ideal.other
    if pair.isOwnOpen {
        return OverlapShares(own: isTopUp ? max(.zero, whole - pair.other) : .zero, other: pair.other, waits: ideal.waits || (!isTopUp && ideal.other == .zero))
    }
    return OverlapShares(own: pair.own, other: isTopUp ? max(.zero, whole - pair.own) : .zero, waits: ideal.waits || !isTopUp)
}

/// As the rule would have it when nothing is signed.
private func shares(of pair: OverlapPair, by outcome: OverlapOutcome) -> OverlapShares {
    switch outcome {
    case .both: OverlapShares(own: pair.own, other: pair.other)
    case .neither: OverlapShares(own: .zero, other: pair.other)
    case .higher: pair.own > pair.other ? OverlapShares(own: pair.own, other: .zero) : OverlapShares(own: .zero, other: pair.other)
    case .difference: OverlapShares(own: max(.zero, pair.own - pair.other), other: pair.other)
    case .chooseOnce:
        pair.chosen == .own ? OverlapShares(own: pair.own, other: .zero) : OverlapShares(own: .zero, other: pair.other, waits: pair.chosen == nil)
    }
}
