import ArgumentParser
import Documents
import Kernel
import Values

/// `minzheng permissions`: the authority matrix as it is enforced.
struct Permissions: Errand {
    static let configuration = CommandConfiguration(commandName: "permissions", abstract: "打印权限矩阵")

    @Flag(name: .long, help: "输出 CSV，每个岗位一列") var csv = false

    func run(at place: Workplace) async throws {
        let grants = Authority.matrix(place.lines)
        place.console.write(csv ? Self.csv(grants) : Self.table(grants))
    }

    static func table(_ grants: [Authority.Grant]) -> String {
        let columns = ["权限", "事项", "岗位"].map { TextTable.Column($0) }
        return TextTable(columns, grants.map { [$0.permission, $0.title, $0.roles.labels] }).text
    }

    static func csv(_ grants: [Authority.Grant]) -> String {
        var encoder = CSVEncoder()
        var bytes = encoder.row(["权限", "事项"] + Role.allCases.map(\.label))
        for grant in grants { bytes += encoder.row([grant.permission, grant.title] + Role.allCases.map { grant.roles.contains($0) ? "可" : "" }) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
