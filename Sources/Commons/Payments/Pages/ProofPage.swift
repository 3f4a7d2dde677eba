import Kernel
import Pages
import Values

/// 对账证明：one page, on the screen and as a PDF.
let proofPage = Page("runs/{id}/proof", "对账证明", roles: .paymentReaders) { visit in
    let reader = visit.reader, (run, file) = try reader.run(visit.id())
    try reader.requireScope(run.region, of: "这个批次")
    guard let digest = run.proofHash, let closedAt = run.closedAt else { throw Refusal.outOfOrder("这个批次还没有对账办结，办结后才有对账证明") }
    let proof = try reader.proof(of: run)
    let titles = reader.house.paidTitles
    let unit = "\(try reader.regionName(run.region.treasury))民政局"
    return Page.Body("对账证明", breadcrumbs: [(file.number, run.link)], sheets: [proof.sheet(unit: unit, titles, digest: digest, closedOn: closedAt.date)])
}

extension RunProof {
    func sheet(unit: String, _ titles: [String: String], digest: String, closedOn: CivilDate) -> Sheet {
        Sheet(unit: unit, title: "待遇发放对账证明", number: number, addressee: "", blocks: [
            .paragraph("\(title)共列名册 \(lines) 行，应付 \(payable) 笔 \(paid.shown)；发放成功 \(credited) 笔 \(creditedSum.shown)，另行补发 \(put.rows) 笔 \(put.sum.shown)，差额 \(openSum.shown)。"),
            .table(reasonTable(titles)), .table(fundTable(titles)), .table(batchTable),
            .facts([.init("冻结数据", "\(inputs) 条，摘要 \(inputHash.prefix(32))"), .init("名册摘要", String(rosterHash.prefix(32))), .init("证明摘要", digest)]
                + signatures.map { .init("\($0.step.label)签批", "\($0.name)　\($0.at.shown)") }),
        ], date: closedOn.shown, traceCode: String(digest.prefix(16)))
    }

    private func reasonTable(_ titles: [String: String]) -> Sheet.Table {
        let rows = reasons.map { row in
            [titles[row.programme] ?? title, row.label, "\(row.lines)", "\(count(row))", row.previous.plain, row.difference.plain, row.offset.plain, row.amount.plain]
        }
        let difference = reasons.reduce(Money.zero) { $0 + $1.difference }
        return Sheet.Table("名册分类（元）", columns: [
            .init("项目", share: 4), .init("理由", share: 3), .init("行数", .number), .init(countTitle, .number), .init("上月", .money),
            .init("相差", .money), .init("抵扣", .money), .init("实发", .money),
        ], texts: rows + [["合计", "", "\(lines)", "\(count)", previous.plain, difference.plain, offsets.plain, paid.plain]])
    }

    private func fundTable(_ titles: [String: String]) -> Sheet.Table {
        Sheet.Table("资金来源（元）", columns: [.init("项目", share: 4), .init("来源", share: 3), .init("比例", .number), .init("金额", .money)],
                    texts: funds.map { [titles[$0.programme] ?? title, $0.source.label, $0.share.shown, $0.amount.plain] })
    }

    private var batchTable: Sheet.Table {
        Sheet.Table("发放文件（元）", columns: [
            .init("批次"), .init("笔数", .number), .init("金额", .money), .init("成功", .number), .init("成功金额", .money), .init("失败", .number), .init("文件摘要", share: 4),
        ], texts: batches.map { batch in
            ["第 \(batch.number) 批", "\(batch.rows)", batch.sum.plain, "\(batch.credited)", batch.creditedSum.plain, "\(batch.failed)", String((batch.fileHash ?? "").prefix(16))]
        })
    }
}
