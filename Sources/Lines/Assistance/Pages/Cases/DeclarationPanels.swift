import Kernel
import Pages
import Values

/// 申报的事实。Members, incomes, property and supporters in the order of the form, as tables people can check.
extension Reader {
    func declarationPanels(_ declaration: Declaration, verdicts: [VerdictEntry]) -> [PanelView] {
        var panels = [PanelView("家庭成员", members(declaration, verdicts).markup), PanelView("收入和支出", incomes(declaration).markup),
                      PanelView("家庭财产", assets(declaration).markup)]
        if !declaration.supporters.isEmpty { panels.append(PanelView("户外法定义务人", supporters(declaration).markup)) }
        return panels
    }

    private func members(_ declaration: Declaration, _ verdicts: [VerdictEntry]) -> TableView {
        let found = Dictionary(verdicts.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = declaration.members.map { member in
            TableRowView([
                .text(member.name.shown), .text(member.condition.kinship.label), .text("\(member.bornOn.age(on: declaration.asOf)) 岁"),
                cell(member.condition.told), .tag(member.consent), counted(found[member.key]),
                found[member.key].map { .text($0.reason) } ?? .absent,
            ], href: "/people/persons/\(member.person.text)")
        }
        return TableView(id: "members", caption: "\(declaration.source.label)，按 \(declaration.asOf.shown) 认定", columns: [
            ColumnView("姓名"), ColumnView("关系"), ColumnView("年龄", .number), ColumnView("情况"), ColumnView("授权书"), ColumnView("是否计入"), ColumnView("认定理由"),
        ], rows: rows, empty: EmptyView("没有成员", "申请表上的成员会列在这里。"))
    }

    private func counted(_ verdict: VerdictEntry?) -> CellView {
        guard let verdict else { return .text("尚未认定") }
        return .tag(verdict.isCounted ? TagView("计入", .ok) : TagView("不计入", .plain))
    }

    private func incomes(_ declaration: Declaration) -> TableView {
        let own = declaration.members.flatMap { member in
            member.condition.incomes.map { row(member.name.shown, "收入", $0.kind.label, $0.amount.money, $0.span) }
                + member.condition.outgoings.map { row(member.name.shown, "扣除", $0.kind.label, $0.amount.money, $0.span) }
        }
        let shared = declaration.sharedIncomes.map { row("家庭", "收入", $0.kind.label, $0.amount.money, $0.span) }
            + declaration.rigidCosts.map { row("家庭", "刚性支出", $0.kind.label, $0.amount.money, $0.span) }
        return TableView(id: "incomes", caption: "申报和核实的收入", columns: [ColumnView("成员"), ColumnView("类别"), ColumnView("项目"), ColumnView("金额", .money), ColumnView("口径")],
                         rows: own + shared, empty: EmptyView("没有收入", "没有申报或者查到收入。"))
    }

    private func row(_ who: String, _ group: String, _ kind: String, _ amount: Money, _ span: IncomeSpan) -> TableRowView {
        TableRowView([.text(who), .text(group), .text(kind), .money(amount.shown), .text(span.label)])
    }

    private func assets(_ declaration: Declaration) -> TableView {
        let rows = declaration.members.flatMap { member in
            member.condition.assets.map { asset in
                TableRowView([.text(member.name.shown), .text(asset.kind.label), cell(asset.told), cell(asset.size), cell(asset.exemptionReason ?? "")])
            }
        }
        let caption = declaration.propertyState.map(\.label) ?? PropertyState.declared.label
        return TableView(id: "assets", caption: caption, columns: [ColumnView("所有人"), ColumnView("种类"), ColumnView("名称"), ColumnView("数额", .number), ColumnView("豁免理由、说明")],
                         rows: rows, empty: EmptyView("没有财产", "没有申报或者查到应当列入的财产。"))
    }

    private func supporters(_ declaration: Declaration) -> TableView {
        let rows = declaration.supporters.map { supporter in
            TableRowView([
                .text(supporter.name.shown), .text(supporter.kinship.label), .text(supporter.supported.map { declaration.name(of: $0.member) }.joined(separator: "、")),
                cell(supporter.household), supporter.paid.map { .money($0.money.shown) } ?? .absent, supporter.court.map { .money($0.money.shown) } ?? .absent,
            ])
        }
        return TableView(id: "supporters", caption: "共同生活家庭成员以外的赡养、抚养、扶养义务人", columns: [
            ColumnView("姓名"), ColumnView("是受助人的"), ColumnView("受助成员"), ColumnView("义务人家庭"), ColumnView("每月实付", .money), ColumnView("文书确定", .money),
        ], rows: rows, empty: EmptyView("没有义务人", "没有申报户外义务人。"))
    }
}

/// Text, or a dash where there is none.
func cell(_ text: String) -> CellView { text.isEmpty ? .absent : .text(text) }

extension MemberCondition {
    /// 「本科，全日制；肢体残疾二级；在业」
    var told: String {
        let study = studyLevel.flatMap { $0 == .none ? nil : $0.label + (isFullTime == false ? "，非全日制" : "") }
        let disability = disabilityKind.map { "\($0.label)残疾\(disabilityGrade.map { "\($0) 级" } ?? "")" }
        let work = isEmployed == true ? "在业" : isAbleToWork == false ? "无劳动能力" : nil
        let parts = [status.flatMap { $0 == .present ? nil : $0.label }, isCoResident == false ? "不共同居住" : nil, study, disability,
                     isSeriouslyIll == true ? "重特大疾病" : nil, work]
        return (parts.compactMap(\.self) + circumstances.map(\.circumstance.label)).joined(separator: "；")
    }
}

extension DeclarationMember {
    fileprivate var consent: TagView {
        guard condition.isPresent else { return TagView("不需签署") }
        return hasConsented == true ? TagView("已签", .ok) : TagView("未签", .warn)
    }
}

extension AssetEntry {
    fileprivate var told: String { [vehicle?.label, name, isOnlyHome == true ? "家庭唯一住所" : nil].compactMap(\.self).joined(separator: "，") }
    fileprivate var size: String { [amount?.money.shown, area_m2.map { "\($0) 平方米" }].compactMap(\.self).joined(separator: "，") }
}

extension SupporterEntry {
    fileprivate var household: String {
        guard let householdSize, let householdIncome else { return "" }
        return "\(householdSize) 人，月收入 \(householdIncome.money.shown)"
    }
}

extension Declaration {
    /// The name of a member, given by key or by name.
    fileprivate func name(of member: String) -> String { members.first { $0.key == member }?.name.shown ?? member }
}
