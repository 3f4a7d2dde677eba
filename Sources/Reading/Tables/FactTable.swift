/// 数据表。The quantities of a document as rows, with the columns of a register of facts.
public enum FactTable {
    public static let columns = [
        "id", "seed", "region", "period_start", "period_end", "kind", "business_line", "indicator", "value", "unit", "comparison", "previous_value", "sentence",
    ]

    /// - Parameters:
    ///   - code: a short name of the document, the first part of each id.
    public static func rows(_ reading: DocumentReading, code: String, region: String) -> [[String]] {
        reading.quantities.enumerated().map { index, quantity in
            [RowNumber.id("F", code, index + 1), code, region, quantity.from?.description ?? "", quantity.until?.description ?? "", quantity.kind.rawValue,
             BusinessLine.of(quantity), quantity.indicator, quantity.value?.description ?? "", quantity.unit, quantity.comparison.rawValue,
             quantity.previous?.description ?? "", quantity.sentence]
        }
    }
}

/// 任务表。The measures of a plan as rows: one for each figure it aims at, or one without.
public enum TargetTable {
    public static let columns = [
        "id", "seed", "region", "year", "section", "target_text", "indicator", "comparison", "value", "unit", "deadline", "leading_unit", "responsible_unit",
    ]

    public static func rows(_ plan: Plan, code: String, region: String) -> [[String]] {
        var rows: [[String]] = []
        for measure in plan.measures {
            let figures = measure.quantities.isEmpty ? [["", "", "", ""]] : measure.quantities.map { [$0.indicator, $0.comparison.rawValue, $0.value?.description ?? "", $0.unit] }
            for figure in figures {
                rows.append([RowNumber.id("T", code, rows.count + 1), code, region, measure.year ?? "", measure.path.joined(separator: ">"), measure.text]
                    + figure + [measure.deadline?.description ?? "", measure.duty.leading ?? "", measure.duty.responsible ?? ""])
            }
        }
        return rows
    }
}

enum RowNumber {
    /// F001-023.
    static func id(_ letter: String, _ code: String, _ number: Int) -> String {
        let digits = String(number)
        return "\(letter)\(code)-\(String(repeating: "0", count: max(0, 3 - digits.count)))\(digits)"
    }
}
