/// 脚本。One small file that only improves what works without it; serve it as `text/javascript` from the site's own address.
///
/// Each module finds its elements by a `data-` attribute and knows nothing of the others.
public enum Scripts {
    public static let javascript = "(function () {\n\"use strict\";\n"
        + [shared, keys, comfort, asking, leaving, drafts, estimates, places].joined()
        + "})();\n"
}
