extension Stylesheet {
    /// Colours, sizes and spaces, named for their purpose. Sizes hang on `--text`, which a room sets and 适老 enlarges.
    static let tokens = """
        @layer base {
        :root {
          --ink: #1f2328; --ink-muted: #57606a;
          --paper: #ffffff; --surface: #f6f8fa; --line: #d0d7de; --edge: #6e7781;
          --accent: #0b5cab; --accent-ink: #ffffff; --accent-soft: #e7f1fb;
          --ok: #1a7f37; --ok-soft: #eff9f1;
          --warn: #855800; --warn-soft: #fdf3d8;
          --late: #ac4600; --late-soft: #fdebdd;
          --stop: #b42318; --stop-soft: #fdeceb;
          --tier-red: #b42318; --tier-orange: #ac4600; --tier-green: #1a7f37;
          --s1: 4px; --s2: 8px; --s3: 12px; --s4: 16px; --s5: 24px; --s6: 32px; --s7: 48px;
          --corner: 4px; --scale: 1;
          --face: system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
          color-scheme: light dark;
        }
        :root.elder { --scale: 1.35; }
        @media (prefers-color-scheme: dark) { :root {
          --ink: #e6edf3; --ink-muted: #a3adb8;
          --paper: #10151b; --surface: #191f27; --line: #37404a; --edge: #7d8894;
          --accent: #74b6f7; --accent-ink: #08131f; --accent-soft: #15283b;
          --ok: #5cc978; --ok-soft: #13291b;
          --warn: #e3b341; --warn-soft: #2d2410;
          --late: #f4975a; --late-soft: #311e10;
          --stop: #ff938a; --stop-soft: #351715;
          --tier-red: #ff938a; --tier-orange: #f4975a; --tier-green: #5cc978;
        } }
        body { --text: calc(.875rem * var(--scale)); --control: calc(2.25rem * var(--scale)); --row: 6px; --gap: var(--s4); }
        body.field, body.plain { --text: calc(1rem * var(--scale)); --control: calc(2.75rem * var(--scale)); --row: 10px; }
        body.hall { --text: calc(1.125rem * var(--scale)); --control: calc(3rem * var(--scale)); --row: 12px; --gap: var(--s5); }
        body {
          --small: calc(var(--text) * .93); --h3: calc(var(--text) * 1.07); --h2: calc(var(--text) * 1.2);
          --h1: calc(var(--text) * 1.65); --big: calc(var(--text) * 2);
        }
        }

        """
}
