import { describe, expect, it } from 'vitest'
import { codeSample, sampleLanguages } from './code-samples.ts'

const names = { kid: 'key_1', siteKey: 'marlow' }
const buyer = {
  id: 1001,
  name: 'Marta Oliveira',
  email: 'marta@studio.example',
  emailVerified: true,
  orders: [{ id: '48213', vendorIds: ['17'] }],
}
const secret = 'a secret of at least thirty-two characters'

type Sign = (person: typeof buyer) => string

async function nodeSample(algorithm: 'HS256' | 'EdDSA'): Promise<Sign> {
  const address = `data:text/javascript,${encodeURIComponent(codeSample('node', algorithm, names))}`
  const sample = (await import(/* @vite-ignore */ address)) as { parleyToken: Sign }
  return sample.parleyToken
}

const text = (part: string | undefined) => atob((part ?? '').replaceAll('-', '+').replaceAll('_', '/'))
const bytes = (part: string | undefined) => Uint8Array.from(text(part), (letter) => letter.charCodeAt(0))
const environment = (globalThis as unknown as { process: { env: Record<string, string> } }).process.env

describe('the sample a site owner copies', () => {
  it('signs with HS256 so that the secret verifies it, in a token of five minutes', async () => {
    environment.PARLEY_SECRET = secret
    const [head, claims, signature] = (await nodeSample('HS256'))(buyer).split('.')
    const key = await crypto.subtle.importKey(
      'raw',
      new TextEncoder().encode(secret),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['verify'],
    )
    const signed = new TextEncoder().encode(`${head}.${claims}`)
    expect(await crypto.subtle.verify('HMAC', key, bytes(signature), signed)).toBe(true)
    expect(JSON.parse(text(head))).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'key_1' })
    const told = JSON.parse(text(claims))
    expect(told).toMatchObject({
      iss: 'marlow',
      aud: 'parley',
      sub: '1001',
      role: 'buyer',
      orders: buyer.orders,
    })
    expect(told.exp - told.iat).toBe(300)
  })

  it('signs with EdDSA so that the public half verifies it', async () => {
    const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
    const exported = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
    environment.PARLEY_PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----\n${btoa(String.fromCharCode(...exported))}\n-----END PRIVATE KEY-----`
    const [head, claims, signature] = (await nodeSample('EdDSA'))(buyer).split('.')
    const signed = new TextEncoder().encode(`${head}.${claims}`)
    expect(await crypto.subtle.verify('Ed25519', pair.publicKey, bytes(signature), signed)).toBe(true)
    expect(JSON.parse(text(head)).alg).toBe('EdDSA')
  })

  it.each(sampleLanguages)('in $label names the key and the site, and leaves no gap to fill in', ({ id }) => {
    for (const algorithm of ['HS256', 'EdDSA'] as const) {
      const sample = codeSample(id, algorithm, names)
      expect(sample).toContain('key_1')
      expect(sample).toContain('marlow')
      expect(sample).not.toMatch(/KEY_ID|SITE_KEY/)
    }
  })
})
