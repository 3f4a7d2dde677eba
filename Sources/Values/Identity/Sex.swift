/// 性别。GB/T 2261.1; in the order in which people are asked.
public enum Sex: String, CodeList {
    case male = "1"
    case female = "2"
    case unknown = "0"
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
