import Kernel
import Storage
import Values

/// One cell of their form.
public enum OutboundCell: Sendable, Hashable {
    case text(String)
    case integer(Int64)
    case money(Money)
}

extension OutboundColumn {
    /// What doesn't fit the listing, by field.
    func problems(in listing: Listing) -> [(field: String, message: String)] {
        switch source {
        case .serial, .blank: return []
        case .constant: return text == nil ? [("text", "请写出固定文字")] : []
        case .column, .codes, .joined:
            var problems: [(field: String, message: String)] = names.compactMap { name in
                listing.place(of: name) == nil ? ("columns", "「\(listing.title)」没有「\(name)」这一列，可选的有：\(listing.columns.fields.map(\.label).joined(separator: "、"))") : nil
            }
            if names.isEmpty { problems.append(("columns", "请写出是本系统的哪一列")) }
            if source != .joined, names.count > 1 { problems.append(("columns", "只能是一列；几列连在一起的，请选“几列连在一起”")) }
            if source == .codes, codes.isEmpty { problems.append(("text", "请写出代码对照，一行一对，如 在保=01")) }
            return problems
        }
    }

    /// - Throws: `.gap` for a value of ours that has no code of theirs: a cell is never left empty in silence.
    func cell(_ row: ListingRow, _ cells: [String], of listing: Listing, number: Int) throws(Refusal) -> OutboundCell {
        switch source {
        case .serial: return .integer(Int64(number))
        case .blank: return .text("")
        case .constant: return .text(text?.text ?? "")
        case .joined: return .text(names.compactMap { listing.place(of: $0).map { cells[$0] } }.filter { !$0.isEmpty }.joined(separator: text?.text ?? ""))
        case .column:
            guard let place = listing.place(of: names.first ?? "") else { return .text("") }
            return Self.typed(row.raw[listing.columns.fields[place].name], listing.columns.fields[place], cells[place])
        case .codes:
            guard let place = listing.place(of: names.first ?? "") else { return .text("") }
            let field = listing.columns.fields[place]
            guard !cells[place].isEmpty else { return .text("") }
            guard let code = row.raw.text(field.name).flatMap({ codes[$0] }) ?? codes[cells[place]] else {
                throw .gap("「\(field.label)」的「\(cells[place])」没有对照代码（第 \(number) 行），请在方案的「\(header)」一列补上")
            }
            return .text(code)
        }
    }

    private static func typed(_ raw: Raw?, _ field: FieldOutline, _ shown: String) -> OutboundCell {
        guard case .stored(.integer(let number))? = raw, case .value(let kind, _) = field.content else { return .text(shown) }
        switch kind {
        case .money: return .money(Money(fen: number))
        case .integer: return .integer(number)
        default: return .text(shown)
        }
    }
}

extension Listing {
    /// By name, or as people read it.
    func place(of column: String) -> Int? { columns.fields.firstIndex { $0.name == column } ?? columns.fields.firstIndex { $0.label == column } }
}

/// 表头对照。Finds our column for each of their headings: the same words, or one within the other.
struct OutboundGuess {
    let listing: Listing

    init(_ listing: Listing) { self.listing = listing }

    func field(_ header: String) -> FieldOutline? {
        let plain = Self.plain(header), fields = listing.columns.fields.filter { $0.origin == .asked }
        guard !plain.isEmpty else { return nil }
        return fields.first { Self.plain($0.label) == plain } ?? fields.first { plain.contains(Self.plain($0.label)) || Self.plain($0.label).contains(plain) }
            ?? fields.first { $0.label == Self.synonyms[plain] }
    }

    private static let synonyms = [
        "身份证号": "公民身份号码", "身份证号码": "公民身份号码", "证件号码": "公民身份号码", "手机号": "联系电话", "电话": "联系电话",
        "家庭住址": "住址", "出生年月": "出生日期",
    ]

    private static func plain(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }

    func values(for template: OutboundTemplate) -> RawFields {
        let rows = template.headerList.enumerated().map { place, header -> RawRow in
            let isSerial = ["序号", "编号", "No"].contains(header), field = isSerial ? nil : field(header)
            let source: OutboundSource = isSerial ? .serial : field == nil ? .blank : .column
            var values: RawFields = ["header": .typed(header), "source": .typed(source.rawValue)]
            if let field { values["columns"] = .typed(field.label) }
            return RawRow(key: "c\(place + 1)", fields: values)
        }
        return ["listing": .typed(template.listing), "template": .typed(template.id.text), "whole": .typed("0"), "outbound_columns": .rows(rows)]
    }
}

// MARK: Rows

extension Counter {
    /// Their rows, slice after slice, within the person's own region and masked unless the profile was approved to carry them whole.
    /// - Returns: how many rows there were.
    @discardableResult
    public func eachOutboundRow(of profile: OutboundProfile, as actor: Actor, _ body: ([[OutboundCell]]) async throws -> Void) async throws -> Int {
        try profile.requireApproved()
        let listing = try house.listing(named: profile.listing), isWhole = profile.isWhole
        var number = 0
        try await eachSlice(of: listing, profile.request, as: actor) { rows in
            let cells = isWhole ? try await read(as: actor) { reader in try rows.map { try listing.wholeCells($0, reader) } } : rows.map(\.cells)
            var filled: [[OutboundCell]] = []
            for (row, cells) in zip(rows, cells) {
                number += 1
                filled.append(try profile.columns.map { column throws(Refusal) in try column.cell(row, cells, of: listing, number: number) })
            }
            try await body(filled)
        }
        return number
    }

    public func outboundProfile(named name: String, as actor: Actor) async throws -> OutboundProfile {
        let found = try await read(as: actor) { try $0.first(OutboundProfile.self, where: "name = \(name) AND \($0.within("region"))") }
        guard let found else { throw Refusal.absent("没有「\(name)」这个报送方案，请核对名称") }
        return found
    }

    public func outboundTemplate(of profile: OutboundProfile) async throws -> OutboundTemplate? {
        guard let id = profile.template else { return nil }
        return try await read(as: .house) { try $0.first(OutboundTemplate.self, where: "id = \(id)") }
    }

    /// The profile of a run that this person did within the last ten minutes.
    public func outboundRun(_ act: ID<JournalEntry>, as actor: Actor) async throws -> (profile: OutboundProfile, reason: String) {
        let since = clock.now().adding(seconds: -600)
        return try await read(as: actor) { reader in
            let run = try reader.connection.first("SELECT profile, version, reason FROM outbound_run WHERE act = \(act) AND actor = \(actor.user) AND at > \(since)") { row in
                (id: try row.read(0) as ID<OutboundProfile>, version: try row.read(1) as Int, reason: try row.read(2) as String)
            }
            guard let run else { throw Refusal.absent("这次导出已超过十分钟，或不是您办理的。请重新按方案导出") }
            let profile = try reader.find(run.id)
            guard profile.version == run.version else { throw Refusal.conflict("方案在登记导出之后改过，请核对后重新导出") }
            return (profile, run.reason)
        }
    }

    /// Notes what left the house, before it does.
    public func noteOutbound(_ profile: OutboundProfile, rows: Int, reason: String, by actor: Actor) async throws {
        let detail = "\(profile.isWhole ? "不脱敏" : "脱敏")，报送\(profile.authority)，事由：\(reason)"
        try await access.write(AccessNote(.export, profile.listing, subject: profile.id.text, detail: detail, rows: rows), by: actor, at: clock.now())
    }

    public func keepTemplate(_ listing: String, filename: String, headerLine: Int, headers: [String], content: String?,
                             by actor: Actor) async throws -> ID<OutboundTemplate> {
        let id = ID<OutboundTemplate>.make(at: clock.now())
        try house.listing(named: listing).require(actor)
        guard Set<Role>.reporters.contains(actor.role) else { throw Refusal.forbidden("报送方案由\(Set<Role>.reporters.labels)制作，您的岗位是\(actor.role.label)") }
        let texts = headers.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }.map { $0.isEmpty ? "（空）" : $0 }.joined(separator: "\n")
        try await database.write { connection in
            try connection.run("""
                INSERT INTO outbound_template (id, listing, filename, header_line, headers, content)
                VALUES (\(id), \(listing), \(filename), \(headerLine), \(texts), \(content))
                """)
        }
        return id
    }
}
