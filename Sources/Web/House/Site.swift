import Hummingbird
import Pages

extension Services {
    /// What every page shares, for this reader: everything larger when the cookie `elder` says so.
    func site(for request: Request) -> Site {
        let isElder = request.cookies["elder"]?.value == "1"
        return Site(product: "民政一体化平台", bureau: bureau, stylesheet: Asset.style.path, script: Asset.script.path,
                    elder: isElder, elderHref: "/elder?on=\(isElder ? 0 : 1)")
    }
}
