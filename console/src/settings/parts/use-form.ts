import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { useRef, useState } from 'preact/hooks'
import { drafts, keepDraft } from './unsaved.ts'
import { errorsOf, type FieldErrors } from './wish-errors.ts'

export interface FormOptions<Value> {
  /** Drafts are kept under it while other pages are shown. */
  name: string
  saved: Value
  check: (value: Value) => FieldErrors
  /** Null when it was saved. */
  save: (value: Value) => Promise<Refusal | null>
}

export interface Form<Value> {
  value: Value
  isChanged: boolean
  isSaving: boolean
  wasSaved: boolean
  change: (patch: Partial<Value>) => void
  /** Checks this field from now on, not only at the next save. */
  leave: (path: string) => void
  error: (path: string) => string | undefined
  /** What belongs to no field on show. Ask after the fields have been drawn. */
  problem: () => string | undefined
  submit: () => Promise<boolean>
  discard: () => void
}

export function useForm<Value extends object>(options: FormOptions<Value>): Form<Value> {
  const { name, saved, check, save } = options
  const draft = (drafts.value.get(name) as Value | undefined) ?? null
  const value = draft ?? saved
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [hasTried, setTried] = useState(false)
  const [refused, setRefused] = useState<FieldErrors>({})
  const [isSaving, setSaving] = useState(false)
  const [wasSaved, setWasSaved] = useState(false)
  const shown = useRef(new Set<string>())
  shown.current = new Set()

  const isChanged = draft !== null && JSON.stringify(draft) !== JSON.stringify(saved)
  const found = check(value)
  const visible = (path: string) => refused[path] ?? (hasTried || left.has(path) ? found[path] : undefined)

  function discard(): void {
    keepDraft(name, null)
    setRefused({})
    setTried(false)
    setLeft(new Set())
  }

  return {
    value,
    isChanged,
    isSaving,
    wasSaved,
    change(patch) {
      const current = (drafts.peek().get(name) as Value | undefined) ?? saved
      const next = { ...current, ...patch }
      keepDraft(name, JSON.stringify(next) === JSON.stringify(saved) ? null : next)
      setRefused({})
      setWasSaved(false)
    },
    leave(path) {
      if (!left.has(path)) setLeft(new Set([...left, path]))
    },
    error(path) {
      shown.current.add(path)
      return visible(path)
    },
    problem() {
      const paths = Object.keys({ ...found, ...refused }).filter((path) => !shown.current.has(path))
      return paths.map(visible).find((words) => words !== undefined)
    },
    async submit() {
      setTried(true)
      if (isSaving || Object.keys(found).length > 0) return false
      setSaving(true)
      const refusal = await save(value)
      setSaving(false)
      if (refusal !== null) {
        setRefused(errorsOf(refusal))
        return false
      }
      discard()
      setWasSaved(true)
      return true
    },
    discard,
  }
}
