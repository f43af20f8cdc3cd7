import type { LoaderSite } from '@parley/shared/protocol/site.ts'

/** The server writes what the loader may know of its site in place of this name, once, when it serves the loader. */
declare const PARLEY_SITE: LoaderSite

export const site = PARLEY_SITE
