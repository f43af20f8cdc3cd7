/** A name for a line of a mail: no controls, no line breaks, nothing that turns the reading direction. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** What somebody wrote, as lines; controls that are neither tab nor line break stay out of mail. */
export function linesOf(text: string): string[] {
  return text
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .replace(/[\u2028\u2029]/g, '\n')
    .split('\n')
}

export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  const kilobytes = bytes / 1024
  return kilobytes < 1024 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`
}
