import Commons
import Kernel
import Pages
import Storage
import Values

/// What a form needs from the registers to be drawn: the regions to choose among and the names of uploaded files.
extension Reader {
    /// Regions within the actor's own, with their codes; none when they are too many for a list.
    func regionChoices() throws -> [Choice] {
        let regions = try regionNames(below: actor.region)
        guard regions.count <= 400 else { return [] }
        return regions.map { Choice(code: $0.code, label: "\($0.name)（\($0.code)）") }
    }

    /// What a filter by region offers: all within the actor's own where they are few, otherwise the next level down and
    /// what lies in the region that is chosen, so that a city is narrowed step by step.
    func regionChoices(near chosen: String?) throws -> [Choice] {
        let scope = actor.region, inside = chosen.flatMap { try? RegionCode(typed: $0) }
        let regions = try regionNames(below: scope)
        let shown = regions.count <= 60 ? regions : regions.filter { region in
            guard let code = try? RegionCode(region.code) else { return false }
            return code == scope || code.parent == scope || code == inside || code.parent == inside || (inside?.ancestors.contains(code) ?? false)
        }
        return shown.map { Choice(code: $0.code, label: "\($0.name)（\($0.code)）") }
    }

    /// 「范某某户 DB2024-000123」; nil where the subject is no case, or one of another region.
    func fileLink(_ subject: String) throws -> LinkView? {
        guard let file = try caseFile(id: subject), actor.covers(file.region) else { return nil }
        return LinkView("\(file.title) \(file.number)", href: "\(try house.process(file.process).path)/\(file.id)")
    }

    func filenames(of attachments: [String]) throws -> [String: String] {
        var names: [String: String] = [:]
        for text in Set(attachments) {
            guard let id = ID<Attachment>(rawValue: text) else { continue }
            names[text] = try first(Attachment.self, where: "id = \(id)")?.filename
        }
        return names
    }
}

extension Outline {
    /// Whether a region is asked for anywhere.
    var asksForRegion: Bool {
        fields.contains { field in
            switch field.content {
            case .value: field.nature == .region && field.origin == .asked
            case .group(let outline), .rows(let outline): outline.asksForRegion
            }
        }
    }
}
