/** Raised when an older client can no longer speak with the server; compared at connect. */
export const protocolVersion = 1
