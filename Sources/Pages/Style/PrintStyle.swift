extension Stylesheet {
    /// A4, black on white, nothing to click; heads of tables repeat, signatures stay with their page.
    static let print = """
        @layer pages {
        @page { size: A4; margin: 18mm 16mm; }
        @page wide { size: A4 landscape; margin: 12mm; }
        @page sheet { margin: 10mm 15mm 9mm; }
        @media print {
          :root, .sheet { --ink: #000; --ink-muted: #333; --paper: #fff; --surface: #fff; --line: #888; --edge: #000; --accent: #000; --accent-soft: #fff; --ok: #000; --warn: #000; --late: #000; --stop: #000; --ok-soft: #fff; --warn-soft: #fff; --late-soft: #fff; --stop-soft: #fff; color-scheme: light; }
          body, body.hall, body.field, body.plain { --text: 10.5pt; }
          body.sheets { --text: 10.5pt; background: #fff; }
          body.sheets main { padding: 0; }
          html, body { background: #fff; }
          .panel-head .links, .must, .rooms, .search, .reader, .trail, .acts, .skip, .filters, .twins, .selection-bar, .columns-choice, .choice, .pager, .buttons, .sheet-tools, .row > .button, .elder-link, .arrow, .reveal, .tasks .button, .foot, .form button, dialog { display: none !important; }
          .masthead { border: 0; border-bottom: 1px solid #000; padding: 0 0 4px; }
          main, body.hall main, body.plain main { max-width: none; padding: 8px 0 0; }
          .split, .form.beside { display: block; }
          .side { margin-top: var(--s4); }
          .ledger-region { overflow: visible; }
          th, td { padding: 3px 5px; }
          .ledger { font-size: 8.5pt; }
          .ledger .text { min-width: 6em; }
          .matrix { page: wide; }
          .matrix .ledger { font-size: 6.5pt; }
          .matrix .ledger .text { min-width: 2em; }
          .matrix th, .matrix td { padding: 1px 3px; }
          thead { display: table-header-group; }
          tfoot { display: table-row-group; }
          tr, .facts > div, .row, .steps > li, .notice-box, .receipt, .timeline li, .stat-links li { break-inside: avoid; }
          h1, h2, h3, caption { break-after: avoid; }
          a { color: inherit; text-decoration: none; }
          .sheet { border: 0; max-width: none; margin: 0; padding: 0; break-after: page; page: sheet; line-height: 1.45; }
          .sheet header { margin-bottom: var(--s3); }
          .sheet th, .sheet td { padding: 0 6px; line-height: 1.35; }
          .sheet .grounds, .sheet .objection { margin-top: var(--s2); }
          .sheet .closing { margin-top: var(--s3); }
          .sheet .seal { min-height: 76px; }
          .sheet .ledger-region, .sheet .arithmetic-box { padding-right: 1px; }
          .sheet .signatures p { min-height: 1.9em; }
          .sheet caption { padding: 2px 0; }
          .sheet .arithmetic { margin: var(--s1) 0 var(--s2); }
          .sheet .number { margin-top: 0; }
          .sheet footer { margin-top: var(--s2); }
          .sheet:last-child { break-after: auto; }
          .closing, .receipt-slip, .sheet footer { break-inside: avoid; }
          .closing { break-before: avoid; }
        }
        }

        """
}
