import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Scenario } from '../rig/stage.ts'
import { digestOf, download, somePdf, upload } from '../rig/upload.ts'

const wifi = '127.0.0.21'
const mobile = '127.0.0.22'

export const roaming: Scenario = {
  id: 'F28',
  title: 'people who change their network, and with it their address, while they send and upload',
  async play(stage) {
    const { crew, cluster, site, recorder } = stage
    const { history } = recorder
    const port = cluster.nodes[0]?.port ?? 0
    for (const person of crew.everybody()) {
      person.line.leaveFrom(wifi)
      person.line.cut()
    }
    stage.load(10, { cuts: false })
    await stage.pause(1_500)
    for (let round = 0; round < stage.rounds; round += 1)
      await stage.fault('everybody changes their network', async () => {
        for (const { customer, conversationId } of crew.talks) {
          customer.say(conversationId, `on the way out ${round} of ${customer.name}`)
          customer.line.halve('toServer')
        }
        const uploads = crew.talks.map(({ customer, conversationId }, at) =>
          upload(site, {
            port,
            proof: customer.proof(),
            conversationId,
            bytes: somePdf(300_000),
            cutAt: 30_000 * (at + 1) - 1,
            from: wifi,
          }),
        )
        for (const person of crew.everybody()) {
          person.line.leaveFrom(round % 2 === 0 ? mobile : wifi)
          person.line.cut()
        }
        for (const { status } of await Promise.all(uploads))
          stage.must(status === 'cut', `An upload whose network went away was answered with ${status}.`)
        // The same people with the same proof from elsewhere.
        for (const talk of crew.talks.slice(0, 4)) {
          const { customer, conversationId } = talk
          const bytes = somePdf(300_000)
          const again = await upload(site, {
            port,
            proof: customer.proof(),
            conversationId,
            bytes,
            from: mobile,
          })
          stage.must(
            again.fileId !== undefined,
            `An upload from the new network was answered with ${again.status} ${again.reason}.`,
          )
          if (again.fileId === undefined) continue
          history.uploads.push({ fileId: again.fileId, sha256: digestOf(bytes) })
          const wish = {
            requestId: newRequestId(),
            conversationId,
            text: 'from elsewhere',
            fileIds: [again.fileId],
          }
          recorder.submit({ ...wish, client: customer.name, kind: 'message', isAtOnce: true })
          await customer.ask('sendMessage', wish)
        }
        await crew.members.priya.ask('countInbox', {})
      })
    const halves = await stage.store.query<{ n: number }>(
      `select count(*)::int as n from files where state = 'clean' and sent_at is null and created_at > $1`,
      [new Date(Date.now() - recorder.now())],
    )
    stage.must(halves[0]?.n === 0, 'A file that was broken off counts as whole.', halves)
    for (const { fileId } of history.uploads)
      for (const [at, node] of cluster.nodes.entries()) {
        const got = await download(node.port, fileId, crew.members.daniel.proof())
        history.downloads.push({ fileId, node: `node ${at + 1}`, ...got })
      }
  },
}
