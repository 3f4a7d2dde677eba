import Kernel

/// 人员与家庭（一人一档）。
let people = Line(
    "people", "人员家庭",
    actions: [
        RegisterPerson.self, EditPerson.self, RequestCorrection.self, RequestNumber.self, RecordDeath.self, RevokeDeath.self,
        ApproveChange.self, RefuseChange.self, WithdrawChange.self, FindDuplicates.self, NoteDuplicates.self, MarkDistinct.self,
        ProposeMerge.self, ApproveMerge.self, RefuseMerge.self, WithdrawMerge.self, UndoMerge.self, RevealIdentifiers.self,
    ] + householdActions + regionActions,
    inquiries: [PersonFile.self, PossibleDuplicates.self, RevealedIdentifiers.self],
    processes: [changeProcess, mergeProcess],
    listings: [persons, households, dissolvedHouseholds, changes, duplicates, merges, regionRegister, regionChanges],
    reactions: [endMembershipAtDeath],
    records: [
        Person.self, PersonVersion.self, PersonChange.self, DuplicatePair.self, PersonMerge.self, Reveal.self,
        Household.self, Membership.self, FormerResidence.self, Region.self, RegionChange.self, Attachment.self,
    ],
    jobs: [duplicateJob, regionChangeJob],
    finders: [findPeople, findHouseholds, findRegions],
    timelines: [lifeTimeline, householdTimeline],
    pages: [personPage, knownPage, readingsPage, matchesPage, changePage, duplicatePage, mergePage, revealedPage, householdPage, regionsPage],
    forms: [registerForm, mergeForm] + householdForms + regionForms,
    migrations: commonsMigrations + peopleMigrations + householdMigrations + regionMigrations,
    offers: peopleIndicators + householdIndicators)
