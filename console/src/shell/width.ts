import { signal } from '@preact/signals'

/** `phone` one column · `small` rail of icons · `medium` details as a sheet · `wide` three columns. */
export type Width = 'phone' | 'small' | 'medium' | 'wide'

const queries: [Width, MediaQueryList][] = [
  ['wide', matchMedia('(min-width: 1200px)')],
  ['medium', matchMedia('(min-width: 900px)')],
  ['small', matchMedia('(min-width: 640px)')],
]

export const width = signal<Width>(measured())

function measured(): Width {
  return queries.find(([, query]) => query.matches)?.[0] ?? 'phone'
}

for (const [, query] of queries)
  query.addEventListener('change', () => {
    width.value = measured()
  })
