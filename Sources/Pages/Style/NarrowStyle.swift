extension Stylesheet {
    /// Tablets and phones: one column; a row of a ledger becomes a card. No page scrolls sideways at 390.
    static let narrow = """
        @layer pages {
        @media screen and (max-width: 60em) {
          .split, .form.beside { grid-template-columns: minmax(0, 1fr); }
          .estimate { position: static; }
        }
        @media screen and (max-width: 45em) {
          .masthead { padding: var(--s2) var(--s4); }
          .search { order: 3; flex-basis: 100%; max-width: none; }
          .reader { margin-left: 0; }
          .rooms ul { padding: 0 var(--s1); }
          .rooms a { padding: var(--s2); }
          main { padding: var(--s3) var(--s4) var(--s6); }
          .tasks > li { grid-template-columns: minmax(0, 1fr) auto; padding: var(--s2) 0; }
          .tasks .what { grid-column: 1; grid-row: 2; }
          .tasks .dates { grid-column: 1; grid-row: 3; }
          .tasks .acts { grid-column: 2; grid-row: 1 / span 3; flex-direction: column; }
          .tasks .button { min-height: 44px; }
          .stat-links a { padding: var(--s2); }
          .facts > div { grid-template-columns: minmax(0, 2fr) minmax(0, 5fr); }
          .row, .row .rows { padding-left: var(--s3); padding-right: var(--s3); }
          .button { min-height: max(var(--control), 44px); }
          .reader .button, .twins .button { min-height: 28px; }
          .button { white-space: normal; }
          .with-unit .button { white-space: nowrap; }
          .filters .fields { grid-template-columns: repeat(auto-fill, minmax(8em, 1fr)); }
          .filters .buttons { grid-column: 1 / -1; }
          .form > .sheet-of-form > .buttons .primary { width: 100%; }
          .ledger.cards, .ledger.cards caption, .ledger.cards tbody, .ledger.cards tr, .ledger.cards tbody th, .ledger.cards td, .ledger.cards tfoot { display: block; }
          .ledger.cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .ledger.cards tr { border: 1px solid var(--line); border-radius: var(--corner); margin-bottom: var(--s3); padding: var(--s2) var(--s3); }
          .ledger.cards tbody th, .ledger.cards td { border: 0; padding: 2px 0; text-align: left; white-space: normal; background: none; }
          .ledger.cards tbody th { font-weight: 600; font-size: var(--h3); }
          .ledger.cards td { display: grid; grid-template-columns: 7em minmax(0, 1fr); gap: var(--s3); }
          .ledger.cards td::before { content: attr(data-label); color: var(--ink-muted); font-weight: 400; }
          .ledger.cards td > * { justify-self: start; }
          .ledger:not(.cards) .text { min-width: 11em; }
          .ledger.cards tfoot td:empty { display: none; }
          .sheet { padding: var(--s4); overflow-wrap: anywhere; }
          .closing { grid-template-columns: 1fr; }
          .steps > li:last-child { padding-bottom: 0; }
        }
        }

        """
}
