/** Nothing was answered: the same request may be sent again. */
export class DatabaseUnavailable extends Error {
  readonly code = 'unavailable'
}

/** Why the database cannot be opened, in one sentence for the person who starts the server. */
export class CannotOpen extends Error {}
