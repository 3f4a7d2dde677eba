import Bureau
import Testing
import Values
@testable import Kernel

/// 每项业务的共同约定，之一：申报。Names, labels and shapes, as every face relies on them.
struct DeclarationTests {
    @Test("名称唯一，全用小写和连字符")
    func namesAreUnique() {
        expectUnique(bureau.map(\.name), "业务")
        for line in bureau {
            expectUnique(line.actions.map(\.name) + line.listings.map(\.name) + line.inquiries.map(\.name), line.name)
            expectUnique(line.pages.map(\.path), line.name)
            #expect(line.forms.allSatisfy { form in line.action(form.action) != nil || line.inquiries.contains { $0.name == form.action } }, "\(line.name)：手绘表单没有对应的事项")
        }
        expectUnique(bureau.flatMap(\.processes).map(\.name), "程序")
        expectUnique(bureau.flatMap(\.processes).map(\.series), "编号字头")
        let policies = bureau.flatMap(\.policies).map(\.name)
        #expect(Set(policies).count == policies.count, "规则参数有重名")
        for name in policies { #expect(isKebab(name), "\(name)") }
    }

    private func expectUnique(_ names: [String], _ place: String) {
        #expect(Set(names).count == names.count, "\(place)有重名：\(names)")
        for name in names where !name.contains("/") && !name.allSatisfy(\.isUppercase) { #expect(isKebab(name), "\(place)：\(name)") }
    }

    private func isKebab(_ name: String) -> Bool {
        name.first?.isLowercase == true && name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    }

    @Test("人读的都是中文")
    func labelsAreChinese() {
        for line in bureau {
            expectChinese([line.title] + line.actions.map(\.title) + line.listings.flatMap { [$0.title, $0.emptyText] } + line.inquiries.map(\.title), line.name)
            expectChinese(line.processes.map(\.title) + line.policies.map(\.title) + line.pages.map(\.title), line.name)
            expectChinese(line.listings.flatMap { $0.filters.map(\.label) + $0.totals.map(\.label) }, line.name)
            for state in line.processes.flatMap(\.editions).flatMap(\.states) { expectChinese([state.title] + [state.awaits].compactMap(\.self), line.name) }
        }
    }

    private func expectChinese(_ texts: [String], _ place: String) {
        for text in texts { #expect(text.unicodeScalars.contains { $0.properties.isIdeographic }, "\(place)：「\(text)」") }
    }

    @Test("数据项：名称合 SQL 和 JSON，标签是中文，同一层不重名", arguments: Shapes.all)
    func termsAreNamedOnce(_ shape: Shapes) { check(shape.outline, shape.name) }

    private func check(_ outline: Outline, _ place: String) {
        let names = outline.fields.map(\.name)
        #expect(Set(names).count == names.count, "\(place)：\(names)")
        for field in outline.fields {
            #expect(field.name.first?.isLowercase == true && field.name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }, "\(place)：\(field.name)")
            expectChinese([field.label], "\(place).\(field.name)")
            switch field.content {
            case .group(let inner), .rows(let inner): check(inner, "\(place).\(field.name)")
            case .value: break
            }
        }
    }

    @Test("栏目与读法一致：写进去什么，读出来还是什么", arguments: Shapes.all)
    func shapesRoundTrip(_ shape: Shapes) throws {
        guard let reread = shape.reread else { return }
        var samples = SampleValues()
        let (given, read) = try samples.accepted(shape.outline, by: reread)
        #expect(read == given, "\(shape.name)")
    }
}

/// Every shape that a line shows or asks for.
struct Shapes: CustomTestStringConvertible, Sendable {
    let name: String
    let outline: Outline
    /// nil for what is only ever written: an answer.
    let reread: (@Sendable (RawFields) throws -> RawFields)?
    var testDescription: String { name }

    static let all: [Shapes] = bureau.flatMap { line in
        line.actions.map { Shapes(name: $0.permission, outline: $0.outline, reread: $0.reread) }
            + line.listings.map { Shapes(name: "\(line.name).\($0.name)", outline: $0.columns, reread: $0.reread) }
            + line.inquiries.map { Shapes(name: "\(line.name).\($0.name)", outline: $0.outline, reread: $0.reread) }
            + line.inquiries.map { Shapes(name: "\(line.name).\($0.name) 的答复", outline: $0.answerOutline, reread: nil) }
    }
}
