import type { VendorProfile, VendorStep } from '@parley/shared/protocol/vendors.ts'
import { Ban, Check, type IconNode, Lock, TriangleAlert } from 'lucide'
import { classes } from '../../parts/classes.ts'
import { Icon } from '../../parts/icon.tsx'
import { dayOf, stepName } from '../vendor-words.ts'
import styles from './timeline.module.css'

const mostShown = 8

/** How the vendor came to where it stands, with who, when and why; what is to come is dashed. */
export function Timeline({ vendor }: { vendor: VendorProfile }) {
  const steps = vendor.steps.filter(({ act }) => act !== 'askForMore').slice(-mostShown)
  const next = nextOf(vendor)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <ol class={styles.line} aria-label="How it came here" tabIndex={0}>
      {steps.map((step, at) => (
        <li
          key={`${step.at} ${step.act}`}
          class={classes(styles.step, styles[toneOf(step)], at === steps.length - 1 && styles.last)}
        >
          <span class={styles.dot}>
            <Icon node={iconOf(step)} size={13} />
          </span>
          <p class={styles.name}>{stepName(step)}</p>
          <p class={styles.fact}>
            <time dateTime={step.at}>{dayOf(step.at)}</time>
          </p>
          <p class={styles.fact}>{step.isByRule ? 'By rule' : step.by}</p>
          <p class={styles.why}>{step.why}</p>
        </li>
      ))}
      {next && (
        <li class={classes(styles.step, styles.toCome)}>
          <span class={styles.dot} />
          <p class={styles.name}>{next.name}</p>
          <p class={styles.fact}>{next.when}</p>
          <p class={styles.why}>{next.how}</p>
        </li>
      )}
    </ol>
  )
}

function toneOf({ act }: VendorStep): 'bad' | 'warn' | 'good' {
  if (act === 'restrict' || act === 'suspend' || act === 'refuse' || act === 'keep') return 'bad'
  return act === 'warn' || act === 'lapse' || act === 'appeal' ? 'warn' : 'good'
}

function iconOf(step: VendorStep): IconNode {
  if (step.act === 'restrict') return Lock
  const tone = toneOf(step)
  if (tone === 'bad') return Ban
  return tone === 'warn' ? TriangleAlert : Check
}

function nextOf(vendor: VendorProfile): { name: string; when: string; how: string } | null {
  const { state, untilAt, probation } = vendor
  if (state === 'restricted')
    return {
      name: 'Active again',
      when: untilAt === null ? 'Not before it is lifted' : `From ${dayOf(untilAt)}`,
      how: 'If limits are kept',
    }
  if (state === 'suspended') return { name: 'Readmitted', when: 'On appeal', how: 'Decided by somebody else' }
  if (state === 'probation' && probation !== null)
    return {
      name: 'Active',
      when: probation.endsAt === null ? 'When it is over' : `From ${dayOf(probation.endsAt)}`,
      how:
        probation.conversations === null
          ? 'By the day'
          : `${Math.min(probation.conversationsDone, probation.conversations)} of ${probation.conversations} conversations`,
    }
  if (state === 'applied') return { name: 'In review', when: 'When somebody starts', how: '' }
  return null
}
