import { startMarlow } from './marlow.ts'

/**
 * A node that is killed: it makes a webhook, sends one message, says that it was acknowledged, and waits for the end.
 * Arguments: the database, the folder, the receiver.
 */
const [databaseUrl = '', folder = '', url = ''] = process.argv.slice(2)
const site = await startMarlow(
  'postgres',
  {
    DATABASE_URL: databaseUrl,
    OUTBOUND_ALLOW: '127.0.0.1',
    SECRET_KEY: 'a key for the node that is killed, 1',
  },
  { databaseUrl, folder },
)
const ines = await site.member('ines')
const { secret } = await ines.ask('createWebhook', {
  requestId: 'make-webhook',
  url,
  label: 'Shop',
  eventTypes: ['messageSent'],
})
const marta = await site.buyer('marta')
const { conversationId } = await marta.ask('startConversation', {
  requestId: 'start-before-kill',
  with: { kind: 'support' },
  answers: { topic: 'payment', description: 'told by whoever lives' },
})
console.log(`secret ${secret}`)
console.log(`acknowledged ${conversationId}`)
console.log('ready')
setInterval(() => {}, 1_000)
