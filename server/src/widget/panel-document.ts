import type { PanelSite } from '@parley/shared/protocol/site.ts'
import { cspReporting } from '../csp-reporting.ts'
import type { WidgetBuild } from './build.ts'
import { embed, escapeText } from './embed.ts'

/** Markup that was sanitised when the settings were saved. */
export interface PanelWords {
  welcome: string
  closing: string
}

/** One document: its style and script are inline and allowed by their hashes alone. */
export function panelDocument(build: WidgetBuild, site: PanelSite | null, words: PanelWords): string {
  const { script, style } = build.panel
  const title = escapeText(site?.branding.name ?? 'Chat')
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>',
    title,
    '</title><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><style>',
    style,
    '</style></head><body>',
    words.welcome ? `<template id="welcome">${words.welcome}</template>` : '',
    words.closing ? `<template id="closing">${words.closing}</template>` : '',
    site ? `<script type="application/json" id="site">${embed(site)}</script>` : '',
    '<script type="module">',
    script,
    '</script></body></html>',
  ].join('')
}

export function panelPolicy(
  build: WidgetBuild,
  options: { chatOrigin: string; filesUrl?: string | undefined; ancestors: readonly string[] },
): string {
  const { chatOrigin, filesUrl, ancestors } = options
  const socketOrigin = chatOrigin.replace(/^http/, 'ws')
  const directives: Record<string, string> = {
    'default-src': "'none'",
    'script-src': `'self' '${build.panel.scriptHash}'`,
    'style-src': `'${build.panel.styleHash}'`,
    'img-src': ["'self'", 'blob:', ...ancestors].join(' '),
    'media-src': "'self' blob:",
    'connect-src': ["'self'", socketOrigin, ...(filesUrl ? [filesUrl] : [])].join(' '),
    'form-action': "'none'",
    'base-uri': "'none'",
    'object-src': "'none'",
    'frame-src': "'none'",
    'frame-ancestors': ancestors.length > 0 ? ancestors.join(' ') : "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
    ...cspReporting.directives,
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
