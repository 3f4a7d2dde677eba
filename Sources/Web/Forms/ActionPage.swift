import Hummingbird
import Kernel
import Pages
import Values

/// What an act's form looks like, from its state and what was found for it.
struct ActionPage: Part {
    let form: ActionForm
    let state: ActionState
    let help: ActionHelp
    let token: String

    var markup: Markup {
        let guidance = form.action.guidance
        return """
            \(if: !guidance.isEmpty, "<p class=\"hint\">\(guidance)</p>")\(some: state.offeredDraft, offer)
            \(some: state.notice, { NoticeBoxView(.stop, $0).markup })
            \(help.layout?.preface)\(view)
            """
    }

    private var view: FormView {
        let drawing = FormDrawing(outline: form.outline, values: state.values, problems: state.problems, regions: help.regions, files: help.files)
        let errors = state.problems.map { ErrorView($0.path, $0.message) }
        return FormView(action: form.address, hidden: hidden, sections: drawing.sections(help.layout, title: "填写内容") + password, errors: errors,
                        buttons: buttons, onEnter: isLong ? saving : nil,
                        draft: DraftView(href: "\(form.address)?part=draft", state: state.draftState),
                        estimate: help.layout?.aside.map { EstimateView(href: "\(form.address)?part=aside", content: $0) })
    }

    private var hidden: [HiddenView] {
        var hidden = [HiddenView(Forgery.field, token), HiddenView("_act", state.act.text)]
        if let version = state.version { hidden.append(HiddenView("_version", String(version))) }
        if let subject = state.subject { hidden.append(HiddenView("_subject", subject)) }
        return hidden
    }

    private var saving: ButtonView { ButtonView("保存草稿", name: "_draft") }
    private var isLong: Bool { form.outline.fields.contains { if case .rows = $0.content { true } else { false } } }

    private var buttons: [ButtonView] {
        let submit = ButtonView(form.action.title, weight: .primary)
        let estimate = help.layout?.aside == nil ? [] : [ButtonView("试算", name: "_estimate")]
        return [submit] + estimate + [saving]
    }

    private var password: [SectionView] {
        var fields: [FieldView] = []
        if form.outline.asksForCurrentPassword {
            fields.append(FieldView([PasswordAsking.currentField], "现在的密码", .secret(autocomplete: "current-password"), problem: problem(at: PasswordAsking.currentField)))
        }
        if form.outline.asksForPassword {
            fields.append(FieldView([PasswordAsking.field], form.outline.asksForCurrentPassword ? "新密码" : "密码", .secret(autocomplete: "new-password"),
                                    hint: PasswordAsking.hint, problem: problem(at: PasswordAsking.field)))
        }
        return fields.isEmpty ? [] : [SectionView("登录密码", fields: fields)]
    }

    private func problem(at field: String) -> String? { state.problems.first { $0.path == [field] }?.message }

    /// 「上次 14:32 保存的草稿：继续填写 / 丢弃」
    private func offer(_ savedAt: Instant) -> Markup {
        let when = savedAt.date == help.today ? savedAt.shownTime : savedAt.shown
        let subject = state.subject.map { Query().with(form.action.subjectTerm ?? "subject", $0) } ?? Query()
        let resume = LinkView("继续填写", href: form.address + subject.with("draft", "1").text)
        let discard = OneButtonForm(action: "\(form.address)?part=discard", hidden: hidden, button: ButtonView("丢弃草稿", weight: .quiet))
        return "\(NoticeBoxView(.info, "上次 \(when) 保存的草稿还在", links: [resume]))\(discard)"
    }
}
