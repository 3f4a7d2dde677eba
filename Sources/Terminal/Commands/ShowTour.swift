import ArgumentParser
import Demo
import Kernel
import Values

/// `minzheng tour`: the main job on the demo city, in the terminal.
struct ShowTour: Errand {
    static let configuration = CommandConfiguration(commandName: "tour", abstract: "在终端里把示范城市的主要业务走一遍，不留存")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        try await options.withOffice(at: place) { office in
            guard try await office.demoMark() != nil else { throw Refusal.forbidden("这个数据目录不是示范数据。请先用 minzheng demo 生成一座示范城市") }
            let reader = try await office.accounts.actor(named: "shenhe")
            for stop in try await Tour(office.counter, as: reader).stops() {
                place.console.write("\n\(stop.title)\n" + stop.lines.map { $0 + "\n" }.joined())
            }
        }
    }
}
