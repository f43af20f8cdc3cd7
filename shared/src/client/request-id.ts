const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 132 random bits in 22 characters: the same wish keeps its id however often it is sent. */
export function newRequestId(): string {
  let id = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(22))) id += alphabet[byte & 63]
  return id
}
