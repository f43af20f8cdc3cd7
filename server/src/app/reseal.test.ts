import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityToken } from '../demo/identity-token.ts'
import { findPerson } from '../demo/person.ts'
import { recogniseVisitor, reseal, sealOf } from '../identity/index.ts'
import { createSeal } from '../identity/seal.ts'
import { totpContext } from '../identity/sessions/sign-in.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { liveSecrets, sealedSecrets } from '../webhooks/secrets.ts'

describe('what was sealed with the key before', () => {
  const [before, now] = [randomBytes(32), randomBytes(32)]
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow('postgres', { SECRET_KEY: before.toString('hex') })
  })
  afterAll(() => site?.close())

  const withKeys = (secretKey: Uint8Array, secretKeyBefore?: Uint8Array) => ({
    ...site.world.parts,
    config: { ...site.world.parts.config, secretKey, secretKeyBefore },
  })
  const recognised = async (parts: ReturnType<typeof withKeys>) => {
    const marta = findPerson('marta')
    if (!marta) throw new Error('Marta is not in the cast.')
    const token = await identityToken(marta, parts.clock)
    return (await recogniseVisitor(parts, { siteKey: 'marlow', identityToken: token })).actor.name
  }

  it('opens under both, is sealed anew once by however many start, and opens without the old one then', async () => {
    const { database } = site.world.parts
    const { secret: hook } = await (await site.member('ines')).ask('createWebhook', {
      requestId: 'reseal-hook',
      url: 'https://hooks.example/parley',
      label: 'Shop',
      eventTypes: ['messageSent'],
    })
    const [account] = await database.query<{ account_id: string }>('select account_id from accounts limit 1')
    const accountId = account?.account_id ?? ''
    const sealed = createSeal(before).close('JBSWY3DPEHPK3PXP', totpContext(accountId))
    await database.query('update accounts set totp_secret = $2 where account_id = $1', [accountId, sealed])

    const [both, alone] = [withKeys(now, before), withKeys(now)]
    await expect(recognised(alone)).rejects.toThrow()
    expect(await recognised(both)).toBe('Marta Oliveira')
    await Promise.all([reseal(both, sealedSecrets), reseal(both, sealedSecrets)])
    expect(await reseal(both, sealedSecrets)).toBe(0)

    expect(await recognised(alone)).toBe('Marta Oliveira')
    const [kept] = await database.query<{ totp_secret: string }>(
      'select totp_secret from accounts where account_id = $1',
      [accountId],
    )
    const open = sealOf(alone.config)
    expect(open.open(kept?.totp_secret ?? '', totpContext(accountId))).toBe('JBSWY3DPEHPK3PXP')
    const hooks = await database.query<Parameters<typeof liveSecrets>[1]>('select * from webhooks')
    expect(hooks.map((row) => liveSecrets(alone, row, new Date(0)))).toEqual([[hook]])
    expect(createSeal(now, before).open(sealed, totpContext(accountId))).toBe('JBSWY3DPEHPK3PXP')
  })

  it('is left alone where no key before is named', async () => {
    expect(await reseal(withKeys(now), sealedSecrets)).toBe(0)
  })
})
