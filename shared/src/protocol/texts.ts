import { z } from 'zod'
import { limits } from './limits.ts'

// PostgreSQL refuses U+0000 and silently changes lone surrogates: both are refused before storing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what is looked for
const unstorable = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

export function isStorable(value: string): boolean {
  return !unstorable.test(value)
}

// Controls, line breaks and bidi overrides have no place in a name or a subject.
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for
const notOneLine = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/

function codePoints(value: string): number {
  let count = 0
  for (const _ of value) count += 1
  return count
}

function bytes(value: string): number {
  return new TextEncoder().encode(value).length
}

/** What somebody writes: kept byte for byte, newlines normalised, 5,000 code points and 20,000 bytes at most. */
export const text = z
  .string()
  .max(limits.textBytes, { error: 'text.tooLong' })
  .refine(isStorable, { error: 'text.unstorable', abort: true })
  .transform((value) => value.replace(/\r\n?/g, '\n'))
  .refine((value) => value.trim() !== '', { error: 'text.empty' })
  .refine((value) => codePoints(value) <= limits.textCodePoints && bytes(value) <= limits.textBytes, {
    error: 'text.tooLong',
  })

/** Any other text: kept as it is, if it can be kept at all. */
export function storable(max: number) {
  return z.string().max(max, { error: 'text.tooLong' }).refine(isStorable, { error: 'text.unstorable' })
}

/** A name, subject or reason: one line, no controls, no bidi overrides. */
export function line(max: number, min = 1) {
  return z
    .string()
    .max(max * 4, { error: 'text.tooLong' })
    .refine((value) => isStorable(value) && !notOneLine.test(value), {
      error: 'text.unstorable',
      abort: true,
    })
    .transform((value) => value.trim())
    .refine((value) => value !== '', { error: 'text.empty' })
    .refine((value) => codePoints(value) >= min, { error: 'text.tooShort' })
    .refine((value) => codePoints(value) <= max, { error: 'text.tooLong' })
}

export function optionalLine(max: number) {
  return line(max).optional()
}

/** Opaque, and safe in a path or a query. */
export const id = z.string().regex(/^[A-Za-z0-9_.:-]{1,80}$/, { error: 'id.shape' })
export const requestId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, { error: 'requestId.shape' })
