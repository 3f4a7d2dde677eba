/// 三个数。Numbers that can be clicked: 今日到期, 已超期, 待我签.
public struct StatLinksView: Part, Hashable {
    public let stats: [Stat]

    public struct Stat: Hashable, Sendable {
        public let title: String
        public let number: String
        public let unit: String
        public let href: String
        public let tone: Tone

        public init(_ title: String, _ number: String, unit: String = "件", href: String, tone: Tone = .plain) {
            self.title = title
            self.number = number
            self.unit = unit
            self.href = href
            self.tone = tone
        }
    }

    public init(_ stats: [Stat]) {
        self.stats = stats
    }

    public var markup: Markup {
        """
        <ul class="stat-links">\(each: stats, {
            """
            <li><a class="\($0.tone.rawValue)" href="\(href: $0.href)"><span class="title">\($0.title)</span>\
            <span class="number">\($0.number)<span class="unit"> \($0.unit)</span></span></a></li>
            """
        })</ul>
        """
    }
}

/// 待办清单。Sorted by the clock: how late, what, whose, and the way in.
public struct TaskListView: Hashable, Sendable {
    public let tasks: [Task]
    public let empty: EmptyView

    public struct Task: Hashable, Sendable {
        public let clock: ClockView
        public let what: String
        public let who: String
        /// Dates that explain the clock, e.g. 受理 6月20日 · 法定 7月18日.
        public let dates: String
        public let act: ActLink
        /// What one may do besides: take it, hand it over.
        public let also: ActLink?

        public init(_ clock: ClockView, what: String, who: String, dates: String, act: ActLink, also: ActLink? = nil) {
            self.clock = clock
            self.what = what
            self.who = who
            self.dates = dates
            self.act = act
            self.also = also
        }
    }

    public init(_ tasks: [Task], empty: EmptyView) {
        self.tasks = tasks
        self.empty = empty
    }
}

extension TaskListView: Part {
    public var markup: Markup {
        tasks.isEmpty ? empty.markup : "<ul class=\"tasks\">\(each: tasks, drawn)</ul>"
    }

    private func drawn(_ task: Task) -> Markup {
        """
        <li>\(task.clock)<span class="what">\(task.what) · <b>\(task.who)</b></span><span class="dates">\(task.dates)</span>\
        <span class="acts"><a class="button \(task.act.weight.rawValue)" href="\(href: task.act.href)"\
         aria-label="\(task.act.title)：\(task.what)，\(task.who)">\(task.act.title)</a>\(some: task.also, { besides($0, task) })</span></li>
        """
    }

    private func besides(_ act: ActLink, _ task: Task) -> Markup {
        "<a class=\"button \(act.weight.rawValue)\" href=\"\(href: act.href)\" aria-label=\"\(act.title)：\(task.who)\">\(act.title)</a>"
    }
}

/// 办结回执。After an act: what happened, its number, what comes next.
public struct ReceiptView: Part, Hashable {
    public let what: String
    public let number: String?
    public let next: String
    public let links: [LinkView]

    public init(_ what: String, number: String? = nil, next: String, links: [LinkView] = []) {
        self.what = what
        self.number = number
        self.next = next
        self.links = links
    }

    public var markup: Markup {
        """
        <section class="receipt" role="status">
        <h2><span aria-hidden="true">✓ </span>\(what)</h2>
        \(some: number, { "<p>编号 <strong class=\"code\">\($0)</strong></p>" })
        <p><b>下一步：</b>\(next)</p>
        \(if: !links.isEmpty, "<p class=\"links\">\(each: links)</p>")
        </section>
        """
    }
}
