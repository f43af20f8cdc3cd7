import type { TermRules, TermRulesVersion } from '@parley/shared/protocol/terms.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Problem } from '../parts/confirm.tsx'
import { moment } from '../parts/moments.ts'
import { Card } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import styles from './terms.module.css'
import { changesSince } from './terms-draft.ts'
import type { TermsPages } from './terms-page.tsx'

/** Versions are never changed: an earlier one is taken back by saving it anew. */
export function VersionsCard(props: {
  pages: TermsPages
  onMore: (more: TermsPages) => void
  onTake?: (rules: TermRules) => void
}) {
  const { versions, before } = props.pages
  const { onTake } = props
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function more(): Promise<void> {
    if (before === null) return
    setBusy(true)
    const outcome = await ask('listTermRules', { before })
    setBusy(false)
    setProblem(outcome.ok ? undefined : refusalWords(outcome.refusal))
    if (outcome.ok) props.onMore(outcome.value)
  }

  return (
    <Card title="Versions" isFlush>
      <Rows label="Versions">
        {versions.map((version, at) => (
          <Row
            key={version.version}
            title={version.version === 0 ? 'What every site begins with' : `Version ${version.version}`}
            detail={<Changes version={version} before={versions[at + 1]} />}
            state={at === 0 && <Tag tone="good">In force</Tag>}
            actions={
              at > 0 &&
              onTake && (
                <Button
                  size="s"
                  aria-label={`Put version ${version.version} into the form`}
                  onClick={() => onTake(version.rules)}
                >
                  Put into the form
                </Button>
              )
            }
          />
        ))}
      </Rows>
      {problem !== undefined && <Problem>{problem}</Problem>}
      {before !== null && (
        <div class={styles.more}>
          <Button size="s" variant="quiet" isBusy={isBusy} onClick={() => void more()}>
            Earlier versions
          </Button>
        </div>
      )}
    </Card>
  )
}

function Changes({ version, before }: { version: TermRulesVersion; before: TermRulesVersion | undefined }) {
  const who = version.at === null ? '' : `${version.by}, ${moment(version.at)}`
  const changes = before === undefined ? [] : changesSince(before.rules, version.rules)
  return <>{[who, ...changes].filter((words) => words !== '').join('. ')}</>
}
