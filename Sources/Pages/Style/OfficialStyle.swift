extension Stylesheet {
    /// 公文 on the screen, and a checked text: words between signs, the colour only repeats them.
    static let official = """
        @layer pages {
        .official { max-width: 48em; margin: 0 auto var(--s5); padding: 48px 56px 40px; background: #fff; color: #000; border: 1px solid var(--line); line-height: 1.9; --ink: #000; --ink-muted: #444; --paper: #fff; --surface: #f6f8fa; --line: #999; --accent: #0b5cab; }
        .official header { text-align: center; margin-bottom: var(--s5); }
        .official h2 { font-size: var(--h1); }
        .official .number { margin-top: var(--s2); }
        .official > p { text-indent: 2em; }
        .official > .addressee { text-indent: 0; }
        .official h3, .official h4, .official h5 { font-size: inherit; margin-top: var(--s3); text-indent: 2em; }
        .official h4 { font-weight: 500; }
        .official .annexes { margin-top: var(--s4); text-indent: 2em; }
        .official .signed { margin-top: var(--s5); text-align: right; padding-right: 4em; }
        .official .annex { margin-top: var(--s6); padding-top: var(--s4); border-top: 1px dashed var(--line); }
        .official .annex h3 { text-align: center; text-indent: 0; font-size: var(--h2); }
        .official .annex > p { text-indent: 2em; }
        .official .annex > .annex-mark { text-indent: 0; font-weight: 600; }
        .official a.figure { text-decoration: none; }
        .official a.figure sup { color: var(--accent); text-decoration: underline; }
        .official sup, .checked sup { line-height: 0; font-size: .68em; }
        .official footer { margin-top: var(--s5); font-size: var(--small); color: #444; }
        .official .ledger { font-size: .86em; line-height: 1.5; }
        .checked { max-width: 56em; line-height: 2.1; }
        .checked p { margin-bottom: var(--s2); overflow-wrap: anywhere; }
        .checked mark { color: inherit; background: var(--tone-soft); border-bottom: 2px solid var(--tone); padding: 0 2px; }
        .checked mark sup { color: var(--tone); font-weight: 600; }
        .checked-key { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s4); margin-bottom: var(--s3); }
        }
        @media (max-width: 40em) { .official { padding: 24px 16px; } .official .signed { padding-right: 1em; } }
        @media print { @layer pages {
          .official { border: 0; padding: 0; max-width: none; margin: 0; }
          .official .annex { break-before: page; border: 0; }
        } }

        """
}
