/** Text that is already safe to stand in a page. Only `html` and `trusted` make it. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

export type Content = Markup | string | number | null | undefined | false | readonly Content[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

function render(content: Content): string {
  if (content instanceof Markup) return content.text
  if (typeof content === 'string') return escapeText(content)
  if (typeof content === 'number') return String(content)
  if (content === null || content === undefined || content === false) return ''
  return content.map(render).join('')
}

/** Escapes whatever is not `Markup`; attributes must be in quotes, which the escaping also covers. */
export function html(strings: TemplateStringsArray, ...contents: Content[]): Markup {
  return new Markup(strings.reduce((page, part, index) => page + render(contents[index - 1]) + part))
}

/** For constants of this folder (icons, scripts made from JSON), never for what a request brought. */
export function trusted(text: string): Markup {
  return new Markup(text)
}

export const nothing = new Markup('')
