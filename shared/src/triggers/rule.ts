/** What can happen on a page. `at` names the element or form by a selector, `amount` is in the unit of its kind. */
export type SignalName =
  /** A page or, in an app of one page, a route is shown. */
  | 'page'
  /** Seconds in sight on this page. */
  | 'time'
  /** Percent of the page that has been scrolled past. */
  | 'scroll'
  /** Seconds without a touch of mouse, keyboard or screen. */
  | 'idle'
  /** The pointer leaves for the tabs or the address. */
  | 'exit'
  /** Milliseconds over the launcher. */
  | 'launcher'
  /** Milliseconds over, or with the focus on, an element. */
  | 'hover'
  | 'click'
  /** A form that could not be sent, by the browser's check or the page's own. */
  | 'invalid'
  /** `Parley('track', at, …)`. */
  | 'event'

export interface Signal {
  on: SignalName
  at?: string
  amount?: number
  /** How often before it counts; once where it is left out. */
  times?: number
}

/** What a condition can ask. Those of `asked` cost one small request, made when everything else of a rule is true. */
export type Fact =
  | 'path'
  | 'language'
  | 'device'
  | 'role'
  | 'signedIn'
  | 'orderState'
  | 'cartValue'
  | 'visits'
  | 'intent'
  | 'field'
  | 'declineClass'
  | 'open'
  | 'support'
  | 'vendor'

export const askedFacts: readonly Fact[] = ['open', 'support', 'vendor']
export const numberFacts: readonly Fact[] = ['cartValue', 'visits']

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { segment: string }
  /** One of these texts; `*` stands for anything. */
  | { fact: Fact; is: string[] }
  | { fact: Fact; from?: number; to?: number }

export interface Action {
  show: 'badge' | 'bubble' | 'teaser' | 'open' | 'article'
  title?: string
  text?: string
  /** The words on the main button. */
  button?: string
  /** The article's address. */
  url?: string
  /** Whom the chat begins with. */
  with?: 'choice' | 'vendor' | 'support'
  intent?: string
  topic?: string
  /** Begins the message; `{field}`, `{declineClass}`, `{order}` and `{product}` are filled in. */
  prefill?: string
}

export interface Rule {
  /** In this order. */
  when: Signal[]
  /** From the first of them to the last. */
  withinSeconds?: number
  /** Waits before it shows. */
  afterSeconds?: number
  if?: Condition
  do: Action
  /** At most so often; 0 days is one page view. */
  often: { times: number; days: number }
  /** Percent of people it is for, and of those the percent that is held out to compare with. */
  share?: { percent: number; holdOut: number }
  /** The event that means success, besides a chat. */
  goal?: string
}

/** A rule as it travels to the page: segments in place, its name left at home. */
export type LiveRule = Rule & { id: string }

/** One budget for one person over all rules. */
export interface Respect {
  perPage: number
  perDay: number
  quietHours: number
  excluded: string[]
}

/** Everything of a site that the page evaluates: one static file. */
export interface RulesFile extends Respect {
  key: string
  origin: string
  rules: LiveRule[]
  /** Does it count, and not for whom asks not to be tracked? */
  measure: 'off' | 'unlessAsked' | 'always'
}
