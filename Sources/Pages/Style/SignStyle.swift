extension Stylesheet {
    /// Tags, clocks, boxes that say something.
    static let signs = """
        @layer parts {
        .tag { display: inline-block; padding: 0 var(--s2); border: 1px solid currentColor; border-radius: var(--corner); font-size: var(--small); line-height: 1.55; white-space: nowrap; }
        .ok { --tone: var(--ok); --tone-soft: var(--ok-soft); }
        .warn { --tone: var(--warn); --tone-soft: var(--warn-soft); }
        .late { --tone: var(--late); --tone-soft: var(--late-soft); }
        .stop { --tone: var(--stop); --tone-soft: var(--stop-soft); }
        .plain { --tone: var(--ink-muted); --tone-soft: var(--surface); }
        .info { --tone: var(--accent); --tone-soft: var(--accent-soft); }
        .tag { color: var(--tone); background: var(--tone-soft); }
        .clock { color: var(--tone); display: inline-flex; gap: var(--s2); }
        .clock.late, .clock.stop, .clock.warn { font-weight: 600; }
        .notice-box { border: 1px solid var(--tone); border-left-width: 6px; border-radius: var(--corner); background: var(--tone-soft); padding: var(--s3) var(--s4); margin-bottom: var(--s4); }
        .notice-box h2 { font-size: var(--h3); }
        .notice-box .word { color: var(--tone); margin-right: var(--s3); }
        .notice-box p { max-width: 60em; }
        .receipt { border: 2px solid var(--ok); border-radius: var(--corner); background: var(--ok-soft); padding: var(--s5); margin-bottom: var(--s5); }
        .receipt h2 { color: var(--ok); font-size: var(--h1); margin-bottom: var(--s2); }
        .receipt p + p { margin-top: var(--s2); }
        .empty { text-align: center; padding: var(--s6) var(--s4); color: var(--ink-muted); border: 1px dashed var(--line); border-radius: var(--corner); margin-top: var(--s2); }
        .empty .what { color: var(--ink); font-size: var(--h2); font-weight: 600; }
        .empty .button { margin-top: var(--s3); }
        }

        """
}
