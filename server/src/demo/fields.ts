import { icon } from './icons.ts'
import { html, type Markup, nothing } from './markup.ts'

/** One rule is read twice: by the server here, and by forms.js from the attributes of the field. */
export type FieldRule = {
  name: string
  label: string
  type: 'text' | 'email' | 'password' | 'checkbox'
  empty: string
  wrong: string
  pattern: string
  help?: string
  autocomplete: string
  inputmode?: 'numeric' | 'email'
  maxLength?: number
}
export type Problems = Record<string, string>

export function readField(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return ''
  const value = (body as Record<string, unknown>)[name]
  return typeof value === 'string' ? value.slice(0, 500) : ''
}

export function readFields(body: unknown, rules: readonly FieldRule[]): Record<string, string> {
  return Object.fromEntries(
    rules.map((rule) => {
      const value = readField(body, rule.name)
      return [rule.name, rule.type === 'password' ? value : value.trim()]
    }),
  )
}

export function findProblems(values: Record<string, string>, rules: readonly FieldRule[]): Problems {
  const problems: Problems = {}
  for (const rule of rules) {
    const value = values[rule.name] ?? ''
    if (value === '') problems[rule.name] = rule.empty
    else if (!new RegExp(`^(?:${rule.pattern})$`, 'u').test(value)) problems[rule.name] = rule.wrong
  }
  return problems
}

/** The third attempt that fails says the person may want help; earlier ones are everyday slips. */
export function readFailures(body: unknown): number {
  const count = Number.parseInt(readField(body, 'failures'), 10)
  return Number.isInteger(count) && count > 0 ? Math.min(count, 99) : 0
}

function problemText(rule: FieldRule, problem: string | undefined): Markup {
  return html`<p class="problem" id="${rule.name}-problem"${problem === undefined ? html` hidden` : nothing}>${icon('alert', 16)}<span>${problem ?? ''}</span></p>`
}

export function field(
  rule: FieldRule,
  options: { value?: string; problem?: string | undefined; focused?: boolean },
): Markup {
  const { value = '', problem, focused = false } = options
  const told = [rule.help === undefined ? '' : `${rule.name}-help`, `${rule.name}-problem`].filter(Boolean)
  const shared = html` id="${rule.name}" name="${rule.name}" required data-empty="${rule.empty}" data-wrong="${rule.wrong}" data-pattern="${rule.pattern}" aria-describedby="${told.join(' ')}"${
    problem === undefined ? nothing : html` aria-invalid="true"`
  }${focused ? html` autofocus` : nothing}`
  if (rule.type === 'checkbox') {
    return html`<div class="field"><label class="tick" for="${rule.name}"><input type="checkbox" value="yes"${shared}${
      value === 'yes' ? html` checked` : nothing
    }><span>${rule.label}</span></label>${problemText(rule, problem)}</div>`
  }
  return html`<div class="field">
    <label for="${rule.name}">${rule.label}</label>
    <input type="${rule.type}" autocomplete="${rule.autocomplete}" maxlength="${rule.maxLength ?? 200}"${
      rule.inputmode ? html` inputmode="${rule.inputmode}"` : nothing
    }${rule.type === 'password' || value === '' ? nothing : html` value="${value}"`}${shared}>
    ${rule.help === undefined ? nothing : html`<p class="help" id="${rule.name}-help">${rule.help}</p>`}
    ${problemText(rule, problem)}
  </div>`
}
