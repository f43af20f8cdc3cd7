import type { Refusal, RefusalCode } from '@parley/shared/protocol/refusals.ts'

/** An expected no, from the closed list. Anything else thrown is a fault and answered `internal`. */
export class Refused extends Error {
  readonly refusal: Refusal

  constructor(code: RefusalCode, reason?: string, more: Omit<Refusal, 'code' | 'reason'> = {}) {
    super(reason ?? code)
    this.name = 'Refused'
    this.refusal = { code, ...(reason === undefined ? {} : { reason }), ...more }
  }
}
