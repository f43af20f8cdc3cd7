import { Check, type IconNode } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { Kbd } from './kbd.tsx'
import styles from './menu.module.css'
import { usePopover } from './use-popover.ts'

export interface MenuItem {
  label: string
  onSelect: () => void
  icon?: IconNode | undefined
  /** A second, quieter line. */
  detail?: string | undefined
  shortcut?: string | undefined
  isChecked?: boolean | undefined
  isDisabled?: boolean | undefined
  isDanger?: boolean | undefined
}

export interface MenuGroup {
  heading?: string | undefined
  items: MenuItem[]
}

/** What the trigger button needs; spread it on a Button or IconButton. */
export interface MenuTrigger {
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
  'aria-controls': string
  'data-menu': string | undefined
  onClick: (event: MouseEvent) => void
}

export interface MenuProps {
  label: string
  groups: MenuGroup[]
  trigger: (trigger: MenuTrigger) => ComponentChildren
  align?: 'start' | 'end'
  /** Lets a shortcut elsewhere open it: `openMenu(name)`. */
  name?: string
}

export function Menu({ label, groups, trigger, align = 'start', name }: MenuProps) {
  const id = useId()
  const {
    panel: list,
    isOpen,
    toggle,
    close,
    giveBack,
    onBeforeToggle,
  } = usePopover(align, (menu) => {
    const chosen = menu.querySelector<HTMLElement>('[aria-checked="true"]')
    ;(chosen ?? items()[0])?.focus()
  })

  function items(): HTMLButtonElement[] {
    return [...(list.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])]
  }

  function move(event: KeyboardEvent) {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const to = target(event.key, at, all.length)
    if (event.key === 'Tab') return close()
    if (to !== null) all[to]?.focus()
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
      const letter = event.key.toLocaleLowerCase()
      const later = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      later.find((item) => item.textContent?.trim().toLocaleLowerCase().startsWith(letter))?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      {trigger({
        'aria-haspopup': 'menu',
        'aria-expanded': isOpen,
        'aria-controls': id,
        'data-menu': name,
        onClick: toggle,
      })}
      <div
        ref={list}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        class={styles.menu}
        onKeyDown={move}
        onBeforeToggle={onBeforeToggle}
      >
        {isOpen &&
          groups.map((group, index) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu
            <div key={index} role="group" aria-label={group.heading} class={styles.group}>
              {group.heading && <div class={styles.heading}>{group.heading}</div>}
              {group.items.map((item) => (
                <MenuLine key={item.label} item={item} close={close} giveBack={giveBack} />
              ))}
            </div>
          ))}
      </div>
    </>
  )
}

function MenuLine({ item, close, giveBack }: { item: MenuItem; close: () => void; giveBack: () => void }) {
  return (
    <button
      type="button"
      {...(item.isChecked === undefined
        ? { role: 'menuitem' as const }
        : { role: 'menuitemradio' as const, 'aria-checked': item.isChecked })}
      disabled={item.isDisabled}
      tabIndex={-1}
      class={classes(styles.item, item.isDanger && styles.danger)}
      onClick={() => {
        giveBack()
        close()
        item.onSelect()
      }}
    >
      {item.icon && <Icon node={item.icon} size={16} />}
      <span class={styles.words}>
        <span>{item.label}</span>
        {item.detail && <span class={styles.detail}>{item.detail}</span>}
      </span>
      {item.isChecked && <Icon node={Check} size={16} />}
      {item.shortcut && <Kbd keys={item.shortcut} isDecoration />}
    </button>
  )
}

function target(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at - 1 + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return null
}

/** Opens the menu of that name as if its button had been pressed. */
export function openMenu(name: string): boolean {
  const button = document.querySelector<HTMLElement>(`[data-menu="${name}"]`)
  button?.click()
  return button !== null
}
