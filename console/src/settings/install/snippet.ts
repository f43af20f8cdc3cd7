/** What a site owner pastes, once, before the end of the body. */
export function installSnippet(chatOrigin: string, siteKey: string): string {
  return `<script async src="${chatOrigin}/w/${siteKey}.js"></script>`
}

/** For pages with signed-in people: the token is made by the marketplace's own server. */
export function identifySnippet(chatOrigin: string, siteKey: string): string {
  return [
    '<script>',
    '  window.Parley = window.Parley || function () { (Parley.q = Parley.q || []).push(arguments) }',
    "  Parley('identify', 'TOKEN FROM YOUR SERVER')",
    '</script>',
    installSnippet(chatOrigin, siteKey),
  ].join('\n')
}

/** Sources a page's own content security policy must allow, by directive. */
export function policyLines(chatOrigin: string): string[] {
  return [`script-src ${chatOrigin}`, `frame-src ${chatOrigin}`]
}
