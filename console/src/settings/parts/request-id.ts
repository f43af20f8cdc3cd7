/** Made anew for each wish, so that a repeated delivery is not a second wish. */
export function requestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
