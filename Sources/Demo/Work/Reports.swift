import Kernel
import Values

/// 示范市的报送。One form of another authority that the city fills every month, masked.
enum Reports {
    private static let columns = [
        ("序号", "serial", "", ""), ("户主姓名", "column", "name", ""), ("所在区域", "column", "region", ""), ("保障人数", "column", "member_count", ""),
        ("月保障金", "column", "monthly_fen", ""), ("城乡代码", "codes", "area", "urban=1\nrural=2"), ("填报单位", "constant", "", "示范市民政局"),
    ]

    static func save(at office: Office, _ dice: inout Dice) async throws {
        guard office.knows("exchange.save-outbound-profile"), office.knows("assistance.apply-for-allowance") else { return }
        let rows = columns.enumerated().map { place, column in
            RawRow(key: "c\(place + 1)", fields: ["header": .typed(column.0), "source": .typed(column.1), "columns": .typed(column.2), "text": .typed(column.3)])
        }
        _ = try await office.act("exchange.save-outbound-profile", [
            "name": .typed("低保对象月报"), "authority": .typed("省民政厅"), "listing": .typed("assistance.allowances"), "whole": .typed("0"),
            "outbound_columns": .rows(rows),
        ], by: "shenhe", on: office.today, &dice)
    }
}
