import Kernel

/// 手绘页面。The pages of 低保 that people keep open, and the sheets they print.
let assistancePages = [applicationPage, allowancePage, intakePage, acceptanceSheet, supplementSheet, noticeSheet, decisionPage, decisionSheet,
                       correctionPage, fixSheet, allowanceServicePage, recipientsPage]

/// 手绘表单。Wherever a household is described: on intake, on verification, on a change.
let assistanceForms = [intakeForm, verificationForm, changeForm, estimateForm, correctionForm]
