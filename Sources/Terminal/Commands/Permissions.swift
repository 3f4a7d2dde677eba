import ArgumentParser
import Commons
import Documents
import Kernel
import Values

/// `minzheng permissions`: the authority matrix as it is enforced.
struct Permissions: Errand {
    static let configuration = CommandConfiguration(commandName: "permissions", abstract: "打印权限矩阵")

    @Flag(name: .long, help: "输出 CSV，每个岗位一列") var csv = false

    func run(at place: Workplace) async throws {
        let matrix = PermissionMatrix(place.lines)
        place.console.write(csv ? Self.csv(matrix) : Self.table(matrix))
    }

    static func table(_ matrix: PermissionMatrix) -> String {
        let columns = ["类别", "权限", "事项", "范围", "岗位"].map { TextTable.Column($0) }
        let grants = TextTable(columns, matrix.grants.map { [$0.kind.rawValue, $0.permission, $0.title, PermissionMatrix.scope(of: $0), $0.roles.labels] })
        let masks = TextTable((["证号"] + Role.allCases.map(\.label)).map { TextTable.Column($0) }, PermissionMatrix.masks.map { [$0[2]] + $0.dropFirst(5) })
        return grants.text + "\n" + masks.text
    }

    static func csv(_ matrix: PermissionMatrix) -> String {
        var encoder = CSVEncoder()
        let bytes = ([PermissionMatrix.header] + matrix.rows).reduce(into: [UInt8]()) { $0 += encoder.row($1) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
