import Kernel
import Values

/// 公共登记。What every line needs, built of the same parts as a line: people and households, regions, organisations, rulings, users.
public let registers = [people, organisations, policyLine, users]

/// The desk and the registers: the least that a house stands on.
public let commonLines = [deskLine] + registers

/// 人员与家庭（一人一档）。
let people = Line("people", "人员家庭", actions: [RegisterPerson.self, RecordDeath.self] + householdActions + regionActions,
                  listings: [persons, households, dissolvedHouseholds, regionRegister, regionChanges], reactions: [endMembershipAtDeath],
                  records: [Person.self, Household.self, Membership.self, FormerResidence.self, Region.self, RegionChange.self, Attachment.self],
                  jobs: [regionChangeJob], finders: [findPeople, findHouseholds, findRegions], timelines: [lifeTimeline, householdTimeline],
                  pages: [personPage, householdPage, regionsPage], forms: householdForms + regionForms,
                  migrations: commonsMigrations + peopleMigrations + householdMigrations + regionMigrations)

/// 规则。Every number or choice an authority may change, by day, place and document.
let policyLine = Line("rulings", "规则", actions: [DraftRuling.self, PublishRuling.self], listings: [rulings], records: [Ruling.self], pages: [policyPage])

/// 用户。Accounts of staff.
let users = Line("users", "用户", actions: [AddUser.self, DisableUser.self], listings: [userAccounts], records: [User.self])
