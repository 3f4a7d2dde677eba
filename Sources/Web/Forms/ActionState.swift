import Kernel
import Pages
import Values

/// Everything an act's form shows at one moment; it is drawn again from this, with nothing lost.
struct ActionState: Sendable {
    var values: RawFields
    let subject: String?
    /// Made with the form; sending it twice does the act once.
    let act: ID<JournalEntry>
    /// The version of the subject that the person looks at.
    var version: Int?
    var problems: [Refusal.Problem] = []
    /// What the office said no to, when no single field is at fault.
    var notice: String?
    /// Said beside the buttons: 草稿保存于 14:32.
    var draftState = ""
    /// A draft saved earlier, offered for going on.
    var offeredDraft: Instant?

    /// Takes in a refusal: its problems at their fields, its message above.
    mutating func take(_ refusal: Refusal) {
        problems += refusal.problems
        if refusal.problems.isEmpty { notice = refusal.description }
    }
}

/// What was found in the registers for one drawing of a form.
struct ActionHelp: Sendable {
    let layout: FormLayout?
    let regions: [Choice]
    let files: [String: String]
    let version: Int?
    let today: CivilDate
    /// The case that the act belongs to: whose matter this is, and the way back to it.
    let file: LinkView?
}
