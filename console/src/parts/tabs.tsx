import { useEffect, useRef } from 'preact/hooks'
import styles from './tabs.module.css'

export interface Tab<Id extends string> {
  id: Id
  label: string
  /** Shown in place of the label where there is little room; the label is still spoken. */
  sign?: string | undefined
  count?: number | string | undefined
}

export interface TabsProps<Id extends string> {
  label: string
  tabs: readonly Tab<Id>[]
  selected: Id
  onSelect: (id: Id) => void
  /** Id of the panel these tabs change. */
  controls?: string
}

/** One tab stop; arrows move and select. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, controls }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const row = list.current
    const tab = row?.querySelector<HTMLElement>('[aria-selected="true"]')
    if (!row || !tab) return
    // Only the row moves: scrollIntoView would move the page it stands in too.
    const from = row.getBoundingClientRect()
    const at = tab.getBoundingClientRect()
    if (at.left < from.left) row.scrollLeft -= from.left - at.left
    else if (at.right > from.right) row.scrollLeft += at.right - from.right
  }, [selected])

  function move(event: KeyboardEvent) {
    const at = tabs.findIndex((tab) => tab.id === selected)
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const to =
      step !== undefined
        ? (at + step + tabs.length) % tabs.length
        : { Home: 0, End: tabs.length - 1 }[event.key]
    const tab = to === undefined ? undefined : tabs[to]
    if (tab === undefined) return
    event.preventDefault()
    onSelect(tab.id)
    list.current?.querySelector<HTMLElement>(`[data-tab="${tab.id}"]`)?.focus()
  }

  return (
    <div ref={list} role="tablist" tabIndex={-1} aria-label={label} class={styles.tabs} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          data-tab={tab.id}
          aria-selected={tab.id === selected}
          aria-controls={controls}
          tabIndex={tab.id === selected ? 0 : -1}
          title={tab.sign === undefined ? undefined : tab.label}
          class={styles.tab}
          onClick={() => onSelect(tab.id)}
        >
          {tab.sign !== undefined && <span aria-hidden="true">{tab.sign}</span>}
          <span class={tab.sign === undefined ? undefined : 'visually-hidden'}>{tab.label}</span>
          {tab.count !== undefined && <span class={styles.count}>{tab.count}</span>}
        </button>
      ))}
    </div>
  )
}
