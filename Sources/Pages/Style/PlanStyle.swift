extension Stylesheet {
    /// 计划: the document's tree beside its sentences; bars and lights.
    static let plans = """
        @layer pages {
        .lights { display: flex; flex-wrap: wrap; gap: var(--s2); margin: var(--s3) 0; }
        .plan { display: grid; grid-template-columns: minmax(14em, 20em) 1fr; gap: var(--s5); align-items: start; }
        .plan-tree { position: sticky; top: var(--s3); max-height: calc(100vh - var(--s5)); overflow: auto; padding: var(--s3); border: 1px solid var(--line); border-radius: var(--corner); }
        .plan-tree h2 { font-size: inherit; margin: 0 0 var(--s2); }
        .plan-tree ol { list-style: none; margin: 0; padding: 0; }
        .plan-tree ol ol { padding-left: var(--s3); }
        .plan-tree li { margin: var(--s1) 0; }
        .plan-tree a { text-decoration: none; }
        .plan-tree a:hover { text-decoration: underline; }
        .plan-body { max-width: 64em; min-width: 0; }
        .measure { padding: var(--s3) 0; border-bottom: 1px solid var(--line); }
        .as-written { padding-left: var(--s3); border-left: 3px solid var(--line); max-width: 54em; }
        .duty { color: var(--ink-muted); margin: var(--s1) 0; }
        .targets { list-style: none; margin: var(--s2) 0; padding: 0 0 0 var(--s3); }
        .targets li { margin: var(--s2) 0; }
        .targets p { margin: 0; }
        .evidence { color: var(--ink-muted); margin: var(--s1) 0; }
        .evidence-list { margin: 0; padding-left: 1.2em; }
        .bar { display: block; width: min(32em, 100%); height: 8px; margin: 3px 0; }
        .bar .way { fill: var(--line); }
        .bar .gone { fill: var(--ok); }
        .bar.slow .gone { fill: var(--warn); }
        .bar.late .gone { fill: var(--late); }
        .bar.overdue .gone { fill: var(--stop); }
        .bar .due { fill: var(--ink); }
        .removed { margin: var(--s4) 0; }
        .document-text { white-space: pre-wrap; max-width: 54em; font: inherit; }
        @container (max-width: 52em) { .plan { grid-template-columns: 1fr; } .plan-tree { position: static; max-height: 14em; } }
        @media (max-width: 52em) { .plan { grid-template-columns: 1fr; } .plan-tree { position: static; max-height: 14em; } }
        @media print { .plan { display: block; } .plan-tree { display: none; } }
        }

        """
}
