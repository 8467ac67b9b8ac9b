/** The colours and letters of a picture, by the names of the page's style. */
export interface Theme {
  ink: string;
  soft: string;
  surface: string;
  edge: string;
  accent: string;
  faded: string;
  family: string;
  /** The colour of a country, the same everywhere. */
  country(code: string): string;
}

export type Lookup = (name: string) => string;

/** As the page looks now: light or dark. */
export function screenTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  return themed((name) => style.getPropertyValue(name).trim());
}

/** As paper and files take it: light, whatever the screen is. What the style says of `:root` outside of any condition is light. */
export function paperTheme(): Theme {
  return themed(paperLook());
}

/** What the page's style says of a name where it is light. */
export function paperLook(): Lookup {
  const light = new Map<string, string>();
  for (const sheet of document.styleSheets) {
    for (const rule of rulesOf(sheet)) {
      if (!(rule instanceof CSSStyleRule) || rule.selectorText !== ":root") continue;
      for (const name of rule.style) if (name.startsWith("--")) light.set(name, rule.style.getPropertyValue(name).trim());
    }
  }
  return (name) => light.get(name) ?? "";
}

/** A sheet of another host does not let its rules be read, and is not ours. */
function rulesOf(sheet: CSSStyleSheet): Iterable<CSSRule> {
  return sheet.href && new URL(sheet.href).origin !== location.origin ? [] : sheet.cssRules;
}

function themed(look: Lookup): Theme {
  const other = look("--c-x") || "#77736b";
  return {
    ink: look("--ink") || "#1c2127",
    soft: look("--ink-2") || "#4d545c",
    surface: look("--surface") || "#ffffff",
    edge: look("--edge") || "#8b867b",
    accent: look("--accent") || "#0b5566",
    faded: look("--line") || "#e3dfd6",
    family: look("--sans") || "sans-serif",
    country: (code) => (code && look(`--c-${code.toUpperCase()}`)) || other,
  };
}
