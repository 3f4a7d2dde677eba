extension Stylesheet {
    /// Lines over months, alone and side by side.
    static let charts = """
        @layer parts {
        .trend { display: block; width: 100%; height: auto; overflow: visible; }
        .trend.small { margin-top: var(--s2); }
        .trend.large { max-width: 56em; margin: var(--s4) 0; }
        .trend .zero { stroke: var(--edge); stroke-width: 1; }
        .trend .target { stroke: var(--late); stroke-width: 1.5; stroke-dasharray: 6 4; }
        .trend .line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .trend .dot { fill: var(--accent); }
        .trend text { fill: var(--ink-muted); font-size: 15px; font-family: var(--face); }
        .trend .amount { fill: var(--ink); font-weight: 600; }
        .trend .goal { fill: var(--late); }
        .trend .end { text-anchor: end; }
        @media (max-width: 40em) { .trend.large text { font-size: 24px; } }
        .board { display: grid; gap: var(--s4); margin-top: var(--s5); }
        .board h2 { margin-bottom: var(--s2); }
        .figures-grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15em, 100%), 1fr)); gap: var(--s3); margin-bottom: var(--s5); }
        .figures-grid > li { border: 1px solid var(--line); border-radius: var(--corner); padding: var(--s2) var(--s3); display: flex; flex-direction: column; }
        .figures-grid a { color: var(--ink); text-decoration: none; }
        .figures-grid .title { display: block; color: var(--accent); text-decoration: underline; text-underline-offset: .2em; }
        .figures-grid .number { display: block; font-size: var(--h1); font-weight: 600; line-height: 1.3; font-variant-numeric: tabular-nums; text-align: left; }
        .figures-grid .unit { font-size: var(--text); font-weight: 400; color: var(--ink-muted); }
        .figures-grid .change, .figures-grid .note { display: block; font-size: var(--small); color: var(--ink-muted); font-variant-numeric: tabular-nums; }
        .figures-grid .trend { margin-top: auto; padding-top: var(--s2); }
        .statement { white-space: pre-wrap; overflow-wrap: anywhere; font-size: var(--small); }
        @media print { .figures-grid > li { break-inside: avoid; } }
        }

        """
}
