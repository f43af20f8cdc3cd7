import type { CommandWish } from '@parley/shared/protocol/commands.ts'
import type { TrainingModuleSettings } from '@parley/shared/protocol/vendors.ts'

export type Draft = Omit<CommandWish<'saveTrainingModule'>, 'requestId'>

export const emptySection = { heading: '', body: '', picture: null }
export const emptyQuestion = {
  text: '',
  choices: [
    { text: '', isRight: true },
    { text: '', isRight: false },
  ],
}

export function draftOf(module: TrainingModuleSettings | undefined): Draft {
  if (module === undefined)
    return {
      moduleId: null,
      title: '',
      topicId: null,
      sections: [emptySection],
      questions: [emptyQuestion],
      passPercent: 80,
      attemptsPerDay: 3,
      certificateDays: 365,
      isPublished: false,
    }
  const { version: _version, savedAt: _savedAt, savedBy: _savedBy, certified: _certified, ...draft } = module
  return {
    ...draft,
    sections: draft.sections.map((section) => ({ ...section, body: plainOf(section.body) })),
  }
}

/** Written as plain paragraphs; the server keeps the little markup there may be. */
export function markupOf(body: string): string {
  if (/<(p|ul|ol|b|strong|i|em|a|br)\b/i.test(body)) return body
  return body
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.trim().replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</p>`)
    .join('')
}

/** Markup that is nothing but paragraphs, as it was typed. */
export function plainOf(body: string): string {
  const tags = body.match(/<\/?[a-z]+/gi) ?? []
  if (tags.some((tag) => !/^<\/?(p|br)$/i.test(tag))) return body
  return body
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<\/p>\s*<p>/g, '\n\n')
    .replace(/<\/?p>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
