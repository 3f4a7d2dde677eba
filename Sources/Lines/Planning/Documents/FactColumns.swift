import Reading

/// The columns of the registers of facts and targets, as `figures read --csv` and `plan read --csv` write them.
enum FactColumns {
    static let all = FactTable.columns
    static let targets = TargetTable.columns
}
