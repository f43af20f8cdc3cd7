import * as oidc from 'openid-client'
import type { OutboundRules } from '../../outbound/index.ts'
import { throughTheDoor } from './through-the-door.ts'

/** Where the marketplace's people sign in, as the operator has set it. */
export interface SsoSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** What the button says after "Sign in with". */
  name: string
}

/** What must be the same when the person comes back. */
export interface SsoJourney {
  state: string
  nonce: string
  verifier: string
}

export interface SsoPerson {
  /** Issuer and subject: the key of a person, which an address is not. */
  subject: string
  /** Only one that the provider has verified. */
  email: string | null
}

export interface SsoProvider {
  name: string
  begin(redirectUri: string): Promise<{ address: string; journey: SsoJourney }>
  /** `current` is the address the person has come back to. Throws when any part of it is not what was begun. */
  finish(current: URL, journey: SsoJourney): Promise<SsoPerson>
}

const patienceSeconds = 5

/** OpenID Connect with code, PKCE, state and nonce; the provider is looked up when it is first needed. */
export function createSsoProvider(settings: SsoSettings, rules: OutboundRules): SsoProvider {
  const { issuer, clientId, clientSecret, name } = settings
  const isInsecure = new URL(issuer).protocol === 'http:'
  let found: Promise<oidc.Configuration> | undefined

  function discovered(): Promise<oidc.Configuration> {
    found ??= oidc
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: patienceSeconds,
        [oidc.customFetch]: throughTheDoor(issuer, rules, patienceSeconds * 1_000),
        execute: isInsecure ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        found = undefined
        throw error
      })
    return found
  }

  return {
    name,
    async begin(redirectUri) {
      const configuration = await discovered()
      const journey: SsoJourney = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      }
      const address = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: 'S256',
      })
      return { address: address.href, journey }
    },
    async finish(current, { state, nonce, verifier }) {
      const configuration = await discovered()
      const tokens = await oidc.authorizationCodeGrant(configuration, current, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new Error('The provider gave no ID token.')
      const more =
        claims.email === undefined
          ? await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)
          : claims
      const isVerified = more.email_verified === true && typeof more.email === 'string'
      return { subject: `${claims.iss} ${claims.sub}`, email: isVerified ? String(more.email) : null }
    },
  }
}
