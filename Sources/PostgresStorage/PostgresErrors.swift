import CPQ
import Storage

extension StorageError {
    /// By the server's SQLSTATE. Names of tables and columns are told, values never.
    init(_ result: OpaquePointer?, on connection: OpaquePointer, running sql: String) {
        guard PQstatus(connection) == CONNECTION_OK else {
            self = .connection("与数据库的连接中断")
            return
        }
        let state = Self.field(result, Int32(UInt8(ascii: "C"))) ?? ""
        let table = Self.field(result, Int32(UInt8(ascii: "t"))) ?? ""
        switch state {
        case "23505": self = .unique(Self.columns(table, Self.field(result, Int32(UInt8(ascii: "D"))) ?? ""))
        case "23503": self = .foreignKey
        case "23502": self = .notNull("\(table).\(Self.field(result, Int32(UInt8(ascii: "c"))) ?? "")")
        case "23514": self = .check(Self.field(result, Int32(UInt8(ascii: "n"))) ?? table)
        case "22P02", "22003", "42804": self = .check("类型不符")
        case "40001", "40P01": self = .serialization
        case "0A000" where Self.isStalePlan(result): self = .serialization
        case "55P03": self = .busy
        case "53100": self = .full
        case "58030", "53200", "XX001", "XX002": self = .io(state)
        case "57014": self = .tooSlow
        // A server that became a standby takes no writes: another one does. A write in a reading is our mistake.
        case "25006" where Self.isStandby(connection): self = .connection("服务器已转为备库")
        case "26000", "53300", "57P01", "57P02", "57P03", "25P03": self = .connection("服务器答复 \(state)")
        case _ where state.hasPrefix("08"): self = .connection("服务器答复 \(state)")
        case movingState: self = .moving(Self.field(result, Int32(UInt8(ascii: "M"))) ?? "")
        default: self = .other("\(Self.field(result, Int32(UInt8(ascii: "M"))) ?? "")（\(state)）：\(sql)")
        }
    }

    /// A prepared statement whose table was changed meanwhile: prepared anew, it runs.
    static func isStalePlan(_ result: OpaquePointer?) -> Bool {
        field(result, Int32(UInt8(ascii: "R"))) == "RevalidateCachedQuery"
    }

    private static func isStandby(_ connection: OpaquePointer) -> Bool {
        PQparameterStatus(connection, "in_hot_standby").map { String(cString: $0) == "on" } ?? false
    }

    private static func field(_ result: OpaquePointer?, _ code: Int32) -> String? {
        PQresultErrorField(result, code).map { String(cString: $0) }
    }

    /// `Key (person, month)=(…) already exists.` speaks of `claim.person, claim.month`. The values behind are left out.
    private static func columns(_ table: String, _ detail: String) -> String {
        guard let open = detail.firstIndex(of: "("), let close = detail.firstRange(of: ")=(") else { return table }
        let names = detail[detail.index(after: open) ..< close.lowerBound].split(separator: ", ")
        return names.map { "\(table).\($0)" }.joined(separator: ", ")
    }
}
