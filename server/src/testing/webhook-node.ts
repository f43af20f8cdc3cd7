import { startMarlow } from './marlow.ts'

/**
 * A node of its own process: it makes webhooks, sends one message, says that it was acknowledged, and waits for the end.
 * Arguments: the database, the folder, the receivers.
 */
const [databaseUrl = '', folder = '', ...urls] = process.argv.slice(2)
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
const secrets: string[] = []
for (const url of urls) {
  const made = await ines.ask('createWebhook', {
    requestId: `make-webhook-${secrets.length}`,
    url,
    label: 'Shop',
    eventTypes: ['messageSent'],
  })
  secrets.push(made.secret)
}
const marta = await site.buyer('marta')
const { conversationId } = await marta.ask('startConversation', {
  requestId: 'start-before-kill',
  with: { kind: 'support' },
  answers: { topic: 'payment', description: 'told by whoever lives' },
})
for (const secret of secrets) console.log(`secret ${secret}`)
console.log(`acknowledged ${conversationId}`)
console.log('ready')
setInterval(() => {}, 1_000)
