import Values
import Kernel

extension WorkSummary {
    init(from reading: Reading<WorkSummary>) throws(Refusal) {
        id = try reading(.id)
        region = try reading(.region)
        kind = try reading(.summaryKind)
        title = try reading(.summaryTitle)
        unit = try reading(.summaryUnit)
        from = try reading(.fromMonth)
        through = try reading(.throughMonth)
        plan = try reading(.planOfSummary)
        code = try reading(.summaryCode)
        draftedByName = try reading(.draftedByName)
        draftedAt = try reading(.draftedAt)
        frozenAt = try reading(.frozenAt)
        frozenByName = try reading(.frozenByName)
        frozenHash = try reading(.frozenHash)
    }
}

extension SummaryLine {
    init(from reading: Reading<SummaryLine>) throws(Refusal) {
        id = try reading(.id)
        summary = try reading(.summaryOfRow)
        region = try reading(.region)
        position = try reading(.linePosition)
        level = try reading(.lineLevel)
        text = try reading(.storedText)
        isEdited = try reading(.isEditedLine)
    }
}

extension SummaryFigure {
    init(from reading: Reading<SummaryFigure>) throws(Refusal) {
        id = try reading(.id)
        code = try reading(.traceCode)
        summary = try reading(.summaryOfRow)
        number = try reading(.figureNumber)
        role = try reading(.figureRole)
        indicator = try reading(.figureIndicator)
        name = try reading(.figureName)
        definition = try reading(.figureDefinition)
        basis = try reading(.figureBasis)
        region = try reading(.region)
        from = try reading(.fromMonth)
        through = try reading(.throughMonth)
        amount = try reading(.figureAmount)
        unit = try reading(.figureUnit)
        scale = try reading(.figureScale)
        shown = try reading(.figureShown)
        counting = try reading(.figureCounting)
        target = try reading(.figureTarget)
        isManual = try reading(.isManualFigure)
        moment = try reading(.figureMoment)
    }
}
