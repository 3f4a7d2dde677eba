import Values

/// 办件。One matter under a process: its number, where it stands, and since when. Its id is its subject's id.
public struct CaseFile: Sendable, Hashable {
    public let id: String
    public let process: String
    public let number: String
    public let region: RegionCode
    /// Whose matter it is, for staff: 「张某某户」.
    public let title: String
    public let state: String
    /// The day whose procedure edition holds: the day of acceptance, before that the day it was opened.
    public let editionOn: CivilDate
    public let openedOn: CivilDate
    public let closedOn: CivilDate?
    public let version: Int
}

/// A running, paused or ended clock of a case.
public struct Clock: Sendable, Hashable {
    public let id: String
    public let name: String
    public let title: String
    public let span: Span
    public let startedOn: CivilDate
    /// Recomputed from start, span and pauses; never edited by hand.
    public let dueOn: CivilDate
    /// 暂定：the work calendar of that year is not yet published.
    public let provisional: Bool
    public let pausedOn: CivilDate?
    public let endedOn: CivilDate?

    public var isRunning: Bool { endedOn == nil && pausedOn == nil }
}
