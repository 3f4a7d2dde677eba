import Commons
import Kernel
import Pages
import Values

/// 受理、补正、公示。Sheets that decide nothing yet.
extension Reader {
    /// 受理通知书：by when a decision is due, and what was handed in.
    func acceptance(of dossier: Dossier) throws -> Sheet {
        let application = dossier.application, acceptedOn = try application.requireAcceptedOn(), office = try office(in: application.region, level: application.level)
        let clock = dossier.clocks.first { $0.name == ApplicationClock.whole.name }
        let due = clock.map { "我们将在受理之日起 \($0.span.shown)内作出是否确认的决定，到\($0.dueOn.shown)为止；有异议需要核查等情形的，按规定延长。" } ?? ""
        return Sheet(
            unit: office.township, title: "最低生活保障申请受理通知书", number: dossier.file.number, addressee: dossier.applicant.name.shown,
            body: ["您于\(application.appliedOn.shown)提出的\(application.title)申请，材料齐全，已于\(acceptedOn.shown)受理。\(due)",
                   "接下来核对家庭经济状况、入户调查（调查人员不少于两人）、公示，请您和家人配合。查询进度请报上面的编号；家庭人口、收入、财产有变化的，请及时告诉我们。"],
            particulars: [documents(of: application)],
            basis: [dossier.isOldProcedure ? Citation.approval2012("第十二条").text : Citation.confirmation2021("第十条、第十一条、第二十二条").text], objection: "",
            signatures: ["申请人签名", "经办人签名"], date: acceptedOn.shown, traceCode: application.id.traceCode)
    }

    private func documents(of application: Application) -> Sheet.Block {
        guard !application.documents.isEmpty else { return .paragraph("没有收取纸质材料：能够查询的材料由我们核对，不需要提交。") }
        let rows = application.documents.enumerated().map { number, document in
            ["\(number + 1)", document.kind.label, document.note ?? (document.attachment == nil ? "纸质" : "已上传")]
        }
        return .table(.init("收到的材料", columns: [.init("序号", share: 1), .init("材料", share: 5), .init("备注", share: 5)], texts: rows))
    }

    /// 补正材料告知书：told once, whole.
    func supplement(of dossier: Dossier) throws -> Sheet {
        let application = dossier.application, office = try office(in: application.region)
        guard let first = application.supplements.first else { throw Refusal.absent("这件没有告知过补正材料") }
        let rows = application.supplements.enumerated().map { ["\($0 + 1)", $1.item, $1.isSupplied ? "已补齐" : "请补交"] }
        return Sheet(
            unit: office.township, title: "补正材料一次性告知书", number: dossier.file.number, addressee: dossier.applicant.name.shown,
            body: ["您于\(application.appliedOn.shown)提出的\(application.title)申请，材料还不齐全，需要补正下列 \(rows.count) 项。",
                   "需要补正的材料已在此一次告知，不会再要求补交其他材料。补齐后请交到\(office.township)，我们随即审查并受理；办理时限自受理之日起算。"],
            particulars: [.table(.init("需要补正的材料", columns: [.init("序号", share: 1), .init("材料", share: 7), .init("情况", share: 2)], texts: rows))],
            basis: [dossier.isOldProcedure ? Citation.approval2012("第十二条").text : Citation.confirmation2021("第十条").text], objection: "",
            signatures: ["申请人签名", "经办人签名"], date: first.requestedOn.shown, traceCode: application.id.traceCode)
    }

    /// 公示：the applicant's surname, the community, how many people, how much; minors are counted and not named.
    func posting(of notice: PublicNotice, _ dossier: Dossier) throws -> Sheet {
        let application = dossier.application, office = try office(in: application.region), unit = notice.level == .county ? office.unit : office.township
        guard let opinion = dossier.opinions.last(where: { $0.givenOn <= notice.from }) else { throw Refusal.absent("没有找到公示所据的审核意见") }
        let row = [dossier.publicName, try communityName(application.region), application.title, dossier.publicSize(of: try find(opinion.decision)),
                   try find(opinion.decision).monthly.shown]
        return Sheet(
            unit: unit, title: "最低生活保障审核公示", number: dossier.file.number, addressee: "各位居民、村民",
            body: ["经信息核对和入户调查，拟将下列申请人纳入最低生活保障，现予公示。公示期 \(PublicNotice.days) 天，自\(notice.from.shown)张贴次日起算，最后一日遇节假日顺延，到\(notice.lastDay.shown)为止。"],
            particulars: [.table(.init("拟确认的申请", columns: [
                .init("申请人"), .init("所在村（社区）"), .init("保障类型"), .init("保障人数"), .init("拟保障金额（每月）", .money),
            ], texts: [row]))],
            basis: [dossier.isOldProcedure ? Citation.approval2012("第二十五条").text : Citation.confirmation2021("第十九条、第二十四条").text],
            objection: "对以上内容有异议的，请在公示期内向\(office.township)或者\(office.unit)反映，当面、来信、来电均可，可以不具名。我们会核查，并为您保密。",
            signatures: [], date: notice.from.shown, traceCode: notice.id.traceCode)
    }

    /// An address no closer than the village or community.
    private func communityName(_ region: RegionCode) throws -> String {
        let places = region.ancestors.filter { $0.level >= .township }.reversed()
        return try places.map { try regionName($0) }.joined()
    }
}

extension Application {
    /// 「城市最低生活保障」
    var title: String { "\(area.label)最低生活保障" }
}

extension Dossier {
    /// 张某某; nobody under eighteen is named.
    fileprivate var publicName: String { NoticeMask.name(applicant.name, born: applicant.bornOn, on: declaration.asOf) }

    fileprivate func publicSize(of found: Decision) -> String {
        guard application.ground == nil else { return "1 人（参照单人户）" }
        let counted = Set(found.members.filter(\.isCounted).map(\.key))
        let minors = declaration.members.count { counted.contains($0.key) && $0.bornOn.age(on: declaration.asOf) < 18 }
        return NoticeMask.size(counted.count, minors: minors)
    }
}
