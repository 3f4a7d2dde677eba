import Hummingbird

/// The whole web face as one application: for the server, and for tests without a network.
func application(_ services: Services, configuration: ApplicationConfiguration = ApplicationConfiguration()) -> Application<RouterResponder<DeskContext>> {
    let router = Router(context: DeskContext.self, options: .autoGenerateHeadEndpoints)
    APIRoutes.add(to: router, services)
    return Application(router: router, configuration: configuration)
}
