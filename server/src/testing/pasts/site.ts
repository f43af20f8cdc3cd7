import * as cast from '../../demo/cast.ts'
import type { MemberName } from '../marlow.ts'
import { post } from '../second-site.ts'
import { waitFor } from '../wait-for.ts'
import { nothing, wishes } from '../wishes.ts'
import { about, type NameOfPast, type Past, type PastWorld, patiently, requestId } from './past.ts'

export function pastsOfSite({ site, everybody, receiver }: PastWorld) {
  const { ines } = everybody

  return {
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
    erasePerson: {
      by: ['ines'],
      async make() {
        const stranger = await site.visitor()
        await stranger.ask('startConversation', wishes.startConversation(nothing))
        return about('erasePerson', { contactId: stranger.connection.readerId })
      },
    },
    eraseMember: {
      by: ['ines'],
      async make() {
        const { memberId } = await ines.person.ask('inviteMember', {
          requestId: requestId(),
          name: 'Lena Vogt',
          email: `${requestId()}@marlow.example`,
          role: 'csr',
          vendorId: null,
        })
        const off = { requestId: requestId(), memberId, isDisabled: true }
        await ines.person.ask('disableMember', off)
        return about('eraseMember', { memberId })
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
  } satisfies Partial<Record<NameOfPast, Past>>
}
