extension Stylesheet {
    /// Ledgers and arithmetic.
    static let tables = """
        @layer parts {
        .ledger-region { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        caption { text-align: left; font-weight: 600; font-size: var(--h3); padding: var(--s1) 0 var(--s2); }
        th, td { text-align: left; vertical-align: top; padding: var(--row) var(--s3); border-bottom: 1px solid var(--line); }
        th:first-child, td:first-child { padding-left: var(--s2); }
        thead th { background: var(--surface); border-top: 1px solid var(--line); border-bottom: 2px solid var(--edge); white-space: nowrap; vertical-align: bottom; }
        thead a { color: inherit; text-decoration: none; display: inline-block; }
        thead a:hover { text-decoration: underline; }
        .arrow { color: var(--ink-muted); font-weight: 400; }
        [aria-sort] .arrow { color: var(--accent); }
        .ledger tbody th { font-weight: 400; }
        .ledger tbody tr:hover > * { background: var(--accent-soft); }
        .number, .money { text-align: right; white-space: nowrap; }
        td.money, td.number { font-variant-numeric: tabular-nums; }
        td.date, td.code, th.date, th.code { white-space: nowrap; }
        .absent { color: var(--ink-muted); }
        tfoot td { font-weight: 600; border-top: 2px solid var(--edge); background: var(--surface); }
        .arithmetic tbody th { font-weight: 400; }
        .arithmetic .basis { color: var(--ink-muted); }
        .arithmetic .total > * { font-weight: 600; border-top: 2px solid var(--edge); border-bottom: 2px solid var(--edge); background: var(--surface); color: var(--ink); }
        .pager { display: flex; flex-wrap: wrap; gap: var(--s3) var(--s4); align-items: center; justify-content: center; padding: var(--s4) 0; }
        .pager span { color: var(--ink-muted); }
        }

        """
}
