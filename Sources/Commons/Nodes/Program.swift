/// 程序。What is running.
public enum Program {
    /// Raised with every release.
    public static let version = "0.4.0"
}
