import type { LoaderSite, PublicSite } from '@parley/shared/protocol/site.ts'
import type { WidgetBuild } from './build.ts'
import { embed } from './embed.ts'
import { type Paint, paintsOf } from './paint.ts'

/** What of its triggers the loader must know: where the rules are, where nothing may be, and before what. */
export type LoaderRules = Pick<LoaderSite, 'rules' | 'never' | 'consent'>

/** The loader of one site: the same code for all, with the site's own words in their place. */
export function loaderSource(build: WidgetBuild, site: PublicSite, rules: LoaderRules = {}): string {
  const [before, after] = build.loader
  const words = embed({ ...loaderSite(site), ...rules })
  if (!rules.never && !rules.consent) return `${before}${words}${after}`
  // The gate is told the words, and tells them to each loader that it lets in.
  const loader = `(function(PARLEY_SITE){${before}PARLEY_SITE${after}})`
  return build.gate[0] + words + build.gate[1] + loader + build.gate[2]
}

function loaderSite(site: PublicSite): LoaderSite {
  const { name, launcherText, side, fallbackUrl, colour } = site.branding
  const { light, dark } = paintsOf(colour)
  return {
    key: site.key,
    base: `${site.chatOrigin}/w/${site.key}`,
    name,
    ...(launcherText === null ? {} : { launcherText }),
    ...(side === 'start' ? { side } : {}),
    ...(fallbackUrl === null ? {} : { fallbackUrl }),
    failure: `Chat cannot be reached. ${fallbackUrl === null ? 'Try again later' : 'Reach us another way'}`,
    light: declare(light, '#fff'),
    dark: declare(dark, '#1e1d1b'),
  }
}

function declare([colour, ink]: Paint, surface: string): string {
  return `--colour:${colour};--ink:${ink.replace('#ffffff', '#fff')};--b:${surface}`
}
