import Kernel
import Pages
import Values

/// Forms that say first which region they are about, and who is registered there.
let regionForms = [
    FormPage(RenameRegion.self, layout: aboutRegion), FormPage(SplitRegion.self, layout: aboutRegion), FormPage(EndRegion.self, layout: aboutRegion),
    FormPage(CorrectRegionName.self, layout: aboutRegion),
]

private let aboutRegion: @Sendable (FormVisit) throws -> FormLayout = { visit in
    let reader = visit.reader
    guard let code = visit.values.text("code").flatMap({ try? RegionCode(typed: $0) }), reader.actor.covers(code), let region = try reader.region(code, on: reader.today) else {
        return FormLayout(sections: [])
    }
    return FormLayout(sections: [], preface: FactsView([
        .init("现名", region.name), .init("代码", region.code.code), .init("自", region.from.shown), .init("登记在此", try reader.registered(at: code)),
    ]).markup)
}

extension Reader {
    fileprivate func registered(at code: RegionCode) throws -> String {
        let people = try connection.value("SELECT count(*) FROM person WHERE \(Reader.within("region", code))") ?? 0
        let households = try connection.value("SELECT count(*) FROM household WHERE \(Reader.within("region", code)) AND dissolved_on IS NULL") ?? 0
        let users = try connection.value("SELECT count(*) FROM user_account WHERE \(Reader.within("region", code)) AND disabled_on IS NULL") ?? 0
        return "\(households) 户，\(people) 人，账号 \(users) 个"
    }
}
