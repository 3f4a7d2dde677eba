import Hummingbird
import Kernel
import Logging
import Pages
import Storage
import Values

/// 出错时的答复。A refusal becomes a plain page that says what to do; a fault of ours is logged whole and shown as a number.
struct Faults: RouterMiddleware {
    let services: Services

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return answer(try fault(for: error, request, context), to: request)
        }
    }

    /// What is answered to an error; one that is our fault is logged whole under its number.
    func fault(for error: any Error, _ request: Request, _ context: DeskContext) throws -> Fault {
        switch error {
        case let refusal as Refusal: return Fault(refusal)
        case let error as HTTPError: return Self.fault(for: error)
        case StorageError.busy, StorageError.serialization: return Fault(.busy("现在办理的人较多，请稍等几秒再试"))
        case is CancellationError: throw error
        case StorageError.full, StorageError.io:
            context.logger.critical("storage at \(request.method) \(context.endpointPath ?? "-"): \(error)")
            return Fault(.storage(error))
        default:
            let reference = String(ID<Fault>.make(at: services.counter.clock.now()).text.suffix(8))
            // The route, not the address: whoever types a number into the address bar leaves no trace of it here.
            context.logger.error("fault \(reference) at \(request.method) \(context.endpointPath ?? "-"): \(String(reflecting: error))")
            return Fault(status: .internalServerError, title: "这一步没有办成",
                         message: "是系统这边出了问题，不是您填错了。请稍后再试一次；仍不行时，把这个编号告诉系统管理员：\(reference)")
        }
    }

    private static func fault(for error: HTTPError) -> Fault {
        switch error.status {
        case .notFound: Fault(.absent("没有这个页面。请从上方栏目进入，或搜索人、户、件、地名"))
        case .contentTooLarge: Fault(.tooLarge("提交的内容太大，请压缩附件或分几次提交"))
        default: Fault(status: error.status, title: "请求没有被接受", message: "请返回上一页重新操作")
        }
    }

    private func answer(_ fault: Fault, to request: Request) -> Response {
        var response: Response
        if request.uri.path.hasPrefix("/api/") {
            response = fault.refusal.map { APIRoutes.response(to: $0, status: fault.status) } ?? APIRoutes.response(to: fault)
        } else if fault.refusal?.kind == .unauthenticated, request.method == .get || request.method == .head {
            return .seeOther("/sign-in?next=\(Query.encoded(request.uri.description))")
        } else {
            response = .page(page(fault, request), status: fault.status)
        }
        if fault.status == .serviceUnavailable { response.headers[.retryAfter] = "3" }
        return response
    }

    private func page(_ fault: Fault, _ request: Request) -> Markup {
        let isHall = request.uri.path == "/hall" || request.uri.path.hasPrefix("/hall/")
        let links = fault.refusal?.kind == .unauthenticated
            ? [LinkView("在这里登录，再用浏览器的“后退”回到刚才的表单重新提交", href: "/sign-in")]
            : [isHall ? LinkView("回到办事大厅", href: "/hall") : LinkView("回到首页", href: "/")]
        let box = NoticeBoxView(.stop, fault.message, links: links)
        return PlainFrame(site: services.site(for: request), title: fault.title, content: box.markup).markup
    }
}

/// An answer that says no.
struct Fault: Sendable {
    let status: HTTPResponse.Status
    let title: String
    let message: String
    var refusal: Refusal?

    init(status: HTTPResponse.Status, title: String, message: String) {
        self.status = status
        self.title = title
        self.message = message
    }

    init(_ refusal: Refusal) {
        self.init(status: refusal.kind.status, title: refusal.kind.title, message: refusal.description)
        self.refusal = refusal
    }
}

extension Refusal {
    /// The disk is full or fails: nothing was written, and somebody else must act before it can be.
    static func storage(_ error: any Error) -> Refusal {
        error as? StorageError == .full
            ? .busy("服务器的磁盘满了，这一步没有办成，也没有写入任何内容。请不要关闭页面，通知系统管理员清出空间后，再提交一次")
            : .busy("服务器读写数据盘出错，这一步没有办成。请不要关闭页面，通知系统管理员检查磁盘后，再提交一次")
    }
}
