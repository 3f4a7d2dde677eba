import ArgumentParser
import Commons
import Kernel
import Values
import Web

/// `minzheng print`: the papers of a register's rows as one PDF, within the person's own region.
struct PrintPapers: Errand {
    static let configuration = CommandConfiguration(commandName: "print", abstract: "打印台账各行的文书（PDF）")

    @Argument(help: "业务.台账，如 assistance.decisions") var listing: String
    @Option(name: .customLong("as"), help: "打印人的用户名") var user: String
    @Option(name: [.customLong("where"), .customLong("filter")], parsing: .singleValue, help: "筛选：名称=内容，可多次") var filters: [String] = []
    @Option(name: .long, help: "按哪一列排序，前加 - 为倒序") var sort: String?
    @Option(name: .customLong("to"), help: "写入的 PDF 文件") var file: String
    @OptionGroup var options: PlaceOptions

    func run(at place: Workplace) async throws {
        let book = try await options.withOffice(at: place) { office in
            let address = try Address(listing), listing = try office.house.listing(address.line, address.name)
            let actor = try await office.accounts.actor(named: user), pairs = try filters.map { text in try Assignment(text) }
            let request = ListingRequest(filters: Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }), sort: sort)
            let ids = try await office.counter.ids(of: listing, request, atMost: PrintOrders.atMost, as: actor)
            let book = try await PrintOrders.book(of: listing, ids, office.counter, as: actor)
            let note = AccessNote(.export, "\(address.line).\(address.name)", detail: "PDF", rows: book.papers)
            try await office.counter.access.write(note, by: actor, at: office.counter.clock.now())
            return book
        }
        try place.console.save(book.bytes, to: file)
        place.console.line("已写入 \(file)：\(book.papers) 份文书\(book.without > 0 ? "，另有 \(book.without) 行没有文书" : "")")
    }
}
