import type { About } from '@parley/shared/protocol/events.ts'
import type { PageContext } from '../channel.ts'

/** What the page said, in the shape a command may carry it. */
export function aboutOf(context: PageContext, page: { url: string; title: string }): WishedAbout {
  const { product, order, intent } = context
  return {
    ...(/^https?:/.test(page.url)
      ? { page: { url: page.url, ...(page.title ? { title: page.title.slice(0, 200) } : {}) } }
      : {}),
    ...(product ? { product: without(product) } : {}),
    ...(order ? { order: without(order) } : {}),
    ...(intent ? { intent } : {}),
  }
}
type WishedAbout = Omit<About, 'order'> & { order?: Omit<NonNullable<About['order']>, 'isVerified'> }

function without<T extends { vendorName?: string }>(labels: T): Omit<T, 'vendorName'> {
  const { vendorName: _, ...rest } = labels
  return rest
}
