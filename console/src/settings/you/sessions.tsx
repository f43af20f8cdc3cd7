import type { SessionEntry } from '@parley/shared/protocol/settings.ts'
import { Monitor, Smartphone } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { showToast } from '../../parts/toast.tsx'
import { me, signOut } from '../../session.ts'
import { AskedView } from '../parts/asked-view.tsx'
import { Problem } from '../parts/confirm.tsx'
import { ago, moment } from '../parts/moments.ts'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'
import { describeBrowser } from './describe-browser.ts'

export function Sessions() {
  const asked = useAsk('listSessions', {})
  const [problem, setProblem] = useState<string>()
  const sessions = asked.value?.sessions ?? []
  const others = sessions.filter((session) => !session.isCurrent)

  /** Gone from the list at once; back in it when the server refuses. */
  async function end(ended: readonly SessionEntry[]): Promise<void> {
    setProblem(undefined)
    asked.put({ sessions: sessions.filter((session) => !ended.includes(session)) })
    for (const { sessionId } of ended) {
      const outcome = await ask('endSession', { requestId: requestId(), sessionId })
      if (outcome.ok) continue
      setProblem(refusalWords(outcome.refusal))
      return asked.reload()
    }
    showToast({ text: ended.length === 1 ? 'That sign-in has ended' : `${ended.length} sign-ins have ended` })
  }

  return (
    <Page
      title="Sign-ins"
      intro="Where you are signed in. If you do not know one, end it and change your password."
      actions={
        others.length > 1 && (
          <Button variant="danger" onClick={() => void end(others)}>
            End all others
          </Button>
        )
      }
    >
      {problem !== undefined && <Problem>{problem}</Problem>}
      <AskedView of={asked} lines={4}>
        {() => (
          <Card title="Signed in" aside={`${sessions.length}`} isFlush>
            <Rows label="Sign-ins">
              {sessions.map((session) => (
                <Row
                  key={session.sessionId}
                  lead={
                    <Icon node={/iPhone|Android/.test(session.userAgent) ? Smartphone : Monitor} size={18} />
                  }
                  title={describeBrowser(session.userAgent)}
                  detail={`Since ${moment(session.createdAt)}${
                    session.memberName === me.value?.name ? '' : ` · as ${session.memberName}`
                  }`}
                  state={
                    session.isCurrent ? (
                      <Tag tone="good">This one</Tag>
                    ) : (
                      <span>Seen {ago(session.lastSeenAt)}</span>
                    )
                  }
                  actions={
                    session.isCurrent ? (
                      <Button size="s" onClick={() => void signOut()}>
                        Sign out
                      </Button>
                    ) : (
                      <Button size="s" variant="danger" onClick={() => void end([session])}>
                        End
                      </Button>
                    )
                  }
                />
              ))}
            </Rows>
          </Card>
        )}
      </AskedView>
    </Page>
  )
}
