import type { CannedReply } from '@parley/shared/protocol/settings.ts'
import { BookText, Pencil, Plus, Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { cannedSignOf } from '../../keys/own-keys.ts'
import { ownKeyboard } from '../../keys/save-keyboard.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Field } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { showToast } from '../../parts/toast.tsx'
import { me } from '../../session.ts'
import { AskedView } from '../parts/asked-view.tsx'
import { Problem } from '../parts/confirm.tsx'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'
import styles from './replies.module.css'
import { ReplyDialog } from './reply-dialog.tsx'

export function CannedReplies() {
  const asked = useAsk('listCannedReplies', {})
  const [edited, setEdited] = useState<CannedReply | 'new'>()
  const [search, setSearch] = useState('')
  const [problem, setProblem] = useState<string>()
  const replies = asked.value?.replies ?? []
  const isVendor = me.value?.role === 'vendor'
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => setEdited('new')}>
      Add a reply
    </Button>
  )

  /** Removed at once; Undo saves it anew. */
  async function remove(reply: CannedReply): Promise<void> {
    setProblem(undefined)
    asked.put({ replies: replies.filter((one) => one.cannedReplyId !== reply.cannedReplyId) })
    const outcome = await ask('removeCannedReply', {
      requestId: requestId(),
      cannedReplyId: reply.cannedReplyId,
    })
    if (!outcome.ok) {
      asked.put({ replies })
      return setProblem(refusalWords(outcome.refusal))
    }
    showToast({ text: `/${reply.shortcut} is removed`, undo: () => void restore(reply) })
  }

  async function restore({ shortcut, title, text }: CannedReply): Promise<void> {
    const outcome = await ask('saveCannedReply', {
      requestId: requestId(),
      cannedReplyId: null,
      shortcut,
      title,
      text,
    })
    if (!outcome.ok) setProblem(refusalWords(outcome.refusal))
    await asked.reload()
  }

  const wanted = search.trim().toLowerCase()
  const found = replies.filter((reply) =>
    `/${reply.shortcut} ${reply.title} ${reply.text}`.toLowerCase().includes(wanted),
  )

  return (
    <Page
      title="Canned replies"
      intro={`Type ${cannedSignOf(ownKeyboard())} at the start of a line to insert one. ${
        isVendor
          ? 'These are shared by everybody who answers for your shop.'
          : 'These are shared by the whole team; vendors have their own.'
      }`}
      actions={add}
    >
      {problem !== undefined && <Problem>{problem}</Problem>}
      <AskedView of={asked} lines={6}>
        {() =>
          replies.length === 0 ? (
            <Empty icon={BookText} title="No canned replies yet" actions={add}>
              Save an answer you write often, and send it with a few keys.
            </Empty>
          ) : (
            <Card title="Replies" aside={`${replies.length}`} isFlush>
              <div class={styles.search}>
                <Field
                  label="Find a reply"
                  isLabelHidden
                  type="search"
                  placeholder="Find a reply"
                  value={search}
                  onInput={(event) => setSearch(event.currentTarget.value)}
                />
              </div>
              <Rows label="Canned replies">
                {found.map((reply) => (
                  <Row
                    key={reply.cannedReplyId}
                    title={
                      <>
                        {reply.title} <code class={styles.shortcut}>/{reply.shortcut}</code>
                      </>
                    }
                    detail={<span class={styles.text}>{reply.text}</span>}
                    actions={
                      <>
                        <IconButton
                          icon={Pencil}
                          label={`Edit ${reply.title}`}
                          onClick={() => setEdited(reply)}
                        />
                        <IconButton
                          icon={Trash2}
                          label={`Remove ${reply.title}`}
                          onClick={() => void remove(reply)}
                        />
                      </>
                    }
                  />
                ))}
              </Rows>
              {found.length === 0 && (
                <p class={styles.none}>
                  No reply holds “{search.trim()}”.{' '}
                  <Button size="s" variant="quiet" onClick={() => setSearch('')}>
                    Show all {replies.length}
                  </Button>
                </p>
              )}
            </Card>
          )
        }
      </AskedView>
      {edited !== undefined && (
        <ReplyDialog
          reply={edited === 'new' ? undefined : edited}
          taken={replies}
          onClose={() => setEdited(undefined)}
          onSaved={(saved) => {
            const isNew = !replies.some((reply) => reply.cannedReplyId === saved.cannedReplyId)
            const next = isNew
              ? [...replies, saved]
              : replies.map((reply) => (reply.cannedReplyId === saved.cannedReplyId ? saved : reply))
            asked.put({ replies: next.sort((a, b) => a.shortcut.localeCompare(b.shortcut)) })
            setEdited(undefined)
            showToast({ text: `/${saved.shortcut} is saved` })
          }}
        />
      )}
    </Page>
  )
}
