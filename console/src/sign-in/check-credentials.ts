export const leastPassword = 12

/** What can be said without asking the server; undefined when nothing is wrong. */
export function checkEmail(email: string): string | undefined {
  if (email.trim() === '') return 'Write your e-mail address.'
  return /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email.trim())
    ? undefined
    : 'This is not a full e-mail address. Example: ines@shop.example'
}

export function checkNewPassword(password: string): string | undefined {
  const length = [...password].length
  if (length === 0) return 'Choose a password.'
  if (length >= leastPassword) return undefined
  const missing = leastPassword - length
  return `Use at least ${leastPassword} characters; ${missing} more to go. A few words in a row are good.`
}

export function checkCode(code: string): string | undefined {
  return /^\d{6}$/.test(code.replace(/\s/g, '')) ? undefined : 'Write the six digits your app shows now.'
}
