import Values

/// 一项条件的结果。
enum Ground: Hashable, Sendable {
    case met(AssessmentReason)
    case failed(AssessmentReason)
    case unknown(AssessmentReason)
}

/// 综合判断：one failure refuses; without one, anything unknown holds the decision back.
struct Judgement: Hashable, Sendable {
    let grounds: [Ground]

    var passes: Bool { failed.isEmpty && unknown.isEmpty }

    /// Only the reasons that carry the decision: all failures, else all that is unknown, else what was met.
    var reasons: [AssessmentReason] {
        if !failed.isEmpty { return failed }
        return unknown.isEmpty ? grounds.compactMap { if case .met(let reason) = $0 { reason } else { nil } } : unknown
    }

    func decision(approving approval: AllowanceDecision) -> AllowanceDecision {
        if !failed.isEmpty { return .refuse }
        return unknown.isEmpty ? approval : .cannotDecide
    }

    private var failed: [AssessmentReason] {
        grounds.compactMap { if case .failed(let reason) = $0 { reason } else { nil } }
    }

    private var unknown: [AssessmentReason] {
        grounds.compactMap { if case .unknown(let reason) = $0 { reason } else { nil } }
    }
}

extension [PropertyFinding] {
    /// Each failure and each unknown by itself; where all is well, one ground for the whole.
    var grounds: [Ground] {
        let troubled = compactMap { finding -> Ground? in
            switch finding.result {
            case .pass, .exempt: nil
            case .fail(let code, let remedy):
                .failed(.init(code, "\(finding.item)不符合当地规定：\(finding.sentence)", remedy: remedy, basis: finding.basis))
            case .unknown(let asks):
                .unknown(.init(.propertyUnknown, "\(finding.item)\(finding.sentence)", remedy: asks, basis: finding.basis))
            }
        }
        guard troubled.isEmpty else { return troubled }
        return [.met(.init(.propertyWithin, "家庭财产状况符合当地规定", basis: .socialAssistance("第九条")))]
    }

    var lines: [SheetLine] {
        map { finding in
            let outcome = switch finding.result {
            case .pass: "符合"
            case .fail: "不符合"
            case .exempt(let reason, let evidence): "豁免：\(reason)（\(evidence)）"
            case .unknown(let asks): asks
            }
            return SheetLine(
                .note, finding.item, "\(finding.sentence)，\(outcome)", basis: finding.basis, ruling: finding.ruling)
        }
    }
}
