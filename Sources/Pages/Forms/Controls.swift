import Values

extension FieldView {
    /// The control itself, for kinds that are one input.
    var input: Markup {
        switch control {
        case .longText(let rows): longText(rows)
        case .date: box(type: "date")
        case .month: box(type: "month")
        case .secret(let autocomplete): box(type: "password", autocomplete: autocomplete, keepsValue: false)
        case .text(let inputMode, let autocomplete): box(inputMode: inputMode, autocomplete: autocomplete ?? "off")
        case .money: withUnit(box(inputMode: "decimal", autocomplete: "off", look: "figure"))
        case .integer: withUnit(box(inputMode: "numeric", autocomplete: "off", look: "figure"))
        case .ratio: box(autocomplete: "off", look: "figure")
        case .reference(let shown, let pick): reference(shown, pick)
        case .attachment(let accept, let camera, let multiple, let uploaded): attachment(accept, camera, multiple, uploaded)
        case .yesNo, .choice, .hidden: .empty
        }
    }

    func list(_ options: [Choice], nothing: String) -> Markup {
        """
        <select id="\(id)" name="\(name)"\(flag: "required", required)\(describedBy)\(invalid)>
        <option value="">\(nothing)</option>
        \(each: options, { "<option value=\"\($0.code)\"\(flag: "selected", $0.code == value)>\($0.label)</option>" })
        </select>
        """
    }

    private func box(
        type: String = "text", inputMode: String? = nil, autocomplete: String? = nil, look: String? = nil, keepsValue: Bool = true
    ) -> Markup {
        """
        <input id="\(id)" name="\(name)" type="\(type)"\(attribute: "class", look)\
        \(attribute: "value", keepsValue ? value : nil)\(attribute: "inputmode", inputMode)\
        \(attribute: "autocomplete", autocomplete)\(flag: "required", required)\(describedBy)\(invalid)>
        """
    }

    private func withUnit(_ box: Markup) -> Markup {
        guard let unit else { return box }
        return "<span class=\"with-unit\">\(box)<span class=\"unit\" id=\"\(id)-unit\">\(unit)</span></span>"
    }

    private func longText(_ rows: Int) -> Markup {
        // A newline right after the tag is dropped by browsers, so one is given away.
        """
        <textarea id="\(id)" name="\(name)" rows="\(rows)"\(flag: "required", required)\(describedBy)\(invalid)>
        \(value)</textarea>
        """
    }

    private func reference(_ shown: String, _ pick: ButtonView?) -> Markup {
        """
        <span class="with-unit"><input id="\(id)" type="text" value="\(shown)" readonly\(describedBy)\(invalid)>\
        \(pick.map { $0.drawn(label: "\($0.title)：\(label)") })</span>\(HiddenView(name, value))
        """
    }

    /// A phone gets a button of its own for the camera; elsewhere it is hidden: the same box twice would puzzle.
    /// The server says what is missing: of two boxes, the browser can't know that one is enough.
    private func attachment(_ accept: String, _ camera: Bool, _ multiple: Bool, _ uploaded: String?) -> Markup {
        """
        \(some: uploaded, { "<p class=\"uploaded\">已上传：\($0)。再选一份会换掉它。</p>" })\
        <input id="\(id)" name="\(name)._file" type="file" accept="\(accept)"\
        \(flag: "multiple", multiple)\(flag: "required", required && uploaded == nil && !camera)\
        \(describedBy)\(invalid)>\(if: camera, photograph)\(if: uploaded != nil, HiddenView(name, value).markup)
        """
    }

    private var photograph: Markup {
        """
        <label class="camera" for="\(id)-camera">或者拍照：\
        <input id="\(id)-camera" name="\(name)._file" type="file" accept="image/*" capture="environment"></label>
        """
    }
}
