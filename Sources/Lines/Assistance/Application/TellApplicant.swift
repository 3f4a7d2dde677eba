import Commons
import Kernel
import Values

extension Desk {
    /// 短信告知申请人。Says that something was decided or is wanted, never what: no amount, no reason, no name goes through the air.
    ///
    /// The message waits in the outbox and leaves after the commit. An applicant without a telephone is told in writing, as the law asks anyway.
    func tell(_ application: Application, _ what: String) throws {
        guard let phone = try find(application.applicant).phone else { return }
        let number = try caseFile(application.id).number
        let body = try LongText(typed: "您的最低生活保障申请（\(number)）\(what)。详情请见书面文书，或到受理的乡镇人民政府、街道办事处查询。")
        try send(OutboxMessage(key: act.text, recipient: try open(phone).typed, body: body))
    }
}
