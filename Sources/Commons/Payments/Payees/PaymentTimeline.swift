import Kernel
import Values

/// 一人一档里的发放：the last two years, line by line.
let paymentTimeline = Timeline { subject, reader in
    guard let person = ID<Person>(rawValue: subject) else { return [] }
    return try reader.paidLines(of: person).filter { $0.isSigned && $0.paidIn >= reader.today.monthOf.adding(-24) }.prefix(60).map { line in
        let title = reader.house.programmes.first { $0.name == line.programme }?.title ?? line.title
        let result = line.creditedOn.map { "\($0.shown)到账" } ?? line.failure?.label ?? line.code?.label ?? "发放中"
        return TimelineEntry(on: line.creditedOn ?? line.paidIn.last, title: "\(line.month.shown)\(title) \(line.amount.shown)", detail: "\(line.reason.label)，\(result)",
                             link: "/payments/lines/\(line.id.text)")
    }
}
