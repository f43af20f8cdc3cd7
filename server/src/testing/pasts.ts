import type { CommandName } from '@parley/shared/protocol/commands.ts'
import * as cast from '../demo/cast.ts'
import type { Asker, Everybody, Name } from './everybody.ts'
import { switchRooms } from './given-kinds.ts'
import type { Marlow, MemberName } from './marlow.ts'
import { post } from './second-site.ts'
import { waitFor } from './wait-for.ts'
import type { WebhookReceiver } from './webhook-receiver.ts'
import { nothing, wishes } from './wishes.ts'

/** Something that has really happened, and the wish that it makes possible: once, for whoever has the right. */
export type MakePast = (asker: Asker) => Promise<object>

export interface PastWorld {
  site: Marlow
  everybody: Everybody
  /** Of a vendor that is suspended: what happens to it happens to nobody else of the cast. */
  wren: Asker
  receiver: WebhookReceiver
}

export interface Past {
  /** Everybody else is told that they may not, or that there is nothing. */
  by: readonly (Name | 'wren' | 'key')[]
  /** Each has one of their own, which is nobody else's. */
  isOwn?: true
  make: MakePast
}

export const namesOfPasts = {
  conversation: [
    'rateConversation',
    'requestTranscript',
    'handBackConversation',
    'releaseMessage',
    'rejectMessage',
    'restoreMessage',
    'resolveFlags',
  ],
  site: [
    'appealAsVendor',
    'checkVendorDocument',
    'claimReview',
    'decideDispute',
    'decideVendorAppeal',
    'disciplineVendor',
    'disputeReview',
    'endSession',
    'eraseApplicant',
    'erasePerson',
    'listRoomVendors',
    'openBuyerRoom',
    'orderTriggers',
    'pickReview',
    'readReview',
    'removeWebhook',
    'replayDelivery',
    'resetSignIn',
    'reviewVendor',
    'saveReview',
    'saveTrainingModule',
    'startVendorRoom',
    'submitApplication',
    'takeTraining',
  ],
} as const satisfies Record<string, readonly CommandName[]>
export type NameOfPast = (typeof namesOfPasts)['conversation' | 'site'][number]

const patiently = 30_000
const good = { decision: 'yes', explanation: 'yes', handoff: 'na', tone: 'yes', terms: 'yes' } as const
const moderators = ['ines', 'daniel'] as const
const staff = ['ines', 'daniel', 'priya', 'jonas'] as const

let count = 0
const requestId = () => {
  count += 1
  return `for-a-past-${count}`
}

/** A past for every command that could not be answered without one; the compiler keeps them complete. */
export function createPasts(world: PastWorld): Record<NameOfPast, Past> {
  const { site, everybody, wren, receiver } = world
  const { ines, daniel, priya, elin, marta } = everybody

  async function answeredByKiln(): Promise<string> {
    const { conversationId } = await marta.person.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'vendor', vendorId: 'ven_kiln' },
      about: { order: { id: '48213' } },
      answers: { description: 'Is it oven-proof?' },
    })
    await elin.person.ask('takeConversation', { requestId: requestId(), conversationId })
    return conversationId
  }
  async function kilnSaid(text: string): Promise<{ conversationId: string; messageId: string }> {
    const conversationId = await answeredByKiln()
    const { messageId } = await elin.person.ask('sendMessage', {
      requestId: requestId(),
      conversationId,
      text,
    })
    return { conversationId, messageId }
  }
  async function closedByKiln(): Promise<string> {
    const { conversationId } = await kilnSaid('Up to 220 degrees')
    await elin.person.ask('closeConversation', { requestId: requestId(), conversationId })
    return conversationId
  }
  const about = (command: NameOfPast, there: object) => wishes[command]({ ...nothing, ...there })

  async function chosenReview(): Promise<string> {
    const pickedId = await closedByKiln()
    return (await ines.person.ask('pickReview', { requestId: requestId(), pickedId })).reviewId
  }
  async function claimed(by: Asker): Promise<string> {
    const reviewId = await chosenReview()
    await by.person.ask('claimReview', { requestId: requestId(), reviewId, isMine: true })
    return reviewId
  }
  async function finished(by: Asker): Promise<string> {
    const reviewId = await claimed(by)
    await by.person.ask('saveReview', {
      requestId: requestId(),
      reviewId,
      marks: good,
      comments: [],
      summary: '',
      isFinished: true,
    })
    return reviewId
  }

  async function applied(): Promise<{ vendorId: string; token: string }> {
    return ines.person.ask('submitApplication', wishes.submitApplication(nothing))
  }
  const lumen = { vendorId: 'ven_lumen', reason: 'For a test' }
  async function suspended(by: Asker): Promise<void> {
    await lifted()
    await by.person.ask('disciplineVendor', { ...lumen, requestId: requestId(), act: 'suspend' })
    await waitFor(async () => (await wren.person.ask('viewOwnVendor', {})).state === 'suspended', patiently)
  }
  async function appealed(decidedBy: Asker): Promise<void> {
    await suspended(decidedBy)
    await wren.person.ask('appealAsVendor', { requestId: requestId(), text: 'Please look again' })
  }
  /** As it was at the beginning: admitted. */
  async function lifted(): Promise<void> {
    const { state, appeal } = await ines.person.ask('viewVendor', { vendorId: 'ven_lumen' })
    if (state !== 'suspended') return
    if (appeal === null || appeal.decision !== null)
      await wren.person.ask('appealAsVendor', { requestId: requestId(), text: 'Once more' })
    const wish = { ...lumen, requestId: requestId(), verdict: 'grant', to: 'active' } as const
    const other = await ines.bySocket('decideVendorAppeal', wish)
    if (!other.ok) await daniel.person.ask('decideVendorAppeal', { ...wish, requestId: requestId() })
  }

  /** Rooms of both kinds are there, and nobody is kept out of them. */
  async function opened(): Promise<void> {
    await switchRooms(ines.person, { vendors: true, buyers: true })
    await lifted()
  }

  return {
    rateConversation: {
      by: ['marta'],
      make: async () => about('rateConversation', { conversationId: await closedByKiln() }),
    },
    requestTranscript: {
      by: ['marta'],
      make: async () => about('requestTranscript', { conversationId: await closedByKiln() }),
    },
    handBackConversation: {
      by: moderators,
      isOwn: true,
      async make(asker) {
        const conversationId = await answeredByKiln()
        await asker.person.ask('takeOverConversation', {
          requestId: requestId(),
          conversationId,
          reason: 'Payment elsewhere',
        })
        return about('handBackConversation', { conversationId })
      },
    },
    releaseMessage: {
      by: moderators,
      make: async () => about('releaseMessage', await kilnSaid('See kiln-shop.example/cups')),
    },
    rejectMessage: {
      by: moderators,
      make: async () => about('rejectMessage', await kilnSaid('See kiln-shop.example/cups')),
    },
    restoreMessage: {
      by: moderators,
      make: async () => about('restoreMessage', await kilnSaid('Write to elin@kiln.example instead')),
    },
    resolveFlags: {
      by: moderators,
      async make() {
        const conversationId = await answeredByKiln()
        const { messageId } = await marta.person.ask('sendMessage', {
          requestId: requestId(),
          conversationId,
          text: 'Like these: https://cups.example/blue',
        })
        return about('resolveFlags', { conversationId, messageId })
      },
    },

    appealAsVendor: {
      by: ['wren'],
      async make() {
        await suspended(daniel)
        return about('appealAsVendor', {})
      },
    },
    decideVendorAppeal: {
      by: moderators,
      async make(asker) {
        await appealed(asker.name === ines.name ? daniel : ines)
        return { ...about('decideVendorAppeal', { vendorId: 'ven_lumen' }), verdict: 'grant', to: 'active' }
      },
    },
    disciplineVendor: {
      by: moderators,
      async make() {
        await lifted()
        return about('disciplineVendor', { vendorId: 'ven_lumen' })
      },
    },
    reviewVendor: {
      by: staff,
      make: async () => about('reviewVendor', { vendorId: (await applied()).vendorId }),
    },
    checkVendorDocument: {
      by: staff,
      async make() {
        const { vendorId, token } = await applied()
        const form = new FormData()
        form.set('conversationId', 'registration')
        form.set('file', new Blob(['Registered in Esbjerg'], { type: 'text/plain' }), 'registration.txt')
        const headers = { origin: site.url, 'parley-csrf': '1', authorization: `Bearer ${token}` }
        const response = await fetch(`${site.url}/api/v1/applications/documents`, {
          method: 'POST',
          headers,
          body: form,
        })
        if (!response.ok) throw new Error(`The document was refused: ${await response.text()}`)
        await priya.person.ask('reviewVendor', {
          requestId: requestId(),
          vendorId,
          act: 'startReview',
          reason: 'For a test',
        })
        const { documents } = await priya.person.ask('viewVendor', { vendorId })
        return {
          ...about('checkVendorDocument', { vendorId }),
          documentId: documents[0]?.documentId ?? '',
        }
      },
    },
    submitApplication: {
      by: ['ines', 'key'],
      make: async () => about('submitApplication', {}),
    },
    saveTrainingModule: {
      by: ['ines'],
      async make() {
        const wish = wishes.saveTrainingModule(nothing)
        const { moduleId } = await ines.person.ask('saveTrainingModule', { ...wish, moduleId: null })
        return { ...about('saveTrainingModule', {}), moduleId }
      },
    },
    takeTraining: {
      by: ['elin', 'nils', 'wren'],
      async make() {
        const wish = wishes.saveTrainingModule(nothing)
        const { moduleId, version } = await ines.person.ask('saveTrainingModule', {
          ...wish,
          moduleId: null,
          isPublished: true,
        })
        return { ...about('takeTraining', {}), moduleId, version }
      },
    },

    pickReview: {
      by: moderators,
      make: async () => about('pickReview', { conversationId: await closedByKiln() }),
    },
    claimReview: {
      by: moderators,
      make: async () => ({ ...about('claimReview', {}), reviewId: await chosenReview() }),
    },
    readReview: {
      by: [...moderators, 'elin'],
      make: async () => ({ ...about('readReview', {}), reviewId: await finished(daniel) }),
    },
    saveReview: {
      by: moderators,
      isOwn: true,
      make: async (asker) => ({ ...about('saveReview', {}), reviewId: await claimed(asker) }),
    },
    disputeReview: {
      by: ['elin'],
      make: async () => ({ ...about('disputeReview', {}), reviewId: await finished(daniel) }),
    },
    decideDispute: {
      by: moderators,
      async make(asker) {
        const reviewId = await finished(asker.name === ines.name ? daniel : ines)
        await elin.person.ask('disputeReview', { requestId: requestId(), reviewId, words: 'I do not agree' })
        return { ...about('decideDispute', {}), reviewId }
      },
    },

    endSession: {
      by: ['ines', 'daniel', 'priya', 'jonas', 'elin', 'nils', 'wren'],
      isOwn: true,
      async make(asker) {
        const ids = async () =>
          (await asker.person.ask('listSessions', {})).sessions.map(({ sessionId }) => sessionId)
        const before = await ids()
        const { email } = { ...cast.staff, ...cast.vendorMembers }[asker.name as MemberName]
        await post(site, '/api/v1/session', { email, password: cast.marlow.password })
        const sessionId = (await ids()).find((id) => !before.includes(id))
        return about('endSession', { sessionId })
      },
    },
    resetSignIn: {
      by: ['ines'],
      async make() {
        const email = `${requestId()}@marlow.example`
        const { link, memberId } = await ines.person.ask('inviteMember', {
          requestId: requestId(),
          name: 'Lena Vogt',
          email,
          role: 'csr',
          vendorId: null,
        })
        const token = link.split('#invite=')[1]
        await post(site, '/api/v1/invitations/accept', { token, password: 'a sentence for Lena alone' })
        return about('resetSignIn', { memberId })
      },
    },
    eraseApplicant: {
      by: ['ines'],
      make: async () => about('eraseApplicant', { vendorId: (await applied()).vendorId }),
    },
    erasePerson: {
      by: ['ines'],
      async make() {
        const stranger = await site.visitor()
        await stranger.ask('startConversation', wishes.startConversation(nothing))
        return about('erasePerson', { contactId: stranger.connection.readerId })
      },
    },
    listRoomVendors: {
      by: ['elin', 'nils', 'wren'],
      async make() {
        await opened()
        return about('listRoomVendors', {})
      },
    },
    startVendorRoom: {
      by: ['elin', 'wren'],
      async make() {
        await opened()
        return about('startVendorRoom', { vendorId: 'ven_nordvik' })
      },
    },
    openBuyerRoom: {
      by: ['ines', 'key'],
      async make() {
        await opened()
        const omar = await site.buyer('omar')
        omar.close()
        const members = [cast.buyers.marta, cast.buyers.omar].map(({ sub, name }) => ({ sub, name }))
        return { ...about('openBuyerRoom', {}), members }
      },
    },
    orderTriggers: {
      by: ['ines'],
      async make() {
        const { triggers } = await ines.person.ask('listTriggers', {})
        const triggerIds = triggers.map(({ triggerId }) => triggerId).reverse()
        return { ...about('orderTriggers', {}), triggerIds }
      },
    },
    removeWebhook: {
      by: ['ines'],
      async make() {
        const { webhook } = await ines.person.ask('createWebhook', wishes.createWebhook(nothing))
        return about('removeWebhook', { webhookId: webhook.webhookId })
      },
    },
    replayDelivery: {
      by: ['ines'],
      async make() {
        const { webhook } = await ines.person.ask('createWebhook', {
          ...wishes.createWebhook(nothing),
          url: receiver.url,
        })
        const { webhookId } = webhook
        await ines.person.ask('sendTestEvent', { requestId: requestId(), webhookId })
        const delivered = async () => (await ines.person.ask('listDeliveries', { webhookId })).deliveries[0]
        await waitFor(async () => (await delivered())?.state === 'delivered', patiently)
        const deliveryId = (await delivered())?.deliveryId ?? ''
        return { ...about('replayDelivery', { webhookId }), deliveryId }
      },
    },
  }
}
