import Commons
import Cryptography
import Hummingbird
import Kernel
import Storage
import Values

/// 给机器看的三页。`/health/live`, `/health/ready`, `/metrics`: for the service manager, the proxy in front and the monitoring system.
///
/// They stand before the door: no session is looked up, and a full house still answers them.
struct NodePages: Sendable {
    let services: Services

    private var node: ServingNode { services.node }

    func add(to router: Router<DeskContext>) {
        router.get("health/live") { _, _ in Self.answer("live", "在运行", .ok) }
        router.get("health/ready") { _, _ in await ready() }
        router.get("metrics") { request, context in try await metrics(request, context) }
    }

    // MARK: Health

    private func ready() async -> Response {
        let readiness = await services.readiness()
        return Self.answer(readiness.word, readiness.reason, readiness == .ready ? .ok : .serviceUnavailable)
    }

    private static func answer(_ status: String, _ reason: String, _ code: HTTPResponse.Status) -> Response {
        let body: JSON = ["status": .string(status), "reason": .string(reason)]
        return Response(status: code, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
                        body: .init(byteBuffer: ByteBuffer(string: body.text + "\n")))
    }

    // MARK: Metrics

    private func metrics(_ request: Request, _ context: DeskContext) async throws -> Response {
        guard mayRead(request, context) else { throw HTTPError(.notFound) }
        return Response(status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
                        body: .init(byteBuffer: ByteBuffer(string: await figures())))
    }

    /// With the token from anywhere; without it only straight from this machine, not through a proxy on it.
    private func mayRead(_ request: Request, _ context: DeskContext) -> Bool {
        if let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer "), !node.metricsToken.isEmpty {
            return constantTimeEqual(String(header.dropFirst(7)), node.metricsToken)
        }
        let isPassedOn = ["X-Forwarded-For", "Forwarded", "Via"].contains { request.headers.value($0) != nil }
        return TrustedProxies.loopback.contains(context.peer) && !isPassedOn
    }

    func figures() async -> String {
        var page = Exposition()
        page.add("minzheng_build_info", .gauge, "程序版本和节点", [([("version", Program.version), ("node", node.name)], 1)])
        addRequests(to: &page)
        await addDatabase(to: &page)
        addProcess(to: &page)
        return page.text
    }

    private func addRequests(to page: inout Exposition) {
        let now = node.metrics.now
        page.add("minzheng_http_requests_total", .counter, "已答复的请求，按路由和状态", now.calls.sorted { $0.key < $1.key }.map { call, count in
            ([("method", call.method), ("route", call.route), ("status", call.status)], Double(count))
        })
        page.add("minzheng_http_request_seconds", "答复用时", now.spreads.sorted { $0.key < $1.key }.map { ([("route", $0.key)], $0.value) })
        page.add("minzheng_http_requests_inside", .gauge, "正在办的请求", Double(now.inside))
    }

    private func addDatabase(to page: inout Exposition) async {
        let clock = ContinuousClock(), began = clock.now, readiness = await services.readiness(), database = services.counter.database
        let taken = began.duration(to: clock.now)
        page.add("minzheng_ready", .gauge, "1 为就绪", readiness == .ready ? 1 : 0)
        page.add("minzheng_draining", .gauge, "1 为即将停止", node.isDraining ? 1 : 0)
        page.add("minzheng_database_up", .gauge, "1 为数据库有应答", readiness == .cut ? 0 : 1)
        page.add("minzheng_database_answer_seconds", .gauge, "数据库一次应答的用时", taken.inSeconds)
        for gauge in database.gauges() { page.add("minzheng_database_\(gauge.name)", .gauge, gauge.help, Double(gauge.value)) }
        guard readiness != .cut, let backlog = await Web.answer(within: .seconds(2), { try await database.read { try Backlog($0) } }) else { return }
        page.add("minzheng_journal_unsealed", .gauge, "待封存的日志", Double(backlog.unsealed))
        page.add("minzheng_jobs_waiting", .gauge, "未完成的后台任务", Double(backlog.jobs))
        page.add("minzheng_jobs_failed", .gauge, "失败的后台任务", Double(backlog.failedJobs))
        page.add("minzheng_outbox_waiting", .gauge, "待发的消息", Double(backlog.messages))
    }

    private func addProcess(to page: inout Exposition) {
        let process = ProcessFigures()
        func add(_ name: String, _ kind: Exposition.Kind, _ help: String, _ value: Double?) {
            if let value { page.add(name, kind, help, value) }
        }
        add("process_resident_memory_bytes", .gauge, "占用内存", process.memoryBytes)
        add("process_open_fds", .gauge, "打开的文件", process.openFiles)
        add("process_max_fds", .gauge, "可打开的文件", process.filesAtMost)
        add("process_cpu_seconds_total", .counter, "处理器用时", process.cpuSeconds)
    }
}

extension Duration {
    /// Whole and fractional seconds.
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
