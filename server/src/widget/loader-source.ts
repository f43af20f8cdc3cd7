import type { LoaderSite, PublicSite } from '@parley/shared/protocol/site.ts'
import type { WidgetBuild } from './build.ts'
import { embed } from './embed.ts'
import { paintsOf } from './paint.ts'

/** The loader of one site: the same code for all, with the site's own words in their place. */
export function loaderSource(build: WidgetBuild, site: PublicSite): string {
  const [before, after] = build.loader
  return `${before}${embed(loaderSite(site))}${after}`
}

export function loaderSite(site: PublicSite): LoaderSite {
  const { name, launcherText, side, fallbackUrl, colour } = site.branding
  return {
    key: site.key,
    chatOrigin: site.chatOrigin,
    name,
    ...(launcherText === null ? {} : { launcherText }),
    ...(side === 'start' ? { side } : {}),
    ...(fallbackUrl === null ? {} : { fallbackUrl }),
    ...paintsOf(colour),
  }
}
