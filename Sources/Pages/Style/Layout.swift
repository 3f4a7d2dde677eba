extension Stylesheet {
    /// The frames: where things stand on a page.
    static let layout = """
        @layer layout {
        .skip { position: absolute; left: var(--s2); top: -100px; z-index: 2; background: var(--accent); color: var(--accent-ink); padding: var(--s2) var(--s4); border-radius: var(--corner); }
        .skip:focus { top: var(--s2); }
        .masthead { display: flex; align-items: center; gap: var(--s3) var(--s5); flex-wrap: wrap; padding: var(--s2) var(--s5); border-top: 4px solid var(--accent); border-bottom: 1px solid var(--line); }
        .product { color: inherit; text-decoration: none; }
        .product b { font-size: var(--h2); }
        .product span { color: var(--ink-muted); margin-left: var(--s1); white-space: nowrap; }
        .search { flex: 1 1 20em; max-width: 40em; display: flex; gap: var(--s2); margin: 0 auto; }
        .search input { flex: 1; min-width: 0; }
        .reader { display: flex; align-items: center; gap: var(--s1) var(--s3); flex-wrap: wrap; margin-left: auto; }
        .who { color: inherit; display: inline-block; padding: var(--s1) 0; }
        .duties { position: relative; }
        .duties summary { cursor: pointer; padding: var(--s1) 0; }
        .duties[open] > div { position: absolute; right: 0; z-index: 3; display: grid; gap: var(--s2); min-width: 16em; padding: var(--s3); background: var(--paper); border: 1px solid var(--line); }
        .duties .button { width: 100%; }
        .elder-link { display: inline-block; padding: var(--s1) 0; }
        .rooms { border-bottom: 1px solid var(--line); background: var(--surface); }
        .rooms ul { display: flex; flex-wrap: wrap; padding: 0 calc(var(--s5) - var(--s3)); max-width: 1440px; margin: 0 auto; }
        .rooms a { display: block; padding: var(--s2) var(--s3); color: var(--ink); text-decoration: none; border-bottom: 3px solid transparent; white-space: nowrap; }
        .rooms a:hover { border-bottom-color: var(--edge); }
        .rooms a[aria-current] { border-bottom-color: var(--accent); font-weight: 600; color: var(--accent); }
        main { display: block; max-width: 1440px; margin: 0 auto; padding: var(--s4) var(--s5) var(--s7); }
        .trail ol { display: flex; flex-wrap: wrap; color: var(--ink-muted); font-size: var(--small); margin-bottom: var(--s2); }
        .trail li + li::before { content: "›"; margin: 0 var(--s2); }
        .trail a { display: inline-block; padding: 1px 0; }
        .head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--s2) var(--s5); margin-bottom: var(--s4); }
        .head .acts { display: flex; flex-wrap: wrap; gap: var(--s2); }
        .split { display: grid; grid-template-columns: minmax(0, 2fr) minmax(17em, 1fr); gap: var(--s5) var(--s6); align-items: start; }
        .main > * + *, .side > * + *, main > .panel + .panel { margin-top: var(--s5); }
        .facts, .ledger-region, .arithmetic-box, .entries { margin-bottom: var(--s4); }
        .panel > :last-child, .main > :last-child, .side > :last-child { margin-bottom: 0; }
        .panel-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: var(--s1) var(--s4); padding-bottom: var(--s1); margin-bottom: var(--s3); border-bottom: 1px solid var(--line); }
        .foot { width: min(720px, 100% - 32px); margin: 0 auto; padding: var(--s4) 0 var(--s6); border-top: 1px solid var(--line); color: var(--ink-muted); }
        body.hall main { max-width: 752px; padding: var(--s5) var(--s4) var(--s7); }
        body.hall .masthead, body.plain .masthead { padding-left: max(var(--s4), calc((100% - 720px) / 2)); padding-right: max(var(--s4), calc((100% - 720px) / 2)); }
        body.plain main { max-width: 30em; padding-top: var(--s6); }
        body.hall main > * + *, body.plain main > * + * { margin-top: var(--gap); }
        body.hall .foot { margin-top: var(--s5); }
        body.field main { max-width: 40em; padding: var(--s4) var(--s4) var(--s7); }
        }

        """
}
