import Commons
import Kernel
import Values

/// 文稿。A document as it was handed in: its words, kept whole. What was read from it stands in `document_heading`, `document_passage` and `document_aim`.
struct PlanDocument: Placed {
    let id: ID<PlanDocument>
    let region: RegionCode
    let name: String
    let format: String
    let title: String
    let year: Int?
    let characters: Int
    let text: String
    let keptBy: ID<Actor>
    let keptByName: String
    let keptAt: Instant

    static let table = "plan_document"
    static let title = "文稿"
    static let shape = Shape<PlanDocument> {
        Field(.id, \.id)
        Field(.region, \.region)
        Field(.documentName, \.name)
        Field(.documentFormat, \.format)
        Field(.documentTitle, \.title)
        Field(.planYear, \.year)
        Field(.characters, \.characters)
        Field(.documentText, \.text)
        Field(.keptBy, \.keptBy)
        Field(.keptByName, \.keptByName)
        Field(.keptAt, \.keptAt)
    }
}

extension PlanDocument {
    init(from reading: Reading<PlanDocument>) throws(Refusal) {
        id = try reading(.id)
        region = try reading(.region)
        name = try reading(.documentName)
        format = try reading(.documentFormat)
        title = try reading(.documentTitle)
        year = try reading(.planYear)
        characters = try reading(.characters)
        text = try reading(.documentText)
        keptBy = try reading(.keptBy)
        keptByName = try reading(.keptByName)
        keptAt = try reading(.keptAt)
    }
}
