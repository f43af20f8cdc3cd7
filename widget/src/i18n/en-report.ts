/** English, the words of a report. */
export const enReport = {
  reportWhy: 'What is wrong? Only {0} sees this.',
  reportSend: 'Send report',
  reported: 'Thank you. {0} will look at it.',
}

export type ReportWords = typeof enReport
