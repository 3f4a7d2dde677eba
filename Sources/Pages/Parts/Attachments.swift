/// 附件清单。Thumbnails with name, kind and size.
public struct AttachmentListView: Part, Hashable {
    public let attachments: [Attachment]

    public struct Attachment: Hashable, Sendable {
        public let name: String
        /// E.g. 图片, PDF.
        public let kind: String
        /// E.g. 1.2 MB.
        public let size: String
        public let href: String
        public let thumbnailHref: String?

        public init(_ name: String, kind: String, size: String, href: String, thumbnailHref: String? = nil) {
            self.name = name
            self.kind = kind
            self.size = size
            self.href = href
            self.thumbnailHref = thumbnailHref
        }
    }

    public init(_ attachments: [Attachment]) {
        self.attachments = attachments
    }

    public var markup: Markup { "<ul class=\"attachments\">\(each: attachments, drawn)</ul>" }

    private func drawn(_ attachment: Attachment) -> Markup {
        """
        <li><a href="\(href: attachment.href)">\(picture(attachment))\
        <span class="name">\(attachment.name)</span></a><span class="note">\(attachment.kind) · \(attachment.size)</span></li>
        """
    }

    private func picture(_ attachment: Attachment) -> Markup {
        attachment.thumbnailHref.map { "<img src=\"\(href: $0)\" alt=\"\" loading=\"lazy\" width=\"96\" height=\"96\">" }
            ?? "<span class=\"no-picture\" aria-hidden=\"true\">\(attachment.kind)</span>"
    }
}
