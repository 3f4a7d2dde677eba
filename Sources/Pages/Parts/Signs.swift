/// 标签。A state in a word, with a sign; the colour only repeats it.
public struct TagView: Part, Hashable {
    public let text: String
    public let tone: Tone

    public init(_ text: String, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
    }

    public var markup: Markup { "<span class=\"tag \(tone.rawValue)\">\(text)</span>" }
}

/// 时限。How long is left, in words: 还有 3 个工作日，截止 7月5日（周五）.
public struct ClockView: Part, Hashable {
    public let text: String
    public let tone: Tone

    public init(_ text: String, _ tone: Tone = .plain) {
        self.text = text
        self.tone = tone
    }

    public var markup: Markup { "<span class=\"clock \(tone.rawValue)\">\(tone.sign)\(text)</span>" }
}

/// 提示框。Something to know before going on.
public struct NoticeBoxView: Part, Hashable {
    public let kind: Kind
    public let heading: String
    public let text: String
    public let links: [LinkView]

    public enum Kind: String, Hashable, Sendable { case info, warn, stop }

    public init(_ kind: Kind, _ heading: String, _ text: String = "", links: [LinkView] = []) {
        self.kind = kind
        self.heading = heading
        self.text = text
        self.links = links
    }

    public var markup: Markup {
        """
        <section class="notice-box \(kind.rawValue)" aria-label="\(kind.word)：\(heading)">
        <h2><span class="word">\(kind.word)</span>\(heading)</h2>
        \(if: !text.isEmpty, "<p>\(text)</p>")\(if: !links.isEmpty, "<p class=\"links\">\(each: links)</p>")
        </section>
        """
    }
}

extension NoticeBoxView.Kind {
    var word: String {
        switch self {
        case .info: "说明"
        case .warn: "请留意"
        case .stop: "不能继续"
        }
    }
}

extension Tone {
    /// A shape for each tone, so that it is told apart without colour.
    var sign: Markup {
        switch self {
        case .ok: "<span class=\"sign\" aria-hidden=\"true\">✓</span>"
        case .warn: "<span class=\"sign\" aria-hidden=\"true\">◐</span>"
        case .late: "<span class=\"sign\" aria-hidden=\"true\">●</span>"
        case .stop: "<span class=\"sign\" aria-hidden=\"true\">■</span>"
        case .plain: "<span class=\"sign\" aria-hidden=\"true\">○</span>"
        }
    }
}

/// 空状态。Says what will appear here, and what to do to make it so.
public struct EmptyView: Part, Hashable {
    public let title: String
    public let text: String
    public let act: ActLink?

    public init(_ title: String, _ text: String, act: ActLink? = nil) {
        self.title = title
        self.text = text
        self.act = act
    }

    public var markup: Markup {
        "<div class=\"empty\"><p class=\"what\">\(title)</p><p>\(text)</p>\(act)</div>"
    }
}
