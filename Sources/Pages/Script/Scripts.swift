/// 脚本。
public enum Scripts {
    public static let javascript = ""
}
