import Values

extension FieldView: Part {
    public var markup: Markup { drawn(compact: false) }

    /// `compact` draws every choice as a list, for filters.
    func drawn(compact: Bool) -> Markup {
        switch control {
        case .hidden: HiddenView(name, value).markup
        case .yesNo: compact ? single(list(Self.yesOrNo, nothing: nothing(compact)), isMarked: !compact) : group(Self.yesOrNo)
        case .choice(let options) where compact || options.count > 5: single(list(options, nothing: nothing(compact)), isMarked: !compact)
        case .choice(let options): group(required ? options : options + [Choice(code: "", label: "不填")])
        default: single(input, isMarked: !compact)
        }
    }

    /// What the first line of a list says of choosing nothing: a filter lets everything through, a form leaves it out.
    private func nothing(_ compact: Bool) -> String { compact ? "不限" : required ? "请选择" : "不填" }

    private static let yesOrNo = [Choice(code: "1", label: "是"), Choice(code: "0", label: "否")]

    /// A label above one control; a filter isn't marked as one that may be left out, for all may.
    private func single(_ input: Markup, isMarked: Bool) -> Markup {
        """
        <div class="field \(span)\(if: problem != nil, " wrong")">
        <label for="\(id)">\(label)\(if: isMarked, mark)</label>
        \(notes)\(input)
        </div>
        """
    }

    /// Radio buttons under one legend; the first carries the id that errors link to.
    private func group(_ options: [Choice]) -> Markup {
        """
        <fieldset class="field \(options.count > 3 ? "wide" : "")\(if: problem != nil, " wrong")" role="radiogroup"\(describedBy)\(invalid)>
        <legend>\(label)\(mark)</legend>
        \(notes)<div class="choices">\(each: options.enumerated(), { radio($0.element, id: $0.offset == 0 ? id : "\(id)-\($0.offset)") })</div>
        </fieldset>
        """
    }

    private func radio(_ option: Choice, id: String) -> Markup {
        """
        <label for="\(id)"><input type="radio" id="\(id)" name="\(name)" value="\(option.code)"\
        \(flag: "checked", option.code == value)\(flag: "required", required)> \(option.label)</label>
        """
    }

    private var mark: Markup {
        required ? " <span class=\"must\">必填</span>" : "<span class=\"may\">（选填）</span>"
    }

    private var notes: Markup {
        """
        \(some: shownHint, { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" })\
        \(some: problem, { "<p class=\"problem\" id=\"\(id)-problem\"><span aria-hidden=\"true\">✕ </span>\($0)</p>" })
        """
    }

    private var shownHint: String? {
        if case .ratio = control { return hint ?? "写成 30% 或 0.3" }
        return hint
    }

    /// The notes that belong to the control, for screen readers.
    var describedBy: Markup {
        var ids: [String] = []
        if shownHint != nil { ids.append("\(id)-hint") }
        if problem != nil { ids.append("\(id)-problem") }
        if unit != nil { ids.append("\(id)-unit") }
        return "\(attribute: "aria-describedby", ids.isEmpty ? nil : ids.joined(separator: " "))"
    }

    var invalid: Markup { "\(attribute: "aria-invalid", problem == nil ? nil : "true")" }

    /// 元, 人 and so on, standing behind the box.
    var unit: String? {
        switch control {
        case .money: "元"
        case .integer(let unit): unit
        default: nil
        }
    }

    private var span: String {
        switch control {
        case .longText, .attachment, .reference: "wide"
        default: ""
        }
    }
}
