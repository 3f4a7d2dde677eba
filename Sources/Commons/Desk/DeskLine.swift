import Kernel

/// 工作台。What a person at a desk opens first: tasks, search, receipts; and what was done, for those who answer for it.
public let deskLine = Line("desk", "工作台", actions: [TakeTask.self, ReturnTask.self, HandOverTask.self, HandOverAllTasks.self], records: [TaskAssignment.self],
                           sealed: bulkSealed, jobs: [bulkJob], pages: [workbench, journalPage, jobsPage, statusPage, searchPage, receiptPage],
                           migrations: bulkMigrations + nodeMigrations)
