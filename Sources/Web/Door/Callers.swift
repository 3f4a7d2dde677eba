import Commons
import Hummingbird

/// 来处。Where a request comes from: the address behind a proxy on this machine, and the device in words.
extension Caller {
    init(_ request: Request, _ context: DeskContext) {
        self.init(address: Self.address(request, context), device: Device.words(request.headers[.userAgent] ?? ""))
    }

    /// What stands last in `X-Forwarded-For` was put there by the proxy beside us; a stranger's own word isn't believed.
    private static func address(_ request: Request, _ context: DeskContext) -> String {
        let peer = context.address
        guard peer == nil || peer == "127.0.0.1" || peer == "::1" else { return peer ?? "-" }
        let forwarded = request.headers.value("X-Forwarded-For")?.split(separator: ",").last.map { String($0.filter { !$0.isWhitespace }) }
        guard let forwarded, !forwarded.isEmpty, forwarded.utf8.allSatisfy({ $0.isAddressByte }) else { return peer ?? "-" }
        return forwarded
    }
}

extension UInt8 {
    fileprivate var isAddressByte: Bool {
        switch self {
        case UInt8(ascii: "0") ... UInt8(ascii: "9"), UInt8(ascii: "a") ... UInt8(ascii: "f"), UInt8(ascii: "A") ... UInt8(ascii: "F"),
             UInt8(ascii: "."), UInt8(ascii: ":"): true
        default: false
        }
    }
}

/// 设备的叫法。「Windows 上的 Chrome」, from what a browser says of itself; a help for remembering, no proof.
enum Device {
    static func words(_ userAgent: String) -> String {
        let system = systems.first { userAgent.contains($0.sign) }?.name, browser = browsers.first { userAgent.contains($0.sign) }?.name
        switch (system, browser) {
        case (let system?, let browser?): return "\(system) 上的 \(browser)"
        case (let name?, nil), (nil, let name?): return name
        case (nil, nil): return userAgent.isEmpty ? "未知设备" : "程序"
        }
    }

    /// The narrower names first: what calls itself Linux or Safari is often something else.
    private static let systems: [(sign: String, name: String)] = [
        ("HarmonyOS", "鸿蒙"), ("OpenHarmony", "鸿蒙"), ("Android", "安卓手机"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"),
        ("UOS", "统信"), ("Kylin", "麒麟"), ("Linux", "Linux"),
    ]
    private static let browsers: [(sign: String, name: String)] = [
        ("MicroMessenger", "微信"), ("DingTalk", "钉钉"), ("Edg", "Edge"), ("QQBrowser", "QQ 浏览器"), ("QIHU", "360 浏览器"), ("360SE", "360 浏览器"),
        ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "curl"),
    ]
}
