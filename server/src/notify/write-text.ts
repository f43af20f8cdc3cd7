import type { Paragraph } from './paragraphs.ts'

export interface Page {
  title: string
  intro: string
  paragraphs: readonly Paragraph[]
  link: { label: string; url: string } | undefined
  footer: readonly string[]
}

/** The plain part. What people wrote is set in by two spaces, so that no text can pass for a line of ours. */
export function writeText({ title, intro, paragraphs, link, footer }: Page): string {
  const blocks = [title, intro, ...paragraphs.map(blockOf)]
  if (link) blocks.push(`${link.label}:\n${link.url}`)
  blocks.push(['-- ', ...footer].join('\n'))
  return `${blocks.join('\n\n')}\n`
}

function blockOf(paragraph: Paragraph): string {
  switch (paragraph.kind) {
    case 'day':
      return `--- ${paragraph.day} ---`
    case 'note':
      return `${paragraph.time}  ${paragraph.words}`
    case 'message': {
      const files = paragraph.files.map((file) => `File: ${file}`)
      const body = [...paragraph.lines, ...files].map((line) => `  ${line}`)
      return [`${paragraph.time}  ${paragraph.name}`.trim(), ...body].join('\n')
    }
  }
  return paragraph satisfies never
}
