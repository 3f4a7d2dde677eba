import Values

/// 家庭类别的建议：A、B、C 类，供经办人员认定时参考。
///
/// Local practice, not national law: A 类无劳动能力且重残、重病、老幼；B 类有部分劳动能力，因病因残因学困难；C 类暂时困难。
func suggestedClass(_ members: [MemberFacts], under law: AllowanceLaw, on date: CivilDate) -> ClassSuggestion {
    let able = members.filter { $0.canWork(under: law, on: date) }
    guard !able.isEmpty else {
        return ClassSuggestion(value: .a, reason: "计入的家庭成员均无劳动能力，建议列为 A 类")
    }
    let burdened = members.filter { $0.isBurden(under: law, on: date) }
    guard burdened.isEmpty else {
        let names = burdened.map(\.name).joined(separator: "、")
        return ClassSuggestion(value: .b, reason: "有劳动能力 \(able.count) 人，同时有老、幼、病、残、学的成员（\(names)），建议列为 B 类")
    }
    return ClassSuggestion(value: .c, reason: "计入的家庭成员均有劳动能力，困难属于暂时，建议列为 C 类")
}

extension MemberFacts {
    /// As assessed; else by work, age (16 to 59), study, severe disability and illness. An unknown age is taken as working age.
    fileprivate func canWork(under law: AllowanceLaw, on date: CivilDate) -> Bool {
        if let ableToWork { return ableToWork }
        let isOfAge = birth.map { (16..<60).contains($0.age(on: date)) } ?? true
        let isHindered = law.severeDisability.value.covers(disability) || seriouslyIll || study.fullTime
        return employed || (isOfAge && !isHindered)
    }

    fileprivate func isBurden(under law: AllowanceLaw, on date: CivilDate) -> Bool {
        let isYoungOrOld = birth.map { !(16..<60).contains($0.age(on: date)) } ?? false
        return isYoungOrOld || disability != nil || seriouslyIll || study.level != .none || ableToWork == false
    }
}
