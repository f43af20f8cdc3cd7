import type { Page } from '../frame.ts'
import { html } from '../markup.ts'

function unhappyPage(status: number, title: string, text: string): Page {
  return {
    title,
    status,
    body: html`<div class="empty"><h1>${title}</h1><p>${text}</p><p><a class="button button-main" href="/demo/">To the front page</a></p></div>`,
  }
}

/** Absent and somebody else's look alike. */
export function notFoundPage(): Page {
  return unhappyPage(
    404,
    'This page is not here',
    'The address may have a slip in it, or the page belongs to another account.',
  )
}

export function foreignFormPage(): Page {
  return unhappyPage(403, 'This form came from another site', 'Open the page here and try again.')
}

export function unreadablePage(status: number): Page {
  return unhappyPage(status, 'We could not read that', 'Go back and send the form again.')
}
