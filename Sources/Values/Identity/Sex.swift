/// 性别。GB/T 2261.1.
public enum Sex: String, CodeList {
    case unknown = "0"
    case male = "1"
    case female = "2"
    case unspecified = "9"

    public var label: String {
        switch self {
        case .unknown: "未知的性别"
        case .male: "男"
        case .female: "女"
        case .unspecified: "未说明的性别"
        }
    }
}
