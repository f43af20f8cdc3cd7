import { signal } from '@preact/signals'

/** Ids of the rows as they stand on the screen, for next and previous. */
export const shownOrder = signal<string[]>([])
