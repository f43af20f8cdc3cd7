import { hostAt } from '@parley/shared/protocol/hosts.ts'
import { findEmails } from './detectors/email.ts'
import { findLinks } from './detectors/link.ts'
import { draftOf } from './finding.ts'

// Whatever may stand in a host: with the signs of other scripts, which belong to one until a reader's own rules end it, and without.
const withSigns = /[^\s\p{Cc}!-,/:-@[-`{-~]+/gu
const withoutSigns = /(?:(?!\p{Bidi_C})[\p{L}\p{M}\p{N}\p{Cf}.-])+/gu
const numbers = /(?<=\/\/|@)(?:0x[0-9a-f]+|\d+)(?![\w.])/gi
const ipV6 = /\[[0-9a-f:.]{2,45}\]/gi
const saidDot =
  / ?[([{] ?(?:dot|punkt|point|punto|ponto|punt|kropka|\.) ?[)\]}] ?| (?:dot|punkt|point|punto|ponto|punt|kropka) | ?\. ?/gi
const endsInNumber = /(?:^|\.)(?:0x[0-9a-f]*|\d+)$/i
const longestHost = 253

const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** A list stays the same for many messages. */
function asSet(hosts: readonly string[]): ReadonlySet<string> {
  const known = sets.get(hosts) ?? new Set(hosts)
  sets.set(hosts, known)
  return known
}

/**
 * The first of these hosts that a text names, in whatever of an address it stands (before an `@`, in a path, in the
 * address behind another): what some reader's screen makes a link, and what people would type.
 */
export function findBlockedHost(text: string, blockedHosts: readonly string[]): string | undefined {
  if (blockedHosts.length === 0) return undefined
  const blocked = asSet(blockedHosts)
  for (const reading of readingsOf(text))
    for (const host of hostsIn(reading)) {
      const found = [...itselfAndAbove(host)].find((one) => blocked.has(one))
      if (found !== undefined) return found
    }
  return undefined
}

/** As it stands, with `%61` as its letter, and what is recognised as an address though it is written apart. */
function* readingsOf(text: string): Generator<string> {
  yield text
  if (text.includes('%')) yield text.replace(/(?:%[0-9a-f]{2})+/gi, decoded)
  const draft = draftOf(text)
  for (const { start, end } of [...findLinks(draft), ...findEmails(draft)]) {
    const written = text.slice(start, end).replace(saidDot, '.')
    yield written
    yield written.replaceAll(' ', '')
  }
}

function* hostsIn(text: string): Generator<string> {
  const plain = text.normalize('NFKC').replaceAll('。', '.')
  const isAscii = /^[\0-~]*$/.test(plain)
  for (const runs of isAscii ? [withSigns] : [withSigns, withoutSigns])
    for (const [run] of plain.matchAll(runs))
      for (const part of run.split(/\.{2,}/)) {
        const name = part.replace(/^[.-]+|[.-]+$/g, '')
        if (name.includes('.')) yield isAscii && !endsInNumber.test(name) ? name.toLowerCase() : asked(name)
      }
  for (const [number] of plain.matchAll(numbers)) yield asked(number)
  for (const [address] of plain.matchAll(ipV6)) yield asked(address)
}

function asked(name: string): string {
  return hostAt(name) ?? ''
}

function* itselfAndAbove(host: string): Generator<string> {
  yield host
  for (let at = host.length; at > 0; ) {
    at = host.lastIndexOf('.', at - 1)
    if (at < 0 || host.length - at > longestHost) return
    yield host.slice(at + 1)
  }
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}
