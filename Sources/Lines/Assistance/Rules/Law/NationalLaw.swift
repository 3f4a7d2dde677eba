import Values

extension AllowanceLaw {
    /// 国家规定：what an edition settles by itself, before a place adds its rates and choices.
    ///
    /// The 2012 procedure had no gradual exit, no number for a poor single person's family, and reviewed unstable
    /// households monthly in towns and quarterly in the country (民发〔2012〕220号第三十三条).
    static func national(
        _ edition: Edition, residence: Residence, method: Ruled<AllowanceMethod>, standard: Ruled<Standard>?
    ) -> AllowanceLaw {
        let source = edition == .rules2021 ? Citation.confirmation2021() : .approval2012()
        var law = AllowanceLaw(edition: .init(edition, source: source), method: method, standard: standard)
        guard edition == .rules2012 else { return law }
        law.severeDisability = .init(.firstTwoGrades, source: .approval2012("第十条"))
        law.uncounted = .init(IncomeKind.uncountedNationally.subtracting([.basicPension]), source: .approval2012())
        law.single = .init(SinglePersonLaw(limits: [:], exemptsSiblingsAndElders: false), source: .approval2012("第十条"))
        law.start = .init(.nextMonthAfterDecision, source: .approval2012("第二十九条"))
        law.gradualExit = .init(GradualExit(shares: []), source: .systemDefault)
        law.reviewMonths = .init([.a: 12, .b: 6, .c: residence == .urban ? 1 : 3], source: .approval2012("第三十三条"))
        law.deadlines = .national2012
        return law
    }
}
