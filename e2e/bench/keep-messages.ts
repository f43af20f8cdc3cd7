import { openPostgres } from '@parley/server/src/storage/postgres.ts'
import { pino } from 'pino'

export interface Said {
  conversationId: string
  requestId: string
  text: string
}

/**
 * The least that a promise to keep something takes: each message is committed, once, before anybody hears of it. All that
 * waits shares a commit, and one commit is on its way at a time.
 */
export async function keepMessages(databaseUrl: string): Promise<(said: Said) => Promise<void>> {
  const database = await openPostgres({ databaseUrl, logger: pino({ level: 'error' }), connections: 1 })
  await database.query(
    'create table said (conversation_id text, request_id text, text text, primary key (conversation_id, request_id))',
  )
  let waiting: { said: Said; done: () => void }[] = []
  let isWriting = false

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      await database.query(
        'insert into said select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing',
        [
          batch.map(({ said }) => said.conversationId),
          batch.map(({ said }) => said.requestId),
          batch.map(({ said }) => said.text),
        ],
      )
      for (const { done } of batch) done()
    }
    isWriting = false
  }

  return (said) =>
    new Promise((done) => {
      waiting.push({ said, done })
      // After everything that has come in with it.
      if (!isWriting) {
        isWriting = true
        setImmediate(() => void write())
      }
    })
}
