import Values

/// What a workbook says of itself: its sheets, its calendar and where its parts lie.
struct WorkbookParts {
    struct Sheet {
        let name: String
        let isVisible: Bool
        let part: String
    }

    private(set) var sheets: [Sheet] = []
    private(set) var startsIn1904 = false
    private(set) var sharedStrings: String?
    private(set) var styles: String?

    init(_ archive: ZipArchive) throws(Refusal) {
        let start = try Self.relations(of: "", in: archive).first { $0.kind == "officeDocument" }?.target ?? "xl/workbook.xml"
        guard let part = try archive.part(start) else { throw .invalid("这个文件不是 .xlsx 电子表格，请在表格软件中另存为 .xlsx 后重新上传") }
        guard !start.hasSuffix(".bin") else { throw .invalid("文件是 .xlsb 二进制格式，请在表格软件中另存为 .xlsx 后重新上传") }
        let relations = try Self.relations(of: start, in: archive)
        sharedStrings = relations.first { $0.kind == "sharedStrings" }?.target
        styles = relations.first { $0.kind == "styles" }?.target
        let places = Dictionary(relations.filter { $0.kind == "worksheet" }.map { ($0.id, $0.target) }, uniquingKeysWith: { first, _ in first })
        try readSheets(XMLScanner(part), places)
    }

    /// The one asked for by name, or the first visible one.
    func sheet(_ name: String?) throws(Refusal) -> Sheet {
        let visible = sheets.filter(\.isVisible)
        guard let name else {
            guard let first = visible.first else { throw .invalid("文件里没有可见的工作表，请取消隐藏后重新上传") }
            return first
        }
        guard let sheet = visible.first(where: { $0.name == name }) else {
            throw .absent("文件里没有名为「\(name)」的可见工作表，请核对工作表名称")
        }
        return sheet
    }

    private mutating func readSheets(_ xml: XMLScanner, _ places: [String: String]) throws(Refusal) {
        while true {
            switch try xml.next() {
            case .end: return
            case .opening where xml.isNamed("sheet"):
                guard sheets.count < 1000 else { throw .tooLarge("文件里的工作表过多，请只留下要上传的一张") }
                guard let name = try xml.text(of: "name"), let part = places[try xml.text(of: "id") ?? ""] else { continue }
                let state = try xml.text(of: "state") ?? "visible"
                sheets.append(Sheet(name: name, isVisible: state == "visible", part: part))
            case .opening where xml.isNamed("workbookPr"):
                startsIn1904 = ["1", "true"].contains(try xml.text(of: "date1904") ?? "")
            default: continue
            }
        }
    }

    private struct Relation {
        let id, kind, target: String
    }

    private static func relations(of part: String, in archive: ZipArchive) throws(Refusal) -> [Relation] {
        let folder = part.lastIndex(of: "/").map { String(part[...$0]) } ?? ""
        let name = "\(folder)_rels/\(part.dropFirst(folder.count)).rels"
        guard let file = try archive.part(name) else { return [] }
        let xml = try XMLScanner(file)
        var relations: [Relation] = []
        while true {
            switch try xml.next() {
            case .end: return relations
            case .opening where xml.isNamed("Relationship"):
                guard let id = try xml.text(of: "Id"), let type = try xml.text(of: "Type"), let target = try xml.text(of: "Target"),
                      relations.count < 10_000, try xml.text(of: "TargetMode") != "External" else { continue }
                let kind = type.split(separator: "/").last.map(String.init) ?? ""
                relations.append(Relation(id: id, kind: kind, target: resolve(target, from: folder)))
            default: continue
            }
        }
    }

    /// A name inside the package, whichever way it is written.
    private static func resolve(_ target: String, from folder: String) -> String {
        var steps: [Substring] = []
        for step in (target.hasPrefix("/") ? target : folder + target).split(separator: "/") {
            if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}
