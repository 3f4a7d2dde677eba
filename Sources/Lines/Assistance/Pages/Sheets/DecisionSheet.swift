import Commons
import Kernel
import Pages
import Values

/// 决定的文书。One A4 page: the decision in its first sentence, who counts and why, the arithmetic, the articles, how to object.
extension Reader {
    func sheet(of decision: Decision, _ title: String, number: String) throws -> Sheet {
        let parties = try parties(of: decision)
        let office = try office(in: decision.region, level: parties.level, on: decision.decidedOn)
        return Sheet(
            unit: office.unit, title: title, number: number, addressee: parties.addressee,
            body: (try sentences(of: decision, parties, office) + [office.delegation]).compactMap(\.self),
            particulars: [decision.particulars, decision.reckoning].compactMap(\.self).map { .table($0) }, basis: decision.grounds.texts,
            objection: Remedies(office: office, decidedOn: decision.decidedOn, deliveredOn: decision.deliveredOn).text(calendar),
            signatures: ["被送达人签名", "送达人签名"], date: decision.decidedOn.shown, traceCode: decision.id.traceCode)
    }

    private func parties(of decision: Decision) throws -> Parties {
        if let application = try ID<Application>(rawValue: decision.caseID).flatMap({ id in try first(Application.self, where: "id = \(id)") }) {
            return Parties(addressee: try find(application.applicant).name.shown, area: application.area, isSingle: application.ground != nil, level: application.level,
                           appliedOn: application.appliedOn, allowance: try first(Allowance.self, where: "application_id = \(application.id)"))
        }
        guard let allowance = try ID<Allowance>(rawValue: decision.caseID).flatMap({ id in try first(Allowance.self, where: "id = \(id)") }) else {
            throw Refusal.absent("找不到这份决定的办件")
        }
        let level = try allowance.application.map { try find($0).level } ?? nil
        return Parties(addressee: try find(allowance.head).name.shown, area: allowance.area, isSingle: allowance.ground != nil, level: level, appliedOn: nil, allowance: allowance)
    }

    private func sentences(of decision: Decision, _ parties: Parties, _ office: SheetOffice) throws -> [String] {
        switch decision.kind {
        case .confirmed: confirmed(decision, parties, office)
        case .refused: refused(decision, parties)
        case .terminated: ["您于\(parties.appliedOn?.shown ?? "")提出的\(parties.title)申请，决定终止审核确认：\(decision.note?.text ?? "")", "情况改变、愿意配合调查核实的，可以重新申请。"]
        case .adjusted, .repriced: adjusted(decision, parties)
        case .gradualExit: ["您家庭因成员就业，人均收入已高于最低生活保障标准，决定自\(decision.fromShown)起进入渐退期，渐退期内仍按下表发放，期满停止发放。", decision.told]
        case .stopped: stopped(decision, parties)
        case .corrected, .revoked: try corrected(decision, parties)
        case .firstOpinion, .reviewed: []
        }
    }

    private func confirmed(_ decision: Decision, _ parties: Parties, _ office: SheetOffice) -> [String] {
        let who = parties.isSingle ? "您参照“单人户”" : "您家庭（计入的共同生活家庭成员 \(decision.members.count { $0.isCounted }) 人）"
        let review = parties.allowance.map { "您家庭列为 \($0.householdClass.rawValue) 类，\($0.nextReview.shown)复核。" } ?? ""
        return ["经审核，同意将\(who)纳入\(parties.title)，自\(decision.fromShown)起每月发放 \(decision.monthly.shown)。",
                "\(review)家庭人口、收入、财产发生变化的，请及时告诉\(office.township)；隐瞒变化多领的保障金须退回。"]
    }

    private func refused(_ decision: Decision, _ parties: Parties) -> [String] {
        let remedies = decision.reasons.compactMap(\.remedy)
        let differ = remedies.isEmpty ? nil : "下列事实改变后，可以重新申请：\(remedies.joined(separator: "；"))。"
        return ["您于\(parties.appliedOn?.shown ?? "")提出的\(parties.title)申请，经审核，决定不予确认。", decision.whys, differ].compactMap(\.self)
    }

    private func stopped(_ decision: Decision, _ parties: Parties) -> [String] {
        let before = decision.previous.map { "（原每月 \($0.shown)）" } ?? ""
        return ["决定自\(decision.fromShown)起停止发放您家庭的\(parties.title)金\(before)。", decision.whys, decision.arrears,
                "家庭困难、又符合条件的，可以重新申请。"].compactMap(\.self)
    }

    /// Which decision, what was wrong in it, and what holds instead.
    private func corrected(_ decision: Decision, _ parties: Parties) throws -> [String] {
        let original = try decision.corrects.map { try find($0) }
        let which = original.map { "我们于\($0.decidedOn.shown)作出的“\($0.sheetTitle ?? $0.kind.label)”" } ?? "原决定"
        let instead: String
        if decision.kind == .corrected {
            instead = "现予更正：您家庭的\(parties.title)金自\(decision.fromShown)起每月 \(decision.monthly.shown)，原为每月 \(decision.previous?.shown ?? "")。"
        } else if decision.from == nil {
            instead = "现予撤销：您的申请恢复办理，我们重新调查核实后另行作出决定。"
        } else {
            instead = "现予撤销：自\(decision.fromShown)起不应发放\(parties.title)金。"
        }
        return ["\(which)认定有误。\(instead)", decision.whys, decision.told, decision.arrears].compactMap(\.self).filter { !$0.isEmpty }
    }

    private func adjusted(_ decision: Decision, _ parties: Parties) -> [String] {
        let why = decision.kind == .repriced ? "因保障标准调整" : "因家庭情况变化"
        let change = decision.isReduced ? "减为" : decision.previous == decision.monthly ? "仍为" : "增为"
        let before = decision.previous.map { "由每月 \($0.shown)" } ?? ""
        return ["\(why)，您家庭的\(parties.title)金自\(decision.fromShown)起\(before)\(change)每月 \(decision.monthly.shown)。", decision.told, decision.arrears]
            .compactMap(\.self).filter { !$0.isEmpty }
    }
}

/// To whom a decision is addressed, and on what.
private struct Parties {
    let addressee: String
    let area: Area
    let isSingle: Bool
    let level: ConfirmationLevel?
    let appliedOn: CivilDate?
    let allowance: Allowance?

    var title: String { "\(area.label)最低生活保障" }
}

extension Decision {
    fileprivate var fromShown: String { from?.shown ?? "本月" }
    fileprivate var told: String { note.map { "理由：\($0.text)" } ?? "" }
    /// What the months before were paid too much or too little.
    fileprivate var arrears: String? { lines.last { $0.label == LineEntry.differenceTotal }?.detail.map { "此前月份的差额：\($0)。" } }
    fileprivate var whys: String { "理由：\(reasons.map(\.sentence).joined(separator: "；"))。" }

    /// Who counts and who doesn't, each with the reason and its article.
    fileprivate var particulars: Sheet.Table? {
        guard !members.isEmpty, kind != .repriced, kind != .gradualExit else { return nil }
        return Sheet.Table("家庭成员的认定", columns: [.init("姓名"), .init("认定"), .init("理由"), .init("依据", .code)],
                           texts: members.map { [$0.name, $0.isCounted ? "计入" : "不计入", $0.reason, mark($0.basis)] })
    }

    fileprivate var reckoning: Sheet.Table? {
        let shown = lines.reckoned
        guard !shown.isEmpty else { return nil }
        return Sheet.Table(ArithmeticView("核算（按\(lawOn.shown)的规定）", shown.map {
            .init($0.label, $0.amount ?? "", detail: $0.detail ?? "", basis: mark($0.basis), isTotal: $0.kind == .total)
        }))
    }

    /// Every document the decision rests on, each once, with all its articles.
    fileprivate var grounds: Grounds {
        Grounds([article].compactMap(\.self) + reasons.map(\.basis) + members.map(\.basis) + lines.reckoned.compactMap(\.basis))
    }

    /// The article that this kind of decision is made under.
    private var article: String? {
        let isOld = Edition.inForce(on: lawOn) == .rules2012
        switch kind {
        case .confirmed, .refused: return (isOld ? Citation.approval2012("第二十九条") : .confirmation2021("第二十一条")).text
        case .terminated: return isOld ? nil : Citation.confirmation2021("第二十九条").text
        case .adjusted, .repriced, .corrected: return (isOld ? Citation.socialAssistance("第十三条") : .confirmation2021("第三十二条")).text
        case .gradualExit: return isOld ? nil : Citation.confirmation2021("第三十三条").text
        case .stopped, .firstOpinion, .reviewed, .revoked: return nil
        }
    }

    private func mark(_ basis: String?) -> String {
        basis.map(grounds.mark) ?? ""
    }
}
