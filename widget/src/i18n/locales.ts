import type { Words } from './words.ts'

/** Every language there is besides English, each fetched only when it is spoken. */
export const locales: Record<
  string,
  () => Promise<{ words: Partial<Words>; forms?: Intl.LDMLPluralRule[] }>
> = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  it: () => import('./it.ts'),
  nl: () => import('./nl.ts'),
  pl: () => import('./pl.ts'),
  pt: () => import('./pt.ts'),
  sv: () => import('./sv.ts'),
}
