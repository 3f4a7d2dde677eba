import Commons
import Kernel
import Values

/// An invented line with policies of several kinds and a question with rows in rows.
let shop = Line("shop", "甲店", inquiries: [PriceBasket.self], policies: [AnyPolicy(rent), AnyPolicy(discount)], shipped: [
    rent.ships(.yuan(728), variant: "urban", in: .country, from: day("2023-07-01"), until: day("2024-07-01"), cite: "甲店告示第一号"),
    rent.ships(.yuan(735), variant: "urban", in: .country, from: day("2024-07-01"), cite: "甲店告示第二号：「自七月起」"),
    rent.ships(.yuan(500), variant: "rural", in: .country, from: day("2024-07-01"), cite: "甲店告示第二号"),
])

let shopLines = [shop] + commonLines
let rent = Policy<Money>("rent", "租金", unit: "元/月", variants: [Choice(code: "urban", label: "城市"), Choice(code: "rural", label: "农村")])
let discount = Policy<BasisPoints>("discount", "折扣")

func day(_ text: String) -> CivilDate { (try? CivilDate(typed: text)) ?? CivilDate.first }

extension CivilDate {
    static let first = Instant(secondsSince1970: 0).date
}

struct PriceBasket: Inquiry {
    let buyer: Buyer
    let goods: [Good]

    static let title = "算价钱"
    static let name = "prices"
    static let shape = Shape<PriceBasket> {
        Group(.buyer, \.buyer)
        Each(.goods, \.goods)
    }

    init(from reading: Reading<PriceBasket>) throws(Refusal) {
        buyer = try reading(.buyer)
        goods = try reading(.goods)
    }

    func answer(at reader: Reader) throws -> BasketPrice { BasketPrice(total: goods.reduce(.zero) { $0 + $1.price.money }) }
}

struct Buyer: Shaped {
    let name: PersonName
    let sex: Sex?
    static let shape = Shape<Buyer> {
        Field(.personName, \.name)
        Field(.sex, \.sex)
    }
    init(from reading: Reading<Buyer>) throws(Refusal) {
        name = try reading(.personName)
        sex = try reading(.sex)
    }
}

struct Good: Entry {
    let key: String
    let price: Amount
    let bornOn: CivilDate?
    static let shape = Shape<Good> {
        Field(.goodPrice, \.price)
        Field(.bornOn, \.bornOn)
    }
    init(from reading: Reading<Good>) throws(Refusal) {
        key = reading.key
        price = try reading(.goodPrice)
        bornOn = try reading(.bornOn)
    }
}

struct BasketPrice: Shaped {
    let total: Money
    static let shape = Shape<BasketPrice> { Field(.total, \.total) }
    init(total: Money) { self.total = total }
    init(from reading: Reading<BasketPrice>) throws(Refusal) { total = try reading(.total) }
}

extension Term where Value == Buyer { static var buyer: Term<Buyer> { Term("buyer", "买方") } }
extension Term where Value == [Good] { static var goods: Term<[Good]> { Term("goods", "货物") } }
extension Term where Value == Amount { static var goodPrice: Term<Amount> { Term("price_fen", "价格", hint: "不含税") } }
extension Term where Value == Money { static var total: Term<Money> { Term("total_fen", "合计") } }
