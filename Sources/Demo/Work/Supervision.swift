import Kernel
import Storage
import Values

/// 代办与监督。A reviewer is away for some days, and somebody looked beyond his region: so that these pages aren't empty.
enum Supervision {
    static func practise(at office: Office, _ dice: inout Dice) async throws {
        let today = office.today
        if office.knows("users.delegate-duty") {
            try await office.act("users.delegate-duty", [
                "delegate": .typed("jiedaoshenhe"), "from_on": .typed(today.typed), "last_on": .typed(today.adding(days: 4).typed), "reason": .typed("赴省里开会，请同事代办审核"),
            ], by: "shenhe", on: today, &dice)
        }
        guard office.knows("users.open-emergency-view"), let person = try await stranger(office) else { return }
        try await office.act("users.open-emergency-view", [
            "record": .typed("/people/persons/\(person)"), "reason": .typed("老人走失被送到本街道，须核对家属情况，所属街道电话无人接听"),
        ], by: "jingban", on: today, &dice)
    }

    /// Somebody of another township.
    private static func stranger(_ office: Office) async throws -> String? {
        try await office.read { reader in try reader.connection.value("SELECT id FROM person WHERE region >= '000181003' AND region < '000181004' ORDER BY id LIMIT 1") }
    }
}
