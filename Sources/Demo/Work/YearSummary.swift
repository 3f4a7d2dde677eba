import Kernel
import Values

/// 示范市的总结。One summary of 2024, drafted, reviewed and approved by three people, so that there is a number to follow down to its rows.
enum YearSummary {
    static func write(at office: Office, _ dice: inout Dice) async throws {
        guard office.knows("planning.draft-summary"), office.today >= CivilDate(written: 2024, 7, 10) else { return }
        let isWhole = office.today >= CivilDate(written: 2025, 1, 1), day = office.workday(before: 1)
        let drafted = try await office.act("planning.draft-summary", [
            "region": .typed("000181"), "year": .typed("2024"), "kind": .typed(isWhole ? "annual" : "half-year"),
        ], by: "zhengce", on: day, &dice)
        try await office.act("planning.review-summary", ["summary": .typed(drafted.subject)], by: "shenhe", on: day, &dice)
        try await office.act("planning.approve-summary", ["summary": .typed(drafted.subject)], by: "juzhang", on: day, &dice)
    }
}
