/// 工作任务。One thing a plan sets out to do: its words, its headings, who answers for it, and by when.
public struct Measure: Sendable {
    /// As the document writes it.
    public let text: String
    /// The headings above it, outermost first.
    public let path: [String]
    public internal(set) var year: String?
    public internal(set) var duty: Responsibility
    /// Where the text states one.
    public internal(set) var deadline: Day?
    public let quantities: [Quantity]
    public let place: Quantity.Place

    /// Of that year, unless its document names one.
    func dated(_ year: String?) -> Measure {
        guard let year, self.year == nil else { return self }
        var measure = self
        measure.year = year
        return measure
    }
}

/// 责任分工。
public struct Responsibility: Sendable, Hashable {
    /// 牵头单位。
    public var leading: String?
    /// 责任单位、配合单位。
    public var responsible: String?
    /// 责任人。
    public var person: String?

    public var isEmpty: Bool { leading == nil && responsible == nil && person == nil }
}
