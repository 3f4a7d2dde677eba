import Kernel
import Storage
import Values

/// 找到的记录。What somebody named by its address, id, case number or ID number: where it belongs and where it is read.
struct FoundRecord: Sendable, Hashable {
    let id: String
    /// 人员、办件…
    let title: String
    let region: RegionCode
    /// The page it is read on, when it was named by its address or has one.
    let link: String?
}

extension Reader {
    /// One record of any line, inside or outside the reader's region; nil when nothing bears that name.
    func foundRecord(_ text: String) throws -> FoundRecord? {
        let asked = text.filter { !$0.isWhitespace }
        if let number = try? ResidentID(typed: asked), let person = try person(with: number) {
            return FoundRecord(id: person.id.text, title: Person.title, region: person.region, link: "/people/persons/\(person.id.text)")
        }
        let path = asked.firstRange(of: "/").map { String(asked[$0.lowerBound...].prefix { $0 != "?" && $0 != "#" }) }
        let name = path.flatMap { $0.split(separator: "/").last.map(String.init) } ?? asked
        if let file = try caseFiles(where: "id = \(name) OR number = \(name.uppercased()) LIMIT 1").first {
            return FoundRecord(id: file.id, title: "办件 \(file.number)", region: file.region, link: try link(to: file))
        }
        for record in house.lines.flatMap(\.records) where record.isPlaced {
            let region: RegionCode? = try connection.value("SELECT region FROM \(Statement(identifier: record.table)) WHERE id = \(name)")
            if let region { return FoundRecord(id: name, title: record.title, region: region, link: path.flatMap(pagePath) ?? pagePath(of: name, in: record)) }
        }
        return nil
    }

    /// The path, when a page of the house stands there.
    private func pagePath(_ path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        guard let slash = path.firstIndex(of: "/"), let first = parts.firstIndex(where: { house.line($0) != nil }) else { return nil }
        let rest = parts[(first + 1)...], isPage = house.line(parts[first])?.pages.contains { page in
            let pattern = page.path.split(separator: "/")
            return pattern.count == rest.count && zip(pattern, rest).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        } ?? false
        return isPage ? String(path[slash...]) : nil
    }

    /// `person` is read at `persons/{id}`: the page whose name begins like the table.
    private func pagePath(of id: String, in record: AnyRecord) -> String? {
        let kebab = String(record.table.map { $0 == "_" ? "-" : $0 })
        for line in house.lines {
            if let page = line.pages.first(where: { $0.path == "\(kebab)s/{id}" }) { return "/\(line.name)/\(page.path.prefix { $0 != "{" })\(id)" }
        }
        return nil
    }
}
