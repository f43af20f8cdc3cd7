import { X } from 'lucide'
import { IconButton } from '../../parts/icon-button.tsx'
import { AddOne } from '../parts/add-one.tsx'
import { Problem, Warning } from '../parts/confirm.tsx'
import { without } from '../parts/reorder.ts'
import { Tag } from '../parts/rows.tsx'
import { isPlainHttp, originOf } from './origins.ts'
import styles from './site-page.module.css'

export function OriginsField(props: {
  origins: readonly string[]
  error: (path: string) => string | undefined
  isReadOnly: boolean
  onChange: (origins: string[]) => void
}) {
  const { origins, isReadOnly, onChange } = props

  function add(typed: string): string | null {
    const origin = originOf(typed)
    if (origin === undefined) return 'This is not a web address. Example: https://shop.example'
    if (origins.includes(origin)) return `${origin} is in the list already.`
    onChange([...origins, origin])
    return null
  }

  return (
    <div class={styles.origins}>
      <p class={styles.about}>
        Pages of these origins may show the chat; every other page is refused by the browser.
      </p>
      {origins.length === 0 && (
        <Warning>No page may show the chat yet. Add the address of your shop.</Warning>
      )}
      <ul class={styles.origins} aria-label="Allowed origins">
        {origins.map((origin, index) => {
          const wrong = props.error(`allowedOrigins.${index}`)
          return (
            <li key={origin}>
              <div class={styles.origin}>
                <code>{origin}</code>
                {isPlainHttp(origin) && <Tag tone="warn">Not encrypted</Tag>}
                {!isReadOnly && (
                  <IconButton
                    icon={X}
                    label={`Remove ${origin}`}
                    onClick={() => onChange(without(origins, index))}
                  />
                )}
              </div>
              {wrong !== undefined && <Problem>{wrong}</Problem>}
            </li>
          )
        })}
      </ul>
      {!isReadOnly && <AddOne label="Add an origin" placeholder="https://shop.example" onAdd={add} />}
    </div>
  )
}
