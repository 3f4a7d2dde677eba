import Commons
import Hummingbird

/// 来处。Where a request comes from: the address behind a proxy on this machine, and the device in words.
extension Caller {
    init(_ request: Request, _ context: DeskContext) {
        self.init(address: context.address, device: Device.words(request.headers[.userAgent] ?? ""))
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
