import Kernel
import Pages
import Values

/// 权限矩阵。To read, and to print and sign: one table a line of business, and one of what is masked.
let matrixPage = Page("matrix", "权限矩阵", roles: .everyone, inMenu: true) { visit in
    let house = visit.reader.house
    let tables = house.lines.map { line in matrixTable(line.name, line.title, Authority.matrix([line])) }
    let masks = maskTable(), views = visit.reader.now.shown
    return Page.Body("权限矩阵", acts: [PageAct("下载 CSV", "/users/matrix.csv")]) {
        """
        <p class="sentence">按程序实际执行的规定生成，\(views)。没有写“可”的，一律不能办理或查看；另受区域、办件状态和经办与审批分离的限制。</p>
        <div class="matrix">\(masks)\(each: tables)</div>
        """
    }
}

private func matrixTable(_ id: String, _ title: String, _ grants: [Authority.Grant]) -> TableView {
    let roles = Role.allCases.filter { role in grants.contains { $0.roles.contains(role) } }
    return TableView(id: "matrix-\(id)", caption: title, columns: ["事项", "类别", "范围"].map { ColumnView($0) } + roles.map { ColumnView($0.label) }, rows: grants.map { grant in
        let name = grant.masked.isEmpty ? grant.title : "\(grant.title)（遮盖：\(grant.masked.joined(separator: "、"))）"
        return TableRowView([.text(name), .text(grant.kind.rawValue), .text(PermissionMatrix.scope(of: grant))]
            + roles.map { grant.roles.contains($0) ? .text("可") : .text("") })
    }, empty: EmptyView("没有事项", "这项业务还没有可办理的事项。"), narrow: .scrolls)
}

private func maskTable() -> TableView {
    TableView(id: "masks", caption: "证号怎样显示", columns: [ColumnView("岗位")] + Identifier.allCases.map { ColumnView($0.label) }, rows: Role.allCases.map { role in
        TableRowView([.text(role.label)] + Identifier.allCases.map { .text(FieldMask.masking(of: $0, for: role).label) })
    }, empty: EmptyView("没有遮盖", ""), narrow: .scrolls)
}
