import Kernel
import Storage
import Values

/// 原系统编号。What a thing was called in an older register, for later tables to find it by.
public enum OutsideNumber: String, Sendable {
    /// 户号.
    case household
}

extension Reader {
    public func outsideNumber<R>(_ kind: OutsideNumber, _ number: String) throws -> ID<R>? {
        try connection.value("SELECT owner FROM outside_number WHERE kind = \(kind.rawValue) AND number = \(number)")
    }
}

extension Desk {
    /// - Returns: whether it is new. - Throws: `.conflict` when something else bears it.
    public func noteOutsideNumber<R>(_ kind: OutsideNumber, _ number: String, of owner: ID<R>, _ batch: ImportBatch) throws -> Bool {
        if let known: ID<R> = try outsideNumber(kind, number) {
            guard known == owner else { throw Refusal.conflict("原系统编号 \(number) 已被另一条登记使用") }
            return false
        }
        try connection.run("INSERT INTO outside_number (kind, number, owner, import_id) VALUES (\(kind.rawValue), \(number), \(owner), \(batch.origin))")
        return true
    }
}

extension ImportRow {
    /// What the house has already.
    func required<R>(match: R.Type) throws(Refusal) -> ID<R> {
        guard let id = self.match.flatMap(ID<R>.init(rawValue:)) else { throw .absent("原有的登记不在了，请重新核对") }
        return id
    }

    /// The person a row speaks of, by index and name; a fault at the column where there is none.
    public mutating func person(_ index: Int, named name: Int, at term: String, _ reader: Reader) throws -> ID<Person>? {
        guard let number = values[index], let person = try reader.person(indexed: number) else {
            refuse(term, "系统里没有这个身份号码的人，请先导入人员，或核对号码")
            return nil
        }
        guard person.name.text == values[name] else {
            refuse(term, "身份号码和姓名对不上，请核对证件")
            return nil
        }
        return person.id
    }
}
