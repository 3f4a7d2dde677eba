extension Stylesheet {
    /// Bare elements.
    static let base = """
        @layer base {
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: var(--s5); }
        body {
          margin: 0; background: var(--paper); color: var(--ink); font-family: var(--face); font-size: var(--text);
          line-height: 1.6; font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
        }
        h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
        ul, ol { list-style: none; }
        h1 { font-size: var(--h1); line-height: 1.3; font-weight: 600; }
        h2 { font-size: var(--h2); line-height: 1.4; font-weight: 600; }
        h3 { font-size: var(--h3); line-height: 1.4; font-weight: 600; }
        b, strong, dt, th { font-weight: 600; }
        a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
        a:hover { text-decoration-thickness: 2px; }
        button, input, select, textarea { font: inherit; color: inherit; line-height: 1.4; }
        fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
        legend { padding: 0; }
        img, svg { max-width: 100%; height: auto; }
        summary { cursor: pointer; }
        dialog { color: inherit; background: var(--paper); border: 1px solid var(--edge); border-radius: var(--corner); padding: var(--s5); max-width: min(32em, calc(100vw - 32px)); }
        dialog h2 { margin-bottom: var(--s2); }
        dialog .buttons { margin-top: var(--s5); justify-content: flex-end; }
        dialog::backdrop { background: rgba(0, 0, 0, .5); }
        [hidden] { display: none !important; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        main:focus-visible, .errors:focus-visible { outline: none; }
        .unseen { position: absolute !important; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .code { font-variant-numeric: tabular-nums; white-space: nowrap; }
        main > .hint { margin-bottom: var(--s4); }
        .hint, .note { color: var(--ink-muted); font-size: var(--small); }
        .must { color: var(--stop); font-size: var(--small); font-weight: 400; }
        .may { color: var(--ink-muted); font-size: var(--small); font-weight: 400; }
        .links { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); align-items: center; }
        .links a, .twins a { display: inline-block; padding: 2px 0; }
        @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
        @media (prefers-reduced-motion: reduce) { *, *::before, *::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; } }
        }

        """
}
