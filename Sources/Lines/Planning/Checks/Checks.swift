import Kernel

// 数字核校：what the folder gives to the line.

let checkActions: [any Action.Type] = [CheckDraft.self]
let checkListings: [Listing] = [checkListing, checkRowListing]
let checkRecords: [any Record.Type] = [FigureCheck.self, FigureCheckRow.self]
let checkPages: [Page] = [checkPage]
let checkForms: [FormPage] = [checkForm]
