import type { ComponentChildren } from 'preact'
import { PartyTag } from '../parts/party-tag.tsx'
import styles from './door.module.css'
import { Mark } from './mark.tsx'

/** The form at the left; where there is room, what the console is for at the right. */
export function Door({ children }: { children: ComponentChildren }) {
  return (
    <main class={styles.door}>
      <div class={styles.side}>
        <div class={styles.form}>
          <p class={styles.brand}>
            <Mark />
            Parley
          </p>
          {children}
        </div>
      </div>
      <div class={styles.scene} aria-hidden="true">
        <div class={styles.talk}>
          <div class={styles.theirs}>
            <p class={styles.who}>
              Marta <PartyTag party="buyer" />
            </p>
            <p class={styles.bubble}>One of the two cups came with a chip. Can I swap it?</p>
          </div>
          <div class={styles.theirs}>
            <p class={styles.who}>
              Kiln &amp; Thread <PartyTag party="vendor" />
            </p>
            <p class={styles.bubble}>I am sorry. A new one leaves the workshop today.</p>
          </div>
          <div class={styles.ours}>
            <p class={styles.who}>
              Priya <PartyTag party="support" />
            </p>
            <p class={styles.own}>And the return label is free. You have it by e-mail.</p>
          </div>
          <p class={styles.caption}>Buyer, vendor and marketplace, in one conversation.</p>
        </div>
      </div>
    </main>
  )
}
