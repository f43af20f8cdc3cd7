import type { PublicSite } from '@parley/shared/protocol/site.ts'

/** The server writes the site's public words in place of this name, once, when it serves the loader. */
declare const PARLEY_SITE: PublicSite

export const site = PARLEY_SITE
