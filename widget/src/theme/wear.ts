/** A later chunk brings its style as a sheet of its own: no element and no attribute the policy would refuse. */
export function wear(css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}
