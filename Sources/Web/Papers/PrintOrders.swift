import Commons
import Documents
import Foundation
import Hummingbird
import Kernel
import Pages
import Storage
import Values

/// 成批打印。Many papers as one book: a few at once, more as an order that is made beside the requests and waits, sealed, for a day.
public struct PrintOrders: Sendable {
    let services: Services

    /// Rows whose papers are made while somebody waits.
    static let atOnce = 100
    public static let atMost = 5_000
    /// Seconds for which a finished book waits.
    static let kept = 86_400.0

    private static let purpose = "print"
    private var counter: Counter { services.counter }

    init(services: Services) { self.services = services }

    /// The book itself, or the page where it will be.
    func answer(_ listing: Listing, of line: Line, _ ids: [String], as actor: Actor) async throws -> Response {
        guard ids.count > Self.atOnce else {
            let book = try await Self.book(of: listing, ids, counter, as: actor)
            try await counter.access.write(AccessNote(.export, "\(line.name).\(listing.name)", detail: "PDF", rows: book.papers), by: actor, at: counter.clock.now())
            return .pdf(book.bytes, named: listing.title)
        }
        return .seeOther("/desk/prints/\(try await order(listing, of: line, ids, by: actor).text)")
    }

    public struct Book: Sendable {
        public let bytes: [UInt8]
        public let papers: Int
        /// Rows that have no papers.
        public let without: Int
    }

    /// Sets the papers of these rows. The rows are read on the requests' threads, the pages set on others.
    /// - Throws: `.absent` when none of the rows has a paper.
    public static func book(of listing: Listing, _ ids: [String], _ counter: Counter, as actor: Actor) async throws -> Book {
        let sheets = Collected()
        let (papers, without) = try await counter.eachPapers(of: listing, ids, as: actor) { await sheets.add($0) }
        guard papers > 0 else { throw Refusal.absent("选中的行都没有文书可打印：审核意见等步骤不出具文书") }
        return Book(bytes: try await Papers.pdf(await sheets.all, title: listing.title, madeAt: counter.clock.now()), papers: papers, without: without)
    }

    private actor Collected {
        var all: [Sheet] = []
        func add(_ sheets: [Sheet]) { all += sheets }
    }

    // MARK: Orders

    struct Order: Sendable {
        let id: ID<Order>, listing: String, user: ID<User>, subjects: String, wanted: Int, papers: Int?, finishedAt: Instant?, fault: String?

        static let columns: Statement = "id, listing, actor, subjects, wanted, papers, finished_at, fault"

        init(_ row: Row) throws {
            (id, listing, user, subjects) = (try row.read(0), try row.read(1), try row.read(2), try row.read(3))
            (wanted, papers, finishedAt, fault) = (try row.read(4), try row.read(5), try row.read(6), try row.read(7))
        }
    }

    private func order(_ listing: Listing, of line: Line, _ ids: [String], by actor: Actor) async throws -> ID<Order> {
        let now = counter.clock.now(), id = ID<Order>.make(at: now), subjects = ids.joined(separator: ","), name = "\(line.name).\(listing.name)"
        try await counter.database.write { connection in
            try connection.run("""
                INSERT INTO print_order (id, listing, actor, subjects, wanted, created_at)
                VALUES (\(id), \(name), \(actor.user), \(subjects), \(ids.count), \(now))
                """)
        }
        return id
    }

    func order(_ id: ID<Order>, of actor: Actor) async throws -> Order {
        let found = try await counter.database.read { try $0.first("SELECT \(Order.columns) FROM print_order WHERE id = \(id) AND actor = \(actor.user)", Order.init) }
        guard let found else { throw Refusal.absent("没有这份打印件，或不是您要的；做好的打印件只保存一天，可以回台账重新选择打印") }
        return found
    }

    /// Makes the oldest order that waits and that no other node is making.
    /// - Returns: whether there was one.
    func runNext() async throws -> Bool {
        let waiting = try await counter.database.read { connection in
            try connection.all("SELECT id FROM print_order WHERE finished_at IS NULL ORDER BY id LIMIT \(Self.lookedAt)") { try $0.read(0) as ID<Order> }
        }
        for id in waiting {
            if try await counter.database.alone(at: SoleErrand("print-\(id.text)", isPassing: true), { try await make(id) }) ?? false { return true }
        }
        return false
    }

    /// As many orders as nodes may be at.
    private static let lookedAt = 16

    /// - Returns: false when another node has made it meanwhile.
    private func make(_ id: ID<Order>) async throws -> Bool {
        let next = try await counter.database.read { connection in
            try connection.first("SELECT \(Order.columns) FROM print_order WHERE id = \(id) AND finished_at IS NULL", Order.init)
        }
        guard let order = next else { return false }
        do {
            let names = order.listing.split(separator: ".").map(String.init), user = order.user
            let listing = try services.house.listing(names.first ?? "", names.last ?? "")
            let found = try await counter.read(as: .house) { try $0.first(User.self, where: "id = \(user)") }
            guard let account = found, account.disabledOn == nil else { throw Refusal.forbidden("要打印的人账号已停用，没有打印") }
            let book = try await Self.book(of: listing, order.subjects.split(separator: ",").map(String.init), counter, as: account.actor)
            try await keep(book.bytes, as: order.id)
            try await finish(order.id, papers: book.papers, fault: nil)
        } catch let refusal as Refusal where refusal.kind != .busy {
            try await finish(order.id, papers: nil, fault: refusal.description)
        }
        return true
    }

    private func finish(_ id: ID<Order>, papers: Int?, fault: String?) async throws {
        let now = counter.clock.now()
        try await counter.database.write { try $0.run("UPDATE print_order SET papers = \(papers), fault = \(fault), finished_at = \(now) WHERE id = \(id)") }
    }

    /// Removes what was made more than a day ago, book and order.
    func sweep() async throws {
        let before = counter.clock.now().adding(seconds: -Self.kept)
        let ids = try await counter.database.write { connection in
            let ids = try connection.all("SELECT id FROM print_order WHERE finished_at < \(before)") { try $0.read(0) as ID<Order> }
            try connection.run("DELETE FROM print_order WHERE finished_at < \(before)")
            try PrintedBooks.remove(ids.map(\.text), connection)
            return ids
        }
        for path in ids.map(path) where FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }

    // MARK: Where books wait

    private var books: PrintedBooks { PrintedBooks(counter) }

    private func path(_ id: ID<Order>) -> String { "\(services.prints)/\(id.text)" }

    private func keep(_ bytes: [UInt8], as id: ID<Order>) async throws {
        guard services.keeping == .folders else { return try await books.keep(bytes, as: id.text) }
        let path = path(id), folder = services.prints, keyring = counter.house.keyring
        try await onWaitingThread {
            let sealed = try keyring.seal(Data(bytes).base64EncodedString(), for: Self.purpose)
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(sealed.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        }
    }

    func content(of order: Order) async throws -> [UInt8] {
        guard services.keeping == .folders else {
            guard let content = try await books.content(of: order.id.text) else { throw Refusal.absent("打印件已清理，请回台账重新选择打印") }
            return content
        }
        let path = path(order.id), keyring = counter.house.keyring
        return try await onWaitingThread {
            guard let sealed = FileManager.default.contents(atPath: path),
                  let data = Data(base64Encoded: try keyring.open(String(decoding: sealed, as: UTF8.self), for: Self.purpose))
            else { throw Refusal.absent("打印件已清理，请回台账重新选择打印") }
            return Array(data)
        }
    }
}

/// Work that waits for a disk, on a thread that may wait.
func onWaitingThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { (caller: CheckedContinuation<T, any Error>) in
        DispatchQueue.global().async { caller.resume(with: Result { try work() }) }
    }
}
