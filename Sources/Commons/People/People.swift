import Kernel

/// 人员与家庭（一人一档）。
let people: Line = Line("people", "人员家庭",
                  actions: [RegisterPerson.self, EditPerson.self, RequestCorrection.self, RequestNumber.self, RecordDeath.self, RevokeDeath.self,
                            ApproveChange.self, RefuseChange.self, WithdrawChange.self, FindDuplicates.self, NoteDuplicates.self, MarkDistinct.self,
                            ProposeMerge.self, ApproveMerge.self, RefuseMerge.self, WithdrawMerge.self, UndoMerge.self, RevealIdentifiers.self],
                  inquiries: [PersonFile.self, PossibleDuplicates.self, RevealedIdentifiers.self], processes: [changeProcess, mergeProcess],
                  listings: [persons, households, changes, duplicates, merges],
                  records: [Person.self, PersonVersion.self, PersonChange.self, DuplicatePair.self, PersonMerge.self, Reveal.self,
                            Household.self, Membership.self, Region.self, Attachment.self],
                  jobs: [duplicateJob], finders: [findPeople, findHouseholds], timelines: [lifeTimeline],
                  pages: [personPage, knownPage, readingsPage, matchesPage, changePage, duplicatePage, mergePage, revealedPage, householdPage, regionsPage],
                  forms: [registerForm, mergeForm], migrations: commonsMigrations + peopleMigrations)
