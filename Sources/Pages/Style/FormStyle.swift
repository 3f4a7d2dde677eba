extension Stylesheet {
    /// Buttons, boxes and fields.
    static let buttonsAndForms = """
        @layer parts {
        .button { display: inline-flex; align-items: center; justify-content: center; min-height: var(--control); padding: 0 var(--s4); border: 1px solid var(--edge); border-radius: var(--corner); background: var(--paper); color: var(--ink); text-decoration: none; cursor: pointer; line-height: 1.3; white-space: nowrap; }
        .button:hover { background: var(--surface); border-color: var(--ink); }
        .button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 600; }
        .button.primary:hover { text-decoration: underline; border-color: var(--ink); }
        .button.danger { color: var(--stop); border-color: var(--stop); }
        .button.danger:hover { background: var(--stop-soft); }
        .button.quiet { border-color: transparent; background: transparent; color: var(--accent); padding: 0 var(--s2); text-decoration: underline; text-underline-offset: .2em; }
        .button[aria-disabled=true] { opacity: .6; cursor: progress; }
        .buttons { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s3); align-items: center; }
        .draft-state { color: var(--ink-muted); }
        .one-button { display: inline; }
        .reader .button { min-height: 28px; }
        input:not([type=radio]):not([type=checkbox]):not([type=file]), select, textarea {
          min-height: var(--control); width: 100%; padding: 0 var(--s2); background: var(--paper); border: 1px solid var(--edge); border-radius: var(--corner);
        }
        textarea { padding: var(--s2); resize: vertical; display: block; }
        input[type=date], input[type=month] { max-width: 13em; }
        input.figure { text-align: right; max-width: 11em; }
        input[readonly] { background: var(--surface) !important; border-style: dashed !important; }
        input[type=radio] { width: 1.3em; height: 1.3em; margin: 0; accent-color: var(--accent); flex: none; }
        input[type=file] { max-width: 100%; padding: var(--s1) 0; }
        input[type=file]::file-selector-button { font: inherit; color: var(--ink); min-height: var(--control); padding: 0 var(--s3); margin-right: var(--s3); border: 1px solid var(--edge); border-radius: var(--corner); background: var(--paper); cursor: pointer; }
        .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17em, 100%), 1fr)); gap: var(--gap) var(--s5); align-items: start; }
        .field.wide { grid-column: 1 / -1; }
        .field > label, .field > legend { display: block; font-weight: 600; margin-bottom: var(--s1); }
        .field .hint, .field .problem { margin-bottom: var(--s1); }
        .with-unit { display: flex; max-width: 40em; align-items: center; gap: var(--s2); }
        .with-unit .unit { color: var(--ink-muted); white-space: nowrap; }
        .choices { display: flex; flex-wrap: wrap; gap: 0 var(--s5); }
        .choices label { display: inline-flex; align-items: center; gap: var(--s2); min-height: var(--control); cursor: pointer; }
        body.field .choices, body.hall .choices { flex-direction: column; gap: var(--s2); }
        body.field .choices label, body.hall .choices label { border: 1px solid var(--edge); border-radius: var(--corner); padding: 0 var(--s4); }
        .wrong { border-left: 4px solid var(--stop); padding-left: var(--s3); }
        .wrong input:not([type=radio]):not([type=file]), .wrong select, .wrong textarea { border-color: var(--stop); border-width: 2px; }
        .problem { color: var(--stop); font-weight: 600; }
        .errors { border: 3px solid var(--stop); border-radius: var(--corner); padding: var(--s4); margin-bottom: var(--s5); }
        .errors h2 { margin-bottom: var(--s2); }
        .errors li + li { margin-top: var(--s1); }
        .errors a { color: var(--stop); font-weight: 600; display: inline-block; padding: 1px 0; }
        .uploaded { background: var(--surface); padding: var(--s2) var(--s3); margin-bottom: var(--s1); }
        }

        """
}
