import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'

/** What everything is measured beside: Socket.IO that passes messages on and keeps nothing. */
const http = createServer()
const io = new Server(http, { path: '/socket', serveClient: false, perMessageDeflate: false })

interface Wish {
  conversationId: string
  requestId: string
  text: string
}

io.on('connection', (socket) => {
  socket.on('followConversation', ({ conversationId }: Wish, answer: (outcome: object) => void) => {
    void socket.join(conversationId)
    answer({ ok: true })
  })
  socket.on('sendMessage', (wish: Wish, answer: (outcome: object) => void) => {
    io.to(wish.conversationId).emit('event', wish)
    answer({ ok: true })
  })
})

http.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (http.address() as AddressInfo).port })
})
process.once('disconnect', () => process.exit(0))
