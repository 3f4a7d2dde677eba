import Kernel
import Values

/// 公共登记。What every line needs, built of the same parts as a line: people and households, regions, rulings, users.
public let registers = [people, policyLine, users]

/// The desk and the registers: the least that a house stands on.
public let commonLines = [deskLine] + registers

/// 人员与家庭（一人一档）。
let people = Line("people", "人员家庭", actions: [RegisterPerson.self, RecordDeath.self], listings: [persons, households],
                  records: [Person.self, Household.self, Membership.self, Region.self, Attachment.self],
                  finders: [findPeople, findHouseholds], timelines: [lifeTimeline], pages: [personPage, householdPage, regionsPage], migrations: commonsMigrations)

/// 规则。Every number or choice an authority may change, by day, place and document.
let policyLine = Line("rulings", "规则", actions: [DraftRuling.self, PublishRuling.self], listings: [rulings], records: [Ruling.self], pages: [policyPage])
