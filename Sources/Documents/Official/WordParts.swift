import Values

/// What surrounds the body of a Word document: styles, page, page numbers, and what binds the parts together.
enum WordParts {
    static let opening = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    static let namespaces = """
    xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    """
    private static let package = "http://schemas.openxmlformats.org/package/2006"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let word = "application/vnd.openxmlformats-officedocument.wordprocessingml"

    static let contentTypes = """
    \(opening)<Types xmlns="\(package)/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
    <Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="\(word).document.main+xml"/>\
    <Override PartName="/word/styles.xml" ContentType="\(word).styles+xml"/><Override PartName="/word/settings.xml" ContentType="\(word).settings+xml"/>\
    <Override PartName="/word/footer1.xml" ContentType="\(word).footer+xml"/><Override PartName="/word/footer2.xml" ContentType="\(word).footer+xml"/>\
    <Override PartName="/word/fontTable.xml" ContentType="\(word).fontTable+xml"/>\
    <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>
    """

    static let relations = """
    \(opening)<Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(office)/officeDocument" Target="word/document.xml"/>\
    <Relationship Id="rId2" Type="\(package)/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>
    """

    static let documentRelations = """
    \(opening)<Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(office)/styles" Target="styles.xml"/>\
    <Relationship Id="rId2" Type="\(office)/settings" Target="settings.xml"/><Relationship Id="rId3" Type="\(office)/footer" Target="footer1.xml"/>\
    <Relationship Id="rId4" Type="\(office)/footer" Target="footer2.xml"/><Relationship Id="rId5" Type="\(office)/fontTable" Target="fontTable.xml"/></Relationships>
    """

    static func core(title: String, author: String, madeAt: Instant) -> String {
        let time = String(madeAt.typed.prefix(19)) + "Z"
        return """
        \(opening)<cp:coreProperties xmlns:cp="\(package)/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" \
        xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>\(WordRun.escaped(title))</dc:title>\
        <dc:creator>\(WordRun.escaped(author))</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">\(time)</dcterms:created></cp:coreProperties>
        """
    }

    // MARK: the page

    /// 210 × 297 mm; the type area of 156 × 225 mm; 22 lines a page. The foot stands 7 mm under the type area.
    ///
    /// Twenty-eight characters a line come from the type itself, set a quarter of a point closer: programs differ over a grid of characters.
    static let section = """
    <w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>\
    <w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="1332" w:gutter="0"/>\
    <w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>
    """

    static let settings = """
    \(opening)<w:settings \(namespaces)><w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/></w:settings>
    """

    /// — 1 —: at the right of odd pages, at the left of even ones, one character from the edge.
    static func footer(isOdd: Bool) -> String {
        let size = "<w:rPr><w:rFonts w:ascii=\"宋体\" w:hAnsi=\"宋体\" w:eastAsia=\"宋体\"/><w:sz w:val=\"28\"/></w:rPr>"
        func run(_ content: String) -> String { "<w:r>\(size)\(content)</w:r>" }
        let field = run("<w:fldChar w:fldCharType=\"begin\"/>") + run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>")
            + run("<w:fldChar w:fldCharType=\"separate\"/>") + run("<w:t>1</w:t>") + run("<w:fldChar w:fldCharType=\"end\"/>")
        let side = isOdd ? "<w:ind w:rightChars=\"100\" w:right=\"280\"/><w:jc w:val=\"right\"/>" : "<w:ind w:leftChars=\"100\" w:left=\"280\"/><w:jc w:val=\"left\"/>"
        let dash = run("<w:t xml:space=\"preserve\">— </w:t>"), end = run("<w:t xml:space=\"preserve\"> —</w:t>")
        return "\(opening)<w:ftr \(namespaces)><w:p><w:pPr><w:pStyle w:val=\"Foot\"/>\(side)</w:pPr>\(dash)\(field)\(end)</w:p></w:ftr>"
    }

    // MARK: styles

    static let styles = """
    \(opening)<w:styles \(namespaces)><w:docDefaults><w:rPrDefault><w:rPr>\(fonts("仿宋"))<w:sz w:val="32"/><w:szCs w:val="32"/>\
    <w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
    \(style("Normal", "Normal", close + "<w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/><w:jc w:val=\"both\"/>", bodyType, isDefault: true))\
    \(style("Plain", "无缩进", ""))\
    \(style("Title", "Title", offGrid + "<w:spacing w:before=\"579\" w:line=\"640\" w:lineRule=\"exact\"/><w:jc w:val=\"center\"/>", fonts("方正小标宋简体") + even + size(44)))\
    \(style("Number", "发文字号", "<w:jc w:val=\"center\"/>"))\
    \(style("Addressee", "主送机关", ""))\
    \(style("Level1", "heading 1", "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/><w:outlineLvl w:val=\"0\"/>", fonts("黑体")))\
    \(style("Level2", "heading 2", "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/><w:outlineLvl w:val=\"1\"/>", fonts("楷体")))\
    \(style("Level3", "heading 3", "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/><w:outlineLvl w:val=\"2\"/>", "<w:b/>"))\
    \(style("Level4", "heading 4", "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"632\"/><w:outlineLvl w:val=\"3\"/>"))\
    \(style("Annexes", "附件说明", "<w:ind w:leftChars=\"200\" w:left=\"632\"/>"))\
    \(style("AnnexMark", "附件标识", "<w:pageBreakBefore/>", fonts("黑体")))\
    \(style("AnnexTitle", "附件标题", offGrid + "<w:spacing w:before=\"289\" w:after=\"289\" w:line=\"640\" w:lineRule=\"exact\"/>" + centred, fonts("方正小标宋简体") + even + size(44)))\
    \(style("Caption", "caption", "<w:keepNext/><w:jc w:val=\"center\"/>", fonts("黑体") + size(28)))\
    \(style("Cell", "表格", "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"320\" w:lineRule=\"exact\"/>", fonts("宋体") + even + size(21)))\
    \(style("Foot", "页码", "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"280\" w:lineRule=\"exact\"/>", fonts("宋体") + even + size(28)))\
    \(style("Trace", "查验码", "<w:snapToGrid w:val=\"0\"/><w:spacing w:before=\"289\" w:line=\"320\" w:lineRule=\"exact\"/>", fonts("宋体") + even + size(21)))</w:styles>
    """

    private static func fonts(_ name: String) -> String {
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"\(name)\" w:cs=\"Times New Roman\"/>"
    }

    private static let offGrid = "<w:snapToGrid w:val=\"0\"/>", centred = "<w:jc w:val=\"center\"/>"
    /// No blank between Han text and figures, and pages as long as their lines.
    private static let close = "<w:widowControl w:val=\"0\"/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/>"

    /// Type of 16 points, a quarter of a point closer.
    private static let bodyType = fonts("仿宋") + "<w:spacing w:val=\"-5\"/>" + size(32)

    /// Type at its own width.
    private static let even = "<w:spacing w:val=\"0\"/>"

    /// The faces by their other names, and what stands in for them where a machine has none.
    static let fontTable = """
    \(opening)<w:fonts \(namespaces)>\(font("仿宋", "FangSong", "modern"))\(font("楷体", "KaiTi", "modern"))\(font("黑体", "SimHei", "modern"))\(font("宋体", "SimSun", "roman"))\
    \(font("方正小标宋简体", "FZXiaoBiaoSong-B05S", "roman"))</w:fonts>
    """

    private static func font(_ name: String, _ other: String, _ family: String) -> String {
        "<w:font w:name=\"\(name)\"><w:altName w:val=\"\(other)\"/><w:charset w:val=\"86\"/><w:family w:val=\"\(family)\"/><w:pitch w:val=\"variable\"/></w:font>"
    }

    /// In half points.
    private static func size(_ halves: Int) -> String { "<w:sz w:val=\"\(halves)\"/><w:szCs w:val=\"\(halves)\"/>" }

    private static func style(_ id: String, _ name: String, _ paragraph: String, _ run: String = "", isDefault: Bool = false) -> String {
        let base = isDefault ? "" : "<w:basedOn w:val=\"\(id == "Plain" ? "Normal" : "Plain")\"/>"
        let reset = id == "Plain" ? "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/>" : paragraph
        return """
        <w:style w:type="paragraph"\(isDefault ? " w:default=\"1\"" : "") w:styleId="\(id)"><w:name w:val="\(name)"/>\(base)<w:qFormat/>\
        <w:pPr>\(reset)</w:pPr><w:rPr>\(run)</w:rPr></w:style>
        """
    }
}
