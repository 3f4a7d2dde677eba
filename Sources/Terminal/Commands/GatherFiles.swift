import ArgumentParser
import Commons
import Kernel
import Values

/// `minzheng gather-files`: after a move between a data folder and a cluster, attachments follow to where they are kept now.
struct GatherFiles: Errand {
    static let configuration = CommandConfiguration(
        commandName: "gather-files", abstract: "把附件收拢到现在存放的地方（设置 files：数据库或目录）；服务照常运行，中断后可再运行一次")

    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let console = place.console, progress = ProgressReport(console)
        let (count, keeping) = try await options.withOffice(at: place) { office in
            (try await office.attachments.gather { progress.tell("收拢", $0, $1) }, office.configuration.keeping)
        }
        console.line("收拢了 \(count) 个文件，都在\(keeping == .database ? "数据库" : "目录")里。原处的没有删除")
    }
}
