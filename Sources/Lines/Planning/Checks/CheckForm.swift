import Kernel
import Pages

/// 粘贴文稿的表单，with the way to uploading a file instead.
let checkForm = FormPage(CheckDraft.self) { _ in
    let other = NoticeBoxView(.info, "要核校的是文件？", "txt、docx、html 和带文字的 PDF 可以直接上传。", links: [LinkView("上传文稿核校", href: "/planning/hand-in/check")])
    return FormLayout(sections: [.init("文稿", fields: ["title", "year", "region", "text"])], preface: other.markup)
}
