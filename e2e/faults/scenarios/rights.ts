import { newRequestId } from '@parley/shared/client/request-id.ts'
import { signInAs } from '../rig/person.ts'
import { type MemberName, memberIdOf } from '../rig/site.ts'
import type { Scenario } from '../rig/stage.ts'
import { until } from '../rig/until.ts'
import { openOnEveryNode } from './screens.ts'

const graceMs = 2_000
/** A node that Redis cannot tell reads it in the database, where it looks every 2 s. */
const readMs = graceMs + 2_000

export const revoked: Scenario = {
  id: 'F33',
  title:
    'a vendor’s member disabled with screens on all nodes and requests in flight, one node without Redis',
  async play(stage) {
    const { crew, cluster, recorder } = stage
    const mine = crew.talks.filter(({ answers }) => answers.name === 'nils')
    const screens = await openOnEveryNode(
      stage,
      'nils',
      mine.map(({ conversationId }) => conversationId),
    )
    // Whoever disables is not on the node that cannot tell the others.
    for (const [person, node] of [
      [crew.members.ines, 0],
      [crew.members.nils, 1],
    ] as const) {
      person.pin = cluster.nodes[node]?.port ?? null
      person.line.cut()
      await person.ask('countInbox', {})
    }
    stage.load(30, { cuts: false, talks: crew.talks.filter(({ answers }) => answers.name !== 'nils') })
    let isOver = false
    // Not repeated: whether the last ones were stored may stay open, and the store decides.
    const open = new Set<string>()
    const successes: { startedAt: number; node: number }[] = []
    const sending = screens.map(async (screen, node) => {
      for (let number = 0; !isOver; number += 1) {
        const startedAt = recorder.now()
        const wish = {
          requestId: `late-${stage.recorder.history.seed}-${node}-${number}`,
          conversationId: mine[0]?.conversationId ?? '',
          text: `late ${number} on ${node}`,
        }
        recorder.submit({ ...wish, client: screen.name, kind: 'message' })
        const { ok } = await screen.once('sendMessage', wish)
        if (ok) successes.push({ startedAt, node })
        else open.add(wish.requestId)
        await stage.pause(30)
      }
    })
    const isWriting = () => screens.every((_, node) => successes.some((success) => success.node === node))
    stage.must(
      (await until(isWriting, stage.within(10_000))) !== undefined,
      'Not every screen could send before the right was lost.',
    )

    await stage.fault('member disabled, one node without Redis', async () => {
      stage.lines.redis[2]?.hold('both')
      await crew.members.ines.ask('disableMember', {
        requestId: newRequestId(),
        memberId: memberIdOf('nils'),
        isDisabled: true,
      })
      const at = recorder.now()
      for (const name of ['nils', ...screens.map((screen) => screen.name)])
        recorder.disentitle(
          name,
          crew.talks.map(({ conversationId }) => conversationId),
        )
      // The node that could not be told has its own time to notice.
      const cutOff = screens[2]?.name
      for (const right of recorder.history.rights)
        if (right.client === cutOff && right.until !== null) right.until += stage.within(readMs - graceMs)
      await stage.pause(stage.within(readMs) + 1_000)
      isOver = true
      await Promise.all(sending)
      for (const { startedAt, node } of successes)
        stage.must(
          startedAt <= at + stage.within(node === 2 ? readMs : graceMs),
          `Node ${node + 1} accepted a message ${Math.round(startedAt - at)} ms after the right was lost.`,
        )
      stage.must(
        screens.every(({ connection }) => connection.state !== 'online'),
        'A screen of a disabled member stayed connected.',
      )
    })
    stage.lines.redis[2]?.release('lose')
    await crew.members.ines.ask('disableMember', {
      requestId: newRequestId(),
      memberId: memberIdOf('nils'),
      isDisabled: false,
    })
    for (const wish of recorder.history.sent) {
      if (!open.has(wish.requestId) || wish.result !== 'unknown') continue
      const [row] = await stage.store.query('select 1 from events where request_id = $1', [wish.requestId])
      wish.result = row ? 'ok' : 'failed'
    }
    // Whoever is let in again signs in again, at a screen of their own.
    for (const person of [crew.members.nils, ...screens]) await crew.leave(person)
    stage.site.proofs.delete('nils')
    const back = await crew.add(signInAs(crew.options, 'nils', 'nils-again'))
    crew.members.nils = back
    for (const talk of mine) {
      recorder.entitle(back.name, talk.conversationId)
      back.follow(talk.conversationId)
      talk.answers = back
    }
  },
}

const takers: readonly MemberName[] = ['priya', 'jonas', 'daniel', 'ines']

export const takenAtOnce: Scenario = {
  id: 'F34',
  title: 'twenty press “take over” at once while everybody writes and the customer ends the chat',
  async play(stage) {
    const { crew, cluster, recorder } = stage
    const talks = crew.talks.filter(({ vendorId }) => vendorId === null)
    const screens = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const member = takers[at % takers.length] as MemberName
        const port = cluster.nodes[at % cluster.nodes.length]?.port
        const screen = await crew.add(
          signInAs(
            { ...crew.options, pick: () => port },
            member,
            `${member}-${at}`,
            crew.members[member].proof(),
          ),
        )
        const seen = member === 'daniel' || member === 'ines' ? crew.talks : talks
        for (const { conversationId } of seen) recorder.entitle(screen.name, conversationId)
        return { screen, member }
      }),
    )
    stage.load(30, { cuts: false })
    await stage.fault('takeovers', async () => {
      for (let round = 0; round < 3 * stage.rounds; round += 1)
        for (const { conversationId, customer } of talks) {
          const [row] = await stage.store.query<{ assignee_id: string | null }>(
            'select assignee_id from conversations where conversation_id = $1',
            [conversationId],
          )
          const from = row?.assignee_id ?? null
          const closing =
            round === 1
              ? customer.once('closeConversation', { requestId: newRequestId(), conversationId })
              : undefined
          const outcomes = await Promise.all(
            screens.map(({ screen }) =>
              screen.once('takeConversation', { requestId: newRequestId(), conversationId, from }),
            ),
          )
          await closing
          const winners = new Set(
            outcomes.flatMap(({ ok }, at) =>
              ok && screens[at]?.screen.actorId !== from ? [screens[at]?.member] : [],
            ),
          )
          stage.must(winners.size <= 1, `${winners.size} people took one conversation at once.`, [...winners])
          const clear = outcomes.every(
            (outcome) =>
              outcome.ok || ['conflict', 'closed', 'notAllowed', 'notFound'].includes(outcome.refusal.code),
          )
          stage.must(
            clear,
            'Somebody who was too late got no clear answer.',
            outcomes.find((outcome) => !outcome.ok),
          )
        }
    })
  },
}
