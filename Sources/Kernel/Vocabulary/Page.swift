import Pages
import Values

/// 页面。A page drawn by hand, where a person is better served than by the derived one.
///
/// It loads a view model within one snapshot and renders it afterwards; the shared frame is around it.
public struct Page: Sendable {
    /// Below the line's own path; `{id}` takes one segment: `applications/{id}`.
    public let path: String
    public let title: String
    public let roles: Set<Role>
    /// In the line's menu.
    public let isInMenu: Bool
    /// To look around by, never to decide by: may be drawn from a copy that is a little behind, and then says so.
    public let isOverview: Bool
    let load: @Sendable (Visit) throws -> Body

    public struct Body: Sendable {
        public let title: String
        public let breadcrumbs: [(title: String, href: String)]
        public let acts: [PageAct]
        /// A paper to print on A4 without the frame.
        public let isSheet: Bool
        /// 文书. The papers themselves: the page has a twin in PDF, its address ending in `.pdf`.
        public let sheets: [Sheet]
        /// 公文. A document of the office: the page has twins in Word and PDF, its address ending in `.docx` and `.pdf`.
        public let paper: OfficialPaper?
        public let render: @Sendable () -> Markup

        public init(_ title: String, breadcrumbs: [(title: String, href: String)] = [], acts: [PageAct] = [], isSheet: Bool = false,
                    render: @escaping @Sendable () -> Markup) {
            self.title = title
            self.breadcrumbs = breadcrumbs
            self.acts = acts
            self.isSheet = isSheet
            self.render = render
            sheets = []
            paper = nil
        }

        /// A page that is one official paper.
        public init(_ title: String, breadcrumbs: [(title: String, href: String)], paper: OfficialPaper) {
            self.title = title
            self.breadcrumbs = breadcrumbs
            self.paper = paper
            acts = []
            sheets = []
            isSheet = true
            render = { paper.markup }
        }

        /// A page that is nothing but papers.
        public init(_ title: String, breadcrumbs: [(title: String, href: String)], sheets: [Sheet]) {
            self.title = title
            self.breadcrumbs = breadcrumbs
            self.sheets = sheets
            paper = nil
            acts = []
            isSheet = true
            render = { "\(each: sheets)" }
        }
    }

    public init(_ path: String, _ title: String, roles: Set<Role> = .readers, inMenu: Bool = false, isOverview: Bool = false, body: @escaping @Sendable (Visit) throws -> Body) {
        self.path = path
        self.title = title
        self.roles = roles
        isInMenu = inMenu
        self.isOverview = isOverview
        load = body
    }

    public func body(_ visit: Visit) throws -> Body { try load(visit) }
}

/// A button at the head of a page.
public struct PageAct: Sendable, Hashable {
    public let title: String
    public let href: String
    public let isPrimary: Bool

    public init(_ title: String, _ href: String, primary: Bool = false) {
        self.title = title
        self.href = href
        isPrimary = primary
    }

    /// The form of an act on a subject.
    public init(_ action: AnyAction, on subject: String?, primary: Bool = false) {
        let query = subject.map { "?\(action.subjectTerm ?? "subject")=\($0)" } ?? ""
        self.init(action.title, "/\(action.line)/do/\(action.name)\(query)", primary: primary)
    }
}

/// One reading of a page: who reads, and what the address says.
public struct Visit {
    public let reader: Reader
    public let parameters: [String: String]
    public let query: [String: String]
    /// The id of the session that asks; nil where there is none.
    public let session: String?

    public init(reader: Reader, parameters: [String: String], query: [String: String], session: String? = nil) {
        self.reader = reader
        self.parameters = parameters
        self.query = query
        self.session = session
    }

    /// - Throws: `.absent` when the address holds no id.
    public func id<R>(_ name: String = "id") throws -> ID<R> {
        guard let id = ID<R>(rawValue: parameters[name] ?? "") else { throw Refusal.absent("没有这个地址，请从列表中打开") }
        return id
    }
}

/// A form drawn by hand in place of the derived one: the same fields, with whatever helps beside them.
public struct FormPage: Sendable {
    public let action: String
    /// Sections of the form, in order, and what stands beside it.
    public let layout: @Sendable (FormVisit) throws -> FormLayout

    public init<A: Action>(_ action: A.Type, layout: @escaping @Sendable (FormVisit) throws -> FormLayout) {
        self.action = A.name
        self.layout = layout
    }

    /// The form of an inquiry.
    public init<I: Inquiry>(_ inquiry: I.Type, layout: @escaping @Sendable (FormVisit) throws -> FormLayout) {
        action = I.name
        self.layout = layout
    }
}

/// An answer drawn by hand in place of the derived one.
public struct AnswerPage: Sendable {
    public let inquiry: String
    let draw: @Sendable (RawFields) throws -> Markup

    public init<I: Inquiry>(_ inquiry: I.Type, draw: @escaping @Sendable (I.Answer) -> Markup) {
        self.inquiry = I.name
        self.draw = { draw(try I.Answer(from: Reading($0))) }
    }

    public func markup(_ answer: RawFields) throws -> Markup { try draw(answer) }
}

/// What a hand-drawn form may look at: the values typed so far and the faults found in them.
public struct FormVisit {
    public let reader: Reader
    public let values: RawFields
    public let subject: String?

    public init(reader: Reader, values: RawFields, subject: String?) {
        self.reader = reader
        self.values = values
        self.subject = subject
    }
}

/// How a form is arranged. Fields that no section names follow at the end.
public struct FormLayout: Sendable {
    public let sections: [Section]
    /// What is known and shown, not asked.
    public let preface: Markup?
    /// Beside the form: the running estimate. Drawn again on request without storing anything.
    public let aside: Markup?

    public struct Section: Sendable {
        public let title: String
        public let hint: String?
        public let fields: [String]
        /// Folded away until somebody opens it: what most people leave as it is.
        public let isFolded: Bool

        public init(_ title: String, hint: String? = nil, fields: [String], folded: Bool = false) {
            self.title = title
            self.hint = hint
            self.fields = fields
            isFolded = folded
        }
    }

    public init(sections: [Section], preface: Markup? = nil, aside: Markup? = nil) {
        self.sections = sections
        self.preface = preface
        self.aside = aside
    }
}
