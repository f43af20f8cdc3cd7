import type { Call } from '../channel.ts'

/** What the loader hands to the rules of its site. */
export interface Host {
  /** The page's own calls. */
  call(...call: Call): unknown
  /** What this browser keeps, read anew. */
  kept(): Record<string, string>
  keep(name: string, value: string): void
  emit(name: string, value: unknown): void
  on(name: string, run: (value?: unknown) => void): void
  /** How the page has said things are. */
  said(): readonly Call[]
  /** What was tracked before the rules came. */
  tracked: readonly unknown[]
  isOpen(): boolean
  root: ShadowRoot
  button: HTMLButtonElement
  /** Ends with the widget. */
  signal: AbortSignal
}

type Methods = Record<string, (...values: never[]) => unknown>

/** In this order: names would be sent in full with every loader. */
export type Given = [
  methods: Methods,
  call: Host['call'],
  kept: Host['kept'],
  keep: Host['keep'],
  emit: Host['emit'],
  said: Host['said'],
  tracked: Host['tracked'],
  root: ShadowRoot,
  signal: AbortSignal,
]
