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
        .matrix .ledger { font-size: var(--small); }
        .matrix th, .matrix td { padding: var(--s1) var(--s2); }
        .ledger tbody tr:hover > * { background: var(--accent-soft); }
        .ledger .text { min-width: 5em; }
        .number, .money { text-align: right; white-space: nowrap; }
        td.money, td.number { font-variant-numeric: tabular-nums; }
        td.date, td.code, th.date, th.code { white-space: nowrap; }
        .absent { color: var(--ink-muted); }
        tfoot td { font-weight: 600; border-top: 2px solid var(--edge); background: var(--surface); }
        .arithmetic-box { container-type: inline-size; }
        .arithmetic tbody th { font-weight: 400; }
        .arithmetic .note { display: block; }
        .arithmetic .basis { color: var(--ink-muted); }
        .arithmetic .total > * { font-weight: 600; border-top: 2px solid var(--edge); border-bottom: 2px solid var(--edge); background: var(--surface); color: var(--ink); }
        @container (max-width: 30em) {
          .arithmetic, .arithmetic caption, .arithmetic tbody { display: block; }
          .arithmetic thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .arithmetic tbody tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; border-bottom: 1px solid var(--line); padding: var(--row) 0; }
          .arithmetic tbody tr.total { border-top: 2px solid var(--edge); border-bottom: 2px solid var(--edge); }
          .arithmetic tbody tr > *, .arithmetic .total > * { border: 0; padding: 0; }
          .arithmetic tbody .money { padding-left: var(--s3); }
          .arithmetic .basis { grid-column: 1 / -1; font-size: var(--small); }
          .arithmetic .basis:empty { display: none; }
        }
        .pager { display: flex; flex-wrap: wrap; gap: var(--s3) var(--s4); align-items: center; justify-content: center; padding: var(--s4) 0; }
        .pager span { color: var(--ink-muted); }
        }

        """
}
