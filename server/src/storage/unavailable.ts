/** Nothing was answered: the same request may be sent again. */
export class DatabaseUnavailable extends Error {
  readonly code = 'unavailable'
}
