import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { keepMessages, type Said } from './keep-messages.ts'

/**
 * What everything is measured beside: Socket.IO that passes messages on. It keeps nothing, unless DATABASE_URL says where.
 */
const keep = process.env.DATABASE_URL ? await keepMessages(process.env.DATABASE_URL) : undefined
const http = createServer()
const io = new Server(http, { path: '/socket', serveClient: false, perMessageDeflate: false })

io.on('connection', (socket) => {
  socket.on('followConversation', ({ conversationId }: Said, answer: (outcome: object) => void) => {
    void socket.join(conversationId)
    answer({ ok: true })
  })
  socket.on('sendMessage', async (said: Said, answer: (outcome: object) => void) => {
    if (keep) await keep(said)
    io.to(said.conversationId).emit('event', said)
    answer({ ok: true })
  })
})

http.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (http.address() as AddressInfo).port })
})
process.once('disconnect', () => process.exit(0))
