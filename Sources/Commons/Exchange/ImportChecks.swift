import Kernel
import Storage
import Values

extension ImportGround {
    /// What is wrong with a row's region: nobody registered it, or it lies outside the duty of who brings the table.
    public func problem(with region: RegionCode, at term: String) -> Refusal.Problem? {
        if !actor.covers(region) { return .init([term], "区划 \(region.code) 不在您的管辖范围内，请删去这一行或者请所属区域导入") }
        if !regions.contains(region) { return .init([term], "区划代码 \(region.code) 没有登记或已撤并，请核对；新区划请先导入「行政区划」") }
        return nil
    }

    /// The blind index of a value, as it stands in tables.
    public func index<Value: FieldValue>(_ value: Value) throws(Refusal) -> String {
        do { return try keyring.index(value).storedText } catch { throw Self.unsealable }
    }

    public func seal<Value: FieldValue>(_ value: Value) throws(Refusal) -> String {
        do { return try keyring.seal(value).storedText } catch { throw Self.unsealable }
    }

    private static let unsealable = Refusal.busy("密钥用不了，请联系系统管理员核对密钥文件")
}

extension FieldValue {
    /// The stored face of a value that is kept as text.
    var storedText: String {
        switch stored {
        case .text(let text): text
        case .integer(let number): String(number)
        case .null: ""
        }
    }
}

extension ImportRow {
    /// A value that was drafted, read again.
    public func value<Value: FieldValue>(_ index: Int) throws(Refusal) -> Value? {
        guard index < values.count, let text = values[index] else { return nil }
        return try Value(stored: .text(text))
    }

    /// - Throws: when it was never drafted.
    public func required<Value: FieldValue>(_ index: Int) throws(Refusal) -> Value {
        guard let value: Value = try value(index) else { throw .absent("暂存的行缺少数据，请取消后重新上传") }
        return value
    }
}

extension ImportTally {
    /// Enters a row in a savepoint of its own; a no of the house is kept with the line.
    public mutating func add(_ row: ImportRow, at desk: Desk, _ enter: (inout ImportTally) throws -> Void) throws {
        var tally = self
        do {
            try desk.connection.savepoint { try enter(&tally) }
            self = tally
        } catch let refusal as Refusal where refusal.kind != .busy {
            refused.append(Change(row.line, refusal.message))
        }
    }
}

extension Reader {
    /// The person who bears a number, by its blind index, under the file that stands for him.
    func person(indexed index: String) throws -> (id: ID<Person>, name: PersonName)? {
        let found = try connection.first("SELECT coalesce(merged_into, id), name FROM person WHERE resident_index = \(index)") {
            (id: try $0.read(0) as ID<Person>, name: try $0.read(1) as PersonName)
        }
        return found
    }
}
