import HTTPTypes
import Hummingbird

extension HTTPFields {
    /// Sets a field by a name that HTTPTypes has no word for.
    mutating func set(_ name: String, _ value: String) {
        if let name = HTTPField.Name(name) { self[name] = value }
    }

    func value(_ name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}

/// 安全响应头。On every answer: nothing from elsewhere, nothing inline, no frames, no guessing of types.
struct SecurityHeaders: RouterMiddleware {
    let isSecure: Bool

    static let policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

    func handle(
        _ request: Request, context: DeskContext, next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if response.headers[.contentSecurityPolicy] == nil { response.headers[.contentSecurityPolicy] = Self.policy }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers.set("X-Frame-Options", "DENY")
        response.headers.set("Referrer-Policy", "same-origin")
        response.headers.set("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.set("Permissions-Policy", "geolocation=(), microphone=()")
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        // Typed forms survive the back button, yet nothing is shown again without asking; sign-out clears the rest.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "private, no-cache" }
        return response
    }
}
