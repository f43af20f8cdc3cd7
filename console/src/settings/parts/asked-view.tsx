import { CircleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Skeleton } from '../../parts/skeleton.tsx'
import { refusalWords } from './refusal-words.ts'
import type { Asked } from './use-ask.ts'

/** Grey lines while it loads, the reason and a way on when it cannot, and what was asked for otherwise. */
export function AskedView<Value>(props: {
  of: Asked<Value>
  lines?: number
  children: (value: Value) => ComponentChildren
}) {
  const { of, lines = 3, children } = props
  if (of.value !== undefined) return <>{children(of.value)}</>
  if (of.refusal === undefined) return <Skeleton lines={lines} />
  return (
    <Empty
      icon={CircleAlert}
      title="This could not be loaded"
      actions={
        <Button isBusy={of.isAsking} onClick={() => void of.reload()}>
          Try again
        </Button>
      }
    >
      {refusalWords(of.refusal)}
    </Empty>
  )
}
