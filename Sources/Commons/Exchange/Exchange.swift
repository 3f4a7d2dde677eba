import Kernel

/// 导入导出。Tables of people, households, regions and whatever else a line takes in: checked whole, confirmed by another person, entered in slices.
let exchange = Line(
    "exchange", "导入导出",
    actions: [
        BeginImport.self, MapColumns.self, CancelImport.self, ConfirmImport.self, ResumeImport.self, UndoImport.self, ReconcileImport.self, EnterRows.self,
        WithdrawRows.self,
    ] + outboundActions,
    listings: [imports, importLeftovers, importDifferences, paymentAccounts] + outboundListings,
    records: [ImportRun.self, PaymentAccount.self] + outboundRecords, sealed: storedFileSeals,
    importers: [ImportedRegion.self, ImportedOrganisation.self, ImportedPerson.self, ImportedHousehold.self, ImportedMember.self],
    pages: [importStartPage, importPage] + outboundPages,
    forms: outboundForms,
    migrations: exchangeMigrations + accountMigrations + outboundMigrations + storedFileMigrations)
