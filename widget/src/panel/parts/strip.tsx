import type { About } from '@parley/shared/protocol/events.ts'
import type { PageContext } from '../../channel.ts'
import { say } from '../../i18n/words.ts'
import { Picture } from '../screens/choose.tsx'
import { Icon } from './icon.tsx'

/** What the chat is about. */
export function Strip({ about: { product, order } }: { about: About | PageContext }) {
  const label = product?.name ?? order?.label ?? (order && say('order', order.id))
  const image = product?.image ?? order?.image
  if (!label) return null
  const price = product && 'price' in product ? product.price : undefined
  return (
    <p class="strip">
      {image ? <Picture src={image} /> : <Icon name="bag" />}
      <bdi>{[label, price].filter(Boolean).join(', ')}</bdi>
    </p>
  )
}
