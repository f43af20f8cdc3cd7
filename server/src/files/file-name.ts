const longest = 200
// Controls, line breaks, bidi marks and overrides, and what a file system reads as a path.
const unwanted = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\uFFFE\uFFFF]/gu
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** The sender's name for a file, fit to be shown: one line, no path, no reordering, 200 code points at most. */
export function cleanFileName(given: string): string {
  const base = given.slice(-4_000).split(/[/\\]/).at(-1) ?? ''
  const name = base.replace(unwanted, '').replace(loneSurrogate, '').replace(/\s+/g, ' ').trim()
  const points = [...name]
  if (points.length <= longest) return name === '' ? 'file' : name
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  return points.slice(0, longest - ending.length).join('') + ending
}
