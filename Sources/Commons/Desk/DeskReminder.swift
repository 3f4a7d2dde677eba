import Kernel
import Pages

/// 业务提醒。What a line tells the people at the workbench who can do something about it: nil when there is nothing.
public struct DeskReminder: Offer {
    let notice: @Sendable (Reader) throws -> NoticeBoxView?

    public init(_ notice: @escaping @Sendable (Reader) throws -> NoticeBoxView?) { self.notice = notice }
}
