import type { Counterpart } from '@parley/shared/protocol/events.ts'
import type { BoardVendor } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { stateAfter } from '@parley/shared/vendors/life-cycle.ts'
import { Link2, Link2Off, UserX } from 'lucide'
import type { ConsoleCommand } from '../acts/console-commands.ts'
import { ask } from '../connection.ts'
import { moderate } from './acts.ts'
import type { ReasonWish } from './reason-dialog.tsx'

type Vendor = Extract<Counterpart, { kind: 'vendor' }>

const onRecord = 'It goes into the audit log. Neither the vendor nor the customer sees it.'

function linksWish(of: Vendor | null, isOff: boolean): ReasonWish {
  const name = of?.name ?? 'all vendors'
  return {
    title: `Links ${isOff ? 'off' : 'on'} for ${name}`,
    effect: isOff
      ? `From now on no message of ${name} with a link is sent, in any conversation. What was sent stays.`
      : `Links of ${name} follow the terms again, in every conversation.`,
    button: isOff ? 'Links off' : 'Links on',
    reasonHelp: onRecord,
    run: ({ reason, requestId }) =>
      once(moderate('switchLinks', { vendorId: of?.vendorId ?? null, isOff, reason }, requestId)),
  }
}

function suspendWish(conversationId: string, { vendorId, name }: Vendor): ReasonWish {
  return {
    title: `Suspend ${name}`,
    effect: `Its people lose every conversation at once; what is open goes back to support, and customers see a line. ${name} is not offered any more.`,
    button: 'Suspend',
    isDangerous: true,
    reasonHelp: `The people of ${name} read it in their notice, with this conversation named.`,
    run: ({ reason, requestId }) =>
      once(
        moderate(
          'disciplineVendor',
          { vendorId, act: 'suspend', reason, conversationIds: [conversationId] },
          requestId,
        ),
      ),
  }
}

/** Asked again after a lost answer, the same wish is refused because it was done. */
async function once(asked: Promise<Refusal | null>): Promise<Refusal | null> {
  const refusal = await asked
  return refusal?.reason === 'request.repeated' ? null : refusal
}

export interface VendorAct extends Pick<ConsoleCommand, 'label' | 'icon' | 'shortcut'> {
  wish: ReasonWish
}

/** What can be done to the vendor of a conversation; `known` is null while its standing is not told. */
export function vendorActsOf(
  conversationId: string,
  counterpart: Counterpart,
  known: BoardVendor | null,
): VendorAct[] {
  if (counterpart.kind !== 'vendor') return []
  const isOff = known?.areLinksOff !== true
  const links: VendorAct = {
    label: `Links ${isOff ? 'off' : 'on'} for ${counterpart.name}…`,
    icon: isOff ? Link2Off : Link2,
    shortcut: 'links',
    wish: linksWish(counterpart, isOff),
  }
  if (known !== null && stateAfter(known.state, 'suspend') === undefined) return [links]
  const wish = suspendWish(conversationId, counterpart)
  return [links, { label: `Suspend ${counterpart.name}…`, icon: UserX, shortcut: 'suspendVendor', wish }]
}

/** Whether the links of all vendors are off is asked when it matters. Null when it cannot be told. */
export async function linksOfAllWish(): Promise<ReasonWish | null> {
  const outcome = await ask('listTermRules', { limit: 1 })
  const current = outcome.ok ? outcome.value.versions[0] : undefined
  return current === undefined ? null : linksWish(null, !current.rules.linksOff.vendors)
}
