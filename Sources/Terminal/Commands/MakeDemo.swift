import ArgumentParser
import Demo
import Kernel
import Values

/// `minzheng demo`: an invented city in an empty data folder.
struct MakeDemo: Errand {
    static let configuration = CommandConfiguration(commandName: "city", abstract: "生成示范数据：一座虚构的城市")

    @Option(name: .long, help: "规模，1 约 69 万人") var scale = 0.01
    @Option(name: .long, help: "种子；同一种子生成同一座城市") var seed: UInt64 = 20_240_701
    @Option(name: .long, help: "城市以哪一天为今天，默认今天") var today: String?
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let clock: any WallClock = try today.map { VirtualClock(try CivilDate(typed: $0)) } ?? SystemClock()
        let office = try await Office.open(place.lines, try options.configuration(at: place), .create, clock: clock)
        let report = ProgressReport(place.console)
        do {
            let made = try await DemoCity.build(scale: scale, seed: seed, in: office.counter) { report.tell($0, $1, $2) }
            place.console.line("示范城市已建好：区划 \(made.regions) 个，人员 \(made.people) 人，家庭 \(made.households) 户，"
                + "地名 \(made.places) 条，机构 \(made.organisations) 家，案件 \(made.cases) 件，发放 \(made.months) 个月，账号 \(made.users) 个")
        } catch {
            try await office.close()
            throw error
        }
        try await office.close()
    }
}
