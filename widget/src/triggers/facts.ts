import type { RulesFile } from '@parley/shared/triggers/rule.ts'
import type { PageContext } from '../channel.ts'
import type { Host } from './host.ts'

type Values = Record<string, string | number | undefined>

/** What the page has said it is about. */
export function contextOf(host: Host): PageContext {
  let context: PageContext = {}
  for (const [name, value] of host.said())
    context =
      name === 'setContext'
        ? { ...context, ...(value as PageContext) }
        : name === 'clearContext'
          ? {}
          : context
  return context
}

/** Taken from the token without proof: it decides what is offered, never what is allowed. */
function roleIn(token: unknown): string {
  try {
    return JSON.parse(atob(`${token}`.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/') ?? '')).role
  } catch {
    return 'buyer'
  }
}

/** Facts of the page as it stands, and of the event that led here. */
export function valuesOf(host: Host, visits: number, payload: unknown): Values {
  const { facts, intent, product, order } = contextOf(host)
  const token = host.said().find(([name]) => name === 'identify')?.[1]
  return {
    role: token ? roleIn(token) : 'guest',
    signedIn: token ? 'yes' : 'no',
    intent,
    product: product?.name,
    order: order?.id,
    ...facts,
    ...(payload as Values),
    path: location.pathname,
    language: document.documentElement.lang || navigator.language,
    device: matchMedia('(width < 480px)').matches ? 'phone' : 'computer',
    visits,
  }
}

/** Who is there: asked only where it decides, at most once a minute, as a script so that no page must allow more. */
export async function ask({ origin, key }: RulesFile, { product, order }: PageContext): Promise<Values> {
  const vendor = encodeURIComponent(product?.vendorId ?? order?.vendorId ?? '')
  const minute = Math.floor(Date.now() / 60_000)
  try {
    return (await import(/* @vite-ignore */ `${origin}/w/${key}/here.js?vendor=${vendor}&at=${minute}`))
      .default
  } catch {
    return {}
  }
}
