import type { DeliveryTry } from '@parley/shared/protocol/webhooks.ts'

const failures: Record<string, string> = {
  dns: 'The name leads to no address',
  private: 'The name leads to a private address',
  'url.private': 'A private address',
  'url.scheme': 'Not https',
  refused: 'Nobody listens there',
  tls: 'The certificate is not trusted',
  timeout: 'No answer within 10 seconds',
  cut: 'The connection was cut',
}

/** What came of one try: “Answered 503”, “No answer within 10 seconds”. */
export function tryWords({ status, failure }: DeliveryTry): string {
  if (status === null) return failures[failure ?? ''] ?? 'It could not be reached'
  if (status >= 300 && status < 400) return `Answered ${status}: redirects are not followed`
  return `Answered ${status}`
}
