import Kernel

/// 公示送达。What is shown to everyone, what is handed to one person, and what is said against it.
let notices = Line(
    "notices", "公示送达",
    actions: [RecordEvidence.self, WithdrawNotice.self, ObjectToNotice.self, AnswerObjection.self, RecordService.self,
              RecordDispute.self, AnswerDispute.self, CloseDispute.self, ExecuteDispute.self],
    processes: [objectionProcess, disputeProcess],
    listings: [noticeListing, objectionListing, serviceListing, unservedListing, disputeListing],
    policies: noticePolicies,
    shipped: noticeRulings,
    reactions: [closeSettledDispute],
    records: [Notice.self, NoticeEvidence.self, NoticeObjection.self, Service.self, Dispute.self],
    pages: noticePages,
    forms: [objectionForm],
    migrations: noticeMigrations)
