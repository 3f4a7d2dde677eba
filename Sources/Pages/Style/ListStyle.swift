extension Stylesheet {
    /// Facts, steps, tasks, the timeline and other lists.
    static let lists = """
        @layer parts {
        .facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(19em, 100%), 1fr)); gap: 0 var(--s5); }
        .facts > div { display: grid; grid-template-columns: 7em minmax(0, 1fr); gap: var(--s3); padding: var(--row) 0; border-bottom: 1px solid var(--line); }
        .facts dt { color: var(--ink-muted); font-weight: 400; }
        .reveal { margin-left: var(--s2); font-size: var(--small); white-space: nowrap; display: inline-block; }
        .side .facts { grid-template-columns: 1fr; }
        .steps > li { position: relative; padding: 0 0 var(--s4) 28px; }
        .steps > li::before { content: ""; position: absolute; left: 4px; top: .35em; width: 12px; height: 12px; border-radius: 50%; border: 2px solid var(--edge); background: var(--paper); z-index: 1; }
        .steps > li:not(:last-child)::after { content: ""; position: absolute; left: 9px; top: 1em; bottom: -.4em; width: 2px; background: var(--line); }
        .steps > .done::before { background: var(--ok); border-color: var(--ok); }
        .steps > .done:not(:last-child)::after { background: var(--ok); }
        .steps > .current::before { border: 4px solid var(--accent); left: 2px; width: 16px; height: 16px; }
        .reasons > li, .verdicts > li, .missing > li, .sheets > li { padding: var(--s1) 0; }
        .reasons > li + li, .verdicts > li + li { border-top: 1px solid var(--line); }
        .reasons, .verdicts, .missing { margin-bottom: var(--s3); }
        .steps .step { font-weight: 600; }
        .steps .future .step { font-weight: 400; }
        .steps .state { font-weight: 400; font-size: var(--small); color: var(--ink-muted); margin-left: var(--s2); white-space: nowrap; }
        .steps .current .state { color: var(--accent); font-weight: 600; }
        .steps .who { color: var(--ink-muted); font-size: var(--small); }
        .stages { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(11em, 100%), 1fr)); gap: var(--s2); margin-bottom: var(--s5); counter-reset: stage; }
        .stages > li { counter-increment: stage; border: 1px solid var(--line); border-top: 4px solid var(--edge); border-radius: var(--corner); padding: var(--s2) var(--s3); }
        .stages > .done { border-top-color: var(--ok); }
        .stages > .current { border-top-color: var(--accent); background: var(--accent-soft); }
        .stages .step { font-weight: 600; }
        .stages .step::before { content: counter(stage) " "; color: var(--ink-muted); }
        .stages .state { display: block; font-weight: 400; font-size: var(--small); color: var(--ink-muted); }
        .stages .current .state { color: var(--accent); font-weight: 600; }
        .stages .figures { font-weight: 600; }
        .stat-links { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: var(--s3); margin-bottom: var(--s5); max-width: 56em; }
        .stat-links a { display: block; height: 100%; border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: var(--corner); padding: var(--s2) var(--s4); color: var(--ink); text-decoration: none; }
        .stat-links a:hover { background: var(--surface); border-color: var(--tone); }
        .stat-links .title { display: block; color: var(--ink-muted); text-decoration: underline; text-underline-offset: .2em; }
        .stat-links .number { display: block; text-align: left; font-size: var(--big); line-height: 1.3; font-weight: 600; }
        .stat-links .unit { font-size: var(--text); font-weight: 400; color: var(--ink-muted); }
        .tasks > li { display: grid; grid-template-columns: 10em minmax(0, 3fr) minmax(0, 2fr) 9.5em; gap: var(--s1) var(--s4); align-items: center; padding: var(--row) var(--s2); border-bottom: 1px solid var(--line); }
        .tasks > li:first-child { border-top: 1px solid var(--line); }
        .tasks > li:hover { background: var(--surface); }
        .tasks .what b { display: inline-block; }
        .tasks .dates { color: var(--ink-muted); font-size: var(--small); }
        .tasks .acts { display: flex; gap: var(--s2); }
        .tasks .button { min-height: calc(var(--control) - 4px); padding: 0 var(--s3); }
        .timeline h3 { padding: var(--s1) 0; border-bottom: 1px solid var(--line); }
        .timeline ol { margin-bottom: var(--s4); }
        .timeline li { display: grid; grid-template-columns: 6em minmax(0, 1fr); gap: var(--s4); padding: var(--row) 0; }
        .timeline .date { color: var(--ink-muted); }
        .timeline .note { display: block; }
        .camera { display: none; margin-top: var(--s2); font-weight: 400; }
        @media (pointer: coarse) { .camera { display: block; } }
        .attachments { display: grid; grid-template-columns: repeat(auto-fill, minmax(8em, 1fr)); gap: var(--s4); }
        .attachments img, .no-picture { width: 96px; height: 96px; object-fit: cover; border: 1px solid var(--line); border-radius: var(--corner); display: flex; align-items: center; justify-content: center; background: var(--surface); color: var(--ink-muted); }
        .attachments .name, .attachments .note { display: block; }
        .record-head { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); align-items: center; margin: calc(-1 * var(--s2)) 0 var(--s5); }
        .facts-line { display: flex; flex-wrap: wrap; color: var(--ink-muted); }
        .facts-line li:not(:last-child)::after { content: "·"; margin: 0 var(--s2); }
        }

        """
}
