/** Keeps single fields of a row unreadable to whoever has the rows alone: a dump, a backup, a disk. */
export interface FieldSeal {
  /** Stands before the dot of what is sealed with the key of today. */
  keyId: string
  /** `context` names the place the value belongs to; moved elsewhere it does not open. */
  close(value: string, context: string): string
  /** What was never sealed is itself; undefined where no key that is known opens it. */
  open(kept: string, context: string): string | undefined
  /** What finds an address of a site by the whole of it: by the key of today first, then by the one before. */
  digestsOf(siteId: string, address: string): string[]
}

/** For programs that move and count rows without a key: they open nothing, and cannot keep anything in clear. */
export const withoutKey: FieldSeal = {
  keyId: '',
  close() {
    throw new Error('This database was opened without SECRET_KEY: nothing can be sealed.')
  },
  open: (kept) => (isSealed(kept) ? undefined : kept),
  digestsOf: () => [],
}

/** A key’s id, a dot and at least a nonce and a tag. No address looks like it: it has no @. */
export function isSealed(kept: string): boolean {
  return /^[\w-]{8}\.[\w-]{38,}$/.test(kept)
}
