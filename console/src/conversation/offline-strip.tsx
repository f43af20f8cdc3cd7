import { RefreshCw, WifiOff } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { connection, connectionState } from '../connection.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { counted } from '../times.ts'
import styles from './offline-strip.module.css'

/** A blink of the network is nobody's business. */
const patienceMs = 1_500

export function OfflineStrip({ unsent = 0 }: { unsent?: number }) {
  const isOnline = connectionState.value === 'online'
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    if (isOnline) return setShown(false)
    const timer = setTimeout(() => setShown(true), patienceMs)
    return () => clearTimeout(timer)
  }, [isOnline])
  return (
    <div role="status">
      {isShown && (
        <div class={styles.strip}>
          <Icon node={WifiOff} size={16} />
          <p class={styles.words}>
            <b>You are offline.</b> Your draft is saved on this device.
            {unsent > 0 && ` ${counted(unsent, 'message')} will be sent when you are back.`}
          </p>
          <Button size="s" icon={RefreshCw} onClick={() => connection.peek()?.reconnect()}>
            Try now
          </Button>
        </div>
      )}
    </div>
  )
}
