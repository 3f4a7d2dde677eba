extension Stylesheet {
    /// Sections of a form, repeated rows, the estimate beside it.
    static let rowsAndSections = """
        @layer parts {
        .form.beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(17em, 22em); gap: var(--s5) var(--s6); align-items: start; }
        .section { border-top: 1px solid var(--line); padding: var(--s4) 0 var(--s5); }
        .sheet-of-form > .section:first-child { border-top: 0; padding-top: 0; }
        .section h2 { margin-bottom: var(--s3); }
        .section > .hint, .section > div > .hint { margin: calc(-1 * var(--s2)) 0 var(--s3); }
        .section > summary { padding: var(--s1) 0; }
        .section > summary h2 { display: inline; margin: 0 0 0 var(--s1); }
        .section > summary + div { margin-top: var(--s3); }
        .section .facts { margin-bottom: var(--s4); }
        .form > .sheet-of-form > .buttons { padding-top: var(--s4); border-top: 1px solid var(--line); }
        body.plain .form > .sheet-of-form > .buttons { border-top: 0; padding-top: 0; }
        body.plain .fields { grid-template-columns: 1fr; }
        body.plain .form .button.primary { width: 100%; }
        .rows { margin-top: var(--s4); }
        .fields + .rows { margin-top: var(--s4); }
        .rows > legend { font-weight: 600; font-size: var(--h3); margin-bottom: var(--s2); }
        .rows > .hint, .rows > .problem { margin-bottom: var(--s3); }
        .row { border: 1px solid var(--line); border-radius: var(--corner); padding: 0 var(--s4) var(--s3); margin-bottom: var(--s3); background: var(--surface); }
        .row > legend { font-weight: 600; padding: 0 var(--s2); margin-left: calc(-1 * var(--s2)); background: var(--paper); border: 1px solid var(--line); border-radius: var(--corner); }
        .row > .fields { padding-top: var(--s2); }
        .row .rows { border-left: 3px solid var(--line); padding-left: var(--s4); }
        .row .row { background: var(--paper); }
        .row > .button { margin-top: var(--s2); margin-left: calc(-1 * var(--s2)); color: var(--stop); }
        .estimate { position: sticky; top: var(--s4); border: 1px solid var(--line); border-top: 4px solid var(--accent); border-radius: var(--corner); padding: var(--s4); background: var(--surface); }
        .estimate h2 { margin-bottom: var(--s2); }
        .estimate .hint { margin-top: var(--s3); }
        .estimate .total > * { background: none; }
        .estimate [data-estimate-answer][aria-busy=true] { opacity: .6; }
        .filters { background: var(--surface); border: 1px solid var(--line); border-radius: var(--corner); padding: var(--s3) var(--s4); margin-bottom: var(--s3); }
        .filters .fields { grid-template-columns: repeat(auto-fill, minmax(min(12em, 100%), 1fr)); gap: var(--s3) var(--s4); align-items: end; }
        .filters .may { display: none; }
        .selection-bar { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s4); padding: var(--s2) 0; }
        .selection-bar .boxes { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); }
        .selection-bar .box { display: inline-flex; align-items: center; gap: var(--s1); }
        .selection-bar select { width: auto; max-width: 100%; }
        .columns-choice { margin-bottom: var(--s3); }
        .columns-choice .boxes { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s4); margin: var(--s2) 0; }
        td.choice, th.choice { width: 1%; white-space: nowrap; }
        .reading { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: var(--s1) var(--s5); margin-bottom: var(--s2); }
        .reading .sentence { flex: 1 1 24em; }
        .twins { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s4); align-items: center; }
        .twins .button { min-height: 28px; padding: 0; }
        }

        """
}
