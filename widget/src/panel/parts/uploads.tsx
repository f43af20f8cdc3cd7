import type { SentFile } from '@parley/shared/protocol/events.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { faultOf, sizeOf, upload } from '../upload.ts'
import { Card } from './files.tsx'
import { Icon } from './icon.tsx'

interface Going {
  key: number
  file: File
  share: number
  /** What was picked, shown from this device. */
  picture?: string | undefined
  sent?: SentFile
  abort: AbortController
}

const most = 5
let made = 0

/** What is being attached to the message under way. */
export function Uploads(props: {
  picked: File[]
  conversationId: string | null
  onChange: (sent: SentFile[], isBusy: boolean) => void
  onProblem: (text: string) => void
}) {
  const { picked, conversationId, onChange, onProblem } = props
  const [going, setGoing] = useState<Going[]>([])
  const taken = useRef(0)

  function put(key: number, next: Partial<Going> | null): void {
    const picture = next === null && going.find((one) => one.key === key)?.picture
    if (picture) URL.revokeObjectURL(picture)
    setGoing((all) =>
      next === null
        ? all.filter((one) => one.key !== key)
        : all.map((one) => (one.key === key ? { ...one, ...next } : one)),
    )
  }

  useEffect(() => {
    for (const file of picked.slice(taken.current)) {
      taken.current += 1
      const fault = going.length + 1 > most ? say('filesMany', most) : faultOf(file)
      if (fault) {
        onProblem(fault)
        continue
      }
      const picture = file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined
      const one: Going = { key: ++made, file, share: 0, picture, abort: new AbortController() }
      setGoing((all) => [...all, one])
      upload(file, conversationId, (share) => put(one.key, { share }), one.abort.signal).then(
        (sent) => put(one.key, { sent, share: 1 }),
        (problem) => {
          put(one.key, null)
          if (problem) onProblem(`${problem}`)
        },
      )
    }
  }, [picked.length])

  useEffect(() => {
    // Not before the files just picked have been taken up.
    if (taken.current < picked.length) return
    onChange(
      going.flatMap((one) => one.sent ?? []),
      going.some((one) => !one.sent),
    )
  }, [going])

  const shown = useRef(going)
  shown.current = going
  useEffect(
    () => () => {
      for (const { picture } of shown.current) if (picture) URL.revokeObjectURL(picture)
    },
    [],
  )

  if (going.length === 0) return null
  return (
    <div class="uploads">
      {going.map((one) => (
        <Card
          key={one.key}
          name={one.file.name}
          picture={one.picture}
          detail={one.sent ? sizeOf(one.file.size) : say('uploading', Math.round(one.share * 100))}
        >
          <button
            type="button"
            class="round"
            aria-label={`${say('remove')}: ${one.file.name}`}
            onClick={() => {
              one.abort.abort()
              put(one.key, null)
            }}
          >
            <Icon name="close" />
          </button>
          {!one.sent && <progress max={1} value={one.share} aria-label={one.file.name} />}
        </Card>
      ))}
    </div>
  )
}
