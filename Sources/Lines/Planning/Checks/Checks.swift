import Commons
import Kernel
import Reading
import Values

// 数字核校：what the folder gives to the line.

let checkActions: [any Action.Type] = [CheckDraft.self]
let checkListings: [Listing] = [checkListing, checkRowListing]
let checkRecords: [any Record.Type] = [FigureCheck.self, FigureCheckRow.self]
let checkPages: [Page] = [checkPage]
let checkForms: [FormPage] = [checkForm]

let checkOffers: [any Offer] = [
    DocumentIntake("check", "核校文稿里的数", guidance: """
        上传或粘贴总结、汇报，逐个核对里面的数：相符、不符（给出应为多少）、请核对、查无依据。
        由本系统起草的总结连同记号和查验码一起上传，逐字核对，改过一位也看得出。
        只留文字和结果，不留文件；身份号码等长号码存前遮去。
        """, roles: CheckDraft.roles) { handed, counter, actor in
        let text = try DraftText(typed: handed.text), today = counter.clock.now().date, asked = handed.query["year"].flatMap { Int($0) }
        let named = asked == nil ? try await onReadingThread { usualYear(of: text.text) } : nil, year = asked ?? named ?? today.year
        let submission = Submission("planning.\(CheckDraft.name)", id: .make(at: counter.clock.now()), values: [
            "region": .typed(handed.query["region"] ?? actor.region.code), "year": .typed("\(year)"), "title": .typed(String(handed.name.prefix(100))), "text": .typed(text.text),
        ])
        let outcome = try await counter.submit(submission, as: actor).outcome
        guard let id = ID<FigureCheck>(rawValue: outcome.subject) else { throw Refusal.absent("没有留存核校结果，请重新上传") }
        return KeptDocument(id, link: outcome.link ?? "/planning/checks")
    },
]

/// The year that most of a text's numbers speak of; nil where it names none.
private func usualYear(of text: String) -> Int? {
    let years = DocumentReading(MarkedText(text).blanked).quantities.compactMap { $0.until?.year ?? $0.from?.year }.compactMap { Int($0) }
    return Dictionary(grouping: years) { $0 }.max { ($0.value.count, $0.key) < ($1.value.count, $1.key) }?.key
}
