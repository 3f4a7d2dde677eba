import Hummingbird
import Kernel
import Logging

/// The whole web face as one application: for the server, and for tests without a network. Who sends nothing for 75 seconds is let go.
func application(
    _ services: Services, configuration: ApplicationConfiguration = ApplicationConfiguration(), logger: Logger = Logger(label: "minzheng.web")
) -> Application<RouterResponder<DeskContext>> {
    Application(router: router(services), server: .http1(configuration: .init(idleTimeout: .seconds(75))), configuration: configuration, logger: logger)
}

func router(_ services: Services) -> Router<DeskContext> {
    let router = Router(context: DeskContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: RequestLog(node: services.node))
    router.add(middleware: SecurityHeaders(isSecure: services.isSecure))
    router.add(middleware: Faults(services: services))
    NodePages(services: services).add(to: router)
    router.add(middleware: Admission())
    router.add(middleware: Sessions(services: services))
    Asset.add(to: router)
    Entrance(services: services).add(to: router)
    Hall(services: services).add(to: router)
    AttachmentPages(services: services).add(to: router)
    AccountRoutes(services: services).add(to: router)
    BulkResults(services: services).add(to: router)
    PrintPages(services: services).add(to: router)
    SavedViews(services: services).add(to: router)
    OutboundDesk(services: services).add(to: router)
    PaymentFiles(services: services).add(to: router)
    HandIn(services: services).add(to: router)
    TableDownloads(services: services).add(to: router)
    if let room = services.imports { ImportDesk(services: services, room: room).add(to: router) }
    addLines(to: router, services)
    APIRoutes.add(to: router, services)
    return router
}

/// The addresses of every line. A page drawn by hand stands in place of a derived one at the same address.
private func addLines(to router: Router<DeskContext>, _ services: Services) {
    for line in services.house.lines {
        LinePages(services: services, line: line).add(to: router)
        let drawn = Set(line.pages.map(\.path))
        for listing in line.listings where !drawn.contains(listing.name) {
            ListingPages(services: services, line: line, listing: listing).add(to: router)
            if listing.isChosenFrom { BulkPages(services: services, line: line, listing: listing).add(to: router) }
        }
        for action in line.actions where !drawn.contains("do/\(action.name)") { ActionForm(services: services, line: line, action: action).add(to: router) }
        for inquiry in line.inquiries where !drawn.contains("ask/\(inquiry.name)") { InquiryPages(services: services, line: line, inquiry: inquiry).add(to: router) }
    }
}
