import type { Branding, Topic } from '@parley/shared/protocol/settings.ts'
import { ChevronRight, Headset, MessagesSquare, Store, X } from 'lucide'
import { useState } from 'preact/hooks'
import { classes } from '../../parts/classes.ts'
import { Icon } from '../../parts/icon.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { inkOn, isHexColour } from './contrast.ts'
import { safeMarkup } from './safe-markup.tsx'
import styles from './widget-preview.module.css'

type Shown = 'start' | 'chat' | 'end'
const screens = [
  { id: 'start', label: 'First screen' },
  { id: 'chat', label: 'Chat' },
  { id: 'end', label: 'Ended' },
] as const

/** The launcher and the panel with what stands in the form now. */
export function WidgetPreview({ branding }: { branding: Branding; topics: readonly Topic[] }) {
  const [shown, setShown] = useState<Shown>('start')
  const colour = isHexColour(branding.colour) ? branding.colour : '#0f6b5c'
  const paint = { '--own': colour, '--own-ink': inkOn(colour) }
  return (
    <div class={styles.preview} style={paint}>
      <Tabs label="Screen to preview" tabs={screens} selected={shown} onSelect={setShown} />
      <div class={styles.page} aria-hidden="true">
        <div class={styles.panel}>
          <div class={styles.head}>
            <strong>
              {shown === 'start'
                ? `${branding.name || 'Your site'} help`
                : `${branding.name || 'Your site'} support`}
            </strong>
            <Icon node={X} size={16} />
          </div>
          {shown === 'start' && <StartScreen branding={branding} />}
          {shown === 'chat' && <ChatScreen />}
          {shown === 'end' && <div class={styles.words}>{safeMarkup(branding.closing)}</div>}
        </div>
        <div class={classes(styles.launch, branding.side === 'start' && styles.atStart)}>
          <span class={branding.launcherText === null ? styles.round : styles.pill}>
            <Icon node={MessagesSquare} size={24} />
            {branding.launcherText}
          </span>
        </div>
      </div>
    </div>
  )
}

function StartScreen({ branding }: { branding: Branding }) {
  return (
    <>
      <div class={styles.words}>{safeMarkup(branding.welcome)}</div>
      <div class={styles.title}>Who can help you?</div>
      <div class={styles.choice}>
        <span class={styles.vendorTile}>
          <Icon node={Store} size={18} />
        </span>
        <span class={styles.choiceWords}>
          <strong>Kiln &amp; Thread</strong>
          <span>Vendor. Knows this item, its stock and its delivery.</span>
        </span>
        <Icon node={ChevronRight} size={16} />
      </div>
      <div class={styles.choice}>
        <span class={styles.supportTile}>
          <Icon node={Headset} size={18} />
        </span>
        <span class={styles.choiceWords}>
          <strong>{branding.name || 'Your site'} support</strong>
          <span>Marketplace. Payments, refunds, your account.</span>
        </span>
        <Icon node={ChevronRight} size={16} />
      </div>
      {branding.notice !== '' && <p class={styles.notice}>{branding.notice}</p>}
    </>
  )
}

function ChatScreen() {
  return (
    <>
      <div class={styles.theirs}>Good morning. What can I do for you?</div>
      <div class={styles.own}>Two cups came, and one has a chip.</div>
      <div class={styles.theirs}>I am sorry. A new one leaves today.</div>
    </>
  )
}
