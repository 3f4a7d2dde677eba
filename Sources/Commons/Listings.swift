import Kernel
import Storage
import Values

/// 规则台账。
let rulings = Listing("rulings", "规则台账", of: Ruling.self, sorted: [.ascending(.policy), .ascending(.variantCode), .ascending(.from), .ascending(Term<ID<Ruling>>.id)],
                      filters: [.equals(.policy), .within(.region)], roles: .everyone, emptyText: "起草和发布的规则会出现在这里") { _ in
    "SELECT * FROM ruling"
}
