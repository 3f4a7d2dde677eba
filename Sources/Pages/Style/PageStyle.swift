extension Stylesheet {
    /// What only one kind of page has: the hall's entries, the sheet of a notice on screen.
    static let pages = """
        @layer pages {
        .entries { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17em, 100%), 1fr)); gap: var(--s3); }
        .entries a { display: block; height: 100%; padding: var(--s3) var(--s4); border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: var(--corner); text-decoration: none; color: var(--ink); }
        .entries a:hover { background: var(--surface); border-color: var(--accent); }
        .entries .title { display: block; color: var(--accent); font-weight: 600; text-decoration: underline; text-underline-offset: .2em; }
        .entries .note { display: block; }
        body.hall .facts { grid-template-columns: 1fr; }
        body.hall .listed { list-style: disc; padding-left: 1.4em; }
        body.hall ol.listed { list-style: decimal; }
        body.hall summary { padding: var(--s2) 0; }
        body.sheets { background: var(--surface); --text: calc(1rem * var(--scale)); }
        .sheet-tools { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: var(--s2) var(--s5); max-width: 794px; margin: 0 auto var(--s4); }
        .sheet-tools h1 { font-size: var(--h2); }
        .sheet { max-width: 794px; margin: 0 auto var(--s5); padding: 56px 64px 40px; background: #fff; color: #000; border: 1px solid var(--line); line-height: 1.75; --paper: #fff; --surface: #f6f8fa; --ink: #000; --ink-muted: #444; --line: #999; --edge: #000; --accent: #0b5cab; }
        .sheet header { text-align: center; margin-bottom: var(--s5); }
        .sheet .unit { font-size: var(--h2); }
        .sheet h2 { font-size: var(--h1); letter-spacing: .1em; }
        .sheet .number { text-align: right; margin-top: var(--s3); }
        .sheet > p { text-indent: 2em; }
        .sheet > .addressee { text-indent: 0; }
        .sheet .arithmetic-box { margin: 0; }
        .sheet .arithmetic { margin: var(--s3) 0; }
        .sheet th, .sheet td { border: 1px solid #000; padding: 3px 8px; }
        @container (max-width: 30em) { .sheet .arithmetic th, .sheet .arithmetic td { border: 0; padding: 0; } }
        .sheet .grounds, .sheet .objection { margin-top: var(--s3); }
        .sheet h3 { font-size: inherit; }
        .sheet .ledger, .sheet .arithmetic, .sheet .grounds, .sheet .objection { font-size: .92em; }
        .sheet .ledger-region { margin-bottom: var(--s2); }
        .sheet .ledger tbody tr:hover > * { background: none; }
        .sheet .arithmetic .note { display: inline; margin-left: .75em; font-size: inherit; }
        .sheet .basis { white-space: nowrap; }
        .closing { display: grid; grid-template-columns: 1fr 1fr; gap: var(--s5); margin-top: var(--s5); align-items: end; }
        .signatures p { display: flex; gap: var(--s2); min-height: 2.4em; align-items: flex-end; white-space: nowrap; }
        .signatures .rule { flex: 1; border-bottom: 1px solid #000; }
        .seal { text-align: center; min-height: 150px; display: flex; flex-direction: column; justify-content: flex-end; }
        .sheet .numbered { margin-top: var(--s3); }
        .sheet .numbered > p { text-indent: 2em; }
        .sheet .receipt-slip { margin-top: var(--s5); padding-top: var(--s3); border-top: 1px dashed #000; }
        .sheet .receipt-slip h3 { text-align: center; }
        .sheet .receipt-slip th { width: 12em; }
        .sheet .receipt-slip td { height: 2em; }
        .sheet footer { display: flex; flex-wrap: wrap; justify-content: space-between; gap: var(--s4); margin-top: var(--s5); padding-top: var(--s2); border-top: 1px solid #000; font-size: var(--small); color: #444; }
        }

        """
}
