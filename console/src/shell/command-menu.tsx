import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { Inbox as InboxIcon, Package, Search, UserRound } from 'lucide'
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { consoleCommands, offeredCommands } from '../acts/console-commands.ts'
import { ask } from '../connection.ts'
import { currentInbox } from '../inbox/current-inbox.ts'
import { shownKeys } from '../keys/shown-keys.ts'
import { lookedAt } from '../notify/news.ts'
import { classes } from '../parts/classes.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { paths } from '../paths.ts'
import { me } from '../session.ts'
import styles from './command-menu.module.css'
import { type FoundLine, findLines } from './find-commands.ts'
import { openPanel } from './open-panels.ts'

const searchAfterMs = 180

export function CommandMenu() {
  const isOpen = openPanel.value === 'commands'
  const close = () => {
    if (openPanel.peek() === 'commands') openPanel.value = null
  }
  return (
    <Dialog title="Commands" shape="bare" width={640} isOpen={isOpen} onClose={close}>
      <Commands close={close} />
    </Dialog>
  )
}

function Commands({ close }: { close: () => void }) {
  const { route } = useLocation()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const found = useFoundRows(typed)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const ownId = me.value?.memberId ?? ''
  const commands = useMemo(consoleCommands, [offeredCommands.value])
  const lines = useMemo(() => findLines(typed, commands, found, ownId), [typed, commands, found, ownId])
  const chip = currentInbox.value?.rows.value.get(lookedAt.value ?? '')?.customer.name
  const chosen = Math.min(at, lines.length - 1)

  function run(line: FoundLine) {
    close()
    if (line.command !== null) queueMicrotask(line.command.run)
    else if (line.row !== null) route(paths.conversation('all', line.row.conversationId))
  }

  function press(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && lines.length > 0) {
      const next = (chosen + step + lines.length) % lines.length
      setAt(next)
      list.current?.querySelector(`#${CSS.escape(`${id}${next}`)}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      const line = lines[chosen]
      if (line) run(line)
    } else return
    event.preventDefault()
  }

  return (
    <div class={styles.menu}>
      <div class={styles.head}>
        <Icon node={Search} size={18} />
        <input
          class={styles.input}
          data-focus-first
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={lines.length > 0 ? `${id}${chosen}` : undefined}
          aria-label="Find a command, conversation, order or person"
          placeholder="Find a command, conversation, order or person"
          autoComplete="off"
          spellcheck={false}
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={press}
        />
        {chip && (
          <span class={styles.chip} title={`For ${chip}`}>
            <Icon node={UserRound} size={12} />
            <span>{chip}</span>
          </span>
        )}
        <Kbd keys="Esc" />
      </div>
      <div ref={list} id={id} role="listbox" aria-label="Found" class={styles.list} tabIndex={-1}>
        {lines.map((line, index) => (
          <div key={line.key} role="presentation">
            {line.group !== lines[index - 1]?.group && (
              <div class={styles.group} role="presentation">
                {line.group}
              </div>
            )}
            <Line
              line={line}
              id={`${id}${index}`}
              isChosen={index === chosen}
              onRun={() => run(line)}
              onPoint={() => setAt(index)}
            />
          </div>
        ))}
      </div>
      {lines.length === 0 && <p class={styles.none}>Nothing matches “{typed}”.</p>}
      <div class={styles.foot} aria-hidden="true">
        <span>
          <Kbd keys="↑+↓" isDecoration /> move
        </span>
        <span>
          <Kbd keys="↵" isDecoration /> run
        </span>
        <span class={styles.signs}>
          Type <Kbd keys="#" isDecoration /> order <Kbd keys="@" isDecoration /> person{' '}
          <Kbd keys=">" isDecoration /> action
        </span>
      </div>
    </div>
  )
}

interface LineProps {
  line: FoundLine
  id: string
  isChosen: boolean
  onRun: () => void
  onPoint: () => void
}

function Line({ line, id, isChosen, onRun, onPoint }: LineProps) {
  const icon = line.command?.icon ?? { o: Package, p: UserRound }[line.key[0] ?? ''] ?? InboxIcon
  const keys = line.command?.shortcut && shownKeys(line.command.shortcut)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the field, as a combobox wants
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      class={classes(styles.line, isChosen && styles.chosen)}
      onClick={onRun}
      onMouseMove={onPoint}
    >
      <Icon node={icon} size={16} />
      <span class={styles.label}>
        <Marked text={line.label} matches={line.matches} />
      </span>
      {line.detail && <span class={styles.detail}>{line.detail}</span>}
      {keys && <Kbd keys={keys} isDecoration />}
    </div>
  )
}

/** Matching letters in bold, whole runs at a time. */
function Marked({ text, matches }: { text: string; matches: readonly number[] }) {
  const hit = new Set(matches)
  const runs: { text: string; isHit: boolean }[] = []
  for (let at = 0; at < text.length; at += 1) {
    const last = runs.at(-1)
    const isHit = hit.has(at)
    if (last?.isHit === isHit) last.text += text[at]
    else runs.push({ text: text[at] ?? '', isHit })
  }
  return (
    <>
      {runs.map((run, index) =>
        run.isHit ? <b key={`${index}b`}>{run.text}</b> : <span key={`${index}s`}>{run.text}</span>,
      )}
    </>
  )
}

/** What is loaded at once, then what the server finds. */
function useFoundRows(typed: string): InboxRow[] {
  const held = currentInbox.value?.rows.value
  const [found, setFound] = useState<InboxRow[]>([])
  const query = typed.replace(/^[#@]/, '').trim()
  useEffect(() => {
    if (query.length < 2 || typed.startsWith('>')) return setFound([])
    let isStale = false
    const timer = setTimeout(async () => {
      const outcome = await ask('listInbox', { view: 'all', search: query, limit: 10 })
      if (outcome.ok && !isStale) setFound(outcome.value.rows)
    }, searchAfterMs)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [query])
  return useMemo(() => {
    const rows = new Map(held)
    for (const row of found) rows.set(row.conversationId, row)
    return [...rows.values()].slice(0, 500)
  }, [held, found])
}
