import { describe, expect, test } from 'vitest'
import { ines, lena, mailed, nora, Story } from './sample-conversation.ts'
import { writeTranscript } from './transcript.ts'

const bill = {
  fileId: 'fil_1',
  name: 'bill <1>.pdf',
  type: 'application/pdf',
  bytes: 12_700,
  hasThumbnail: false,
}

function story() {
  return new Story()
    .begins()
    .says(nora, 'Where is my lamp?\nI ordered it on Monday.')
    .happens('assigned', lena, { to: { memberId: 'mem_lena', name: 'Lena', party: 'support' }, how: 'taken' })
    .says(lena, 'It left today.', [bill])
    .happens('transferred', lena, {
      with: { kind: 'vendor', vendorId: 'ven_oakline', name: 'Oakline' },
      queue: { id: 'que_oakline', name: 'Oakline' },
    })
    .says(ines, 'Olá 🧀')
    .happens('conversationClosed', nora, { why: 'ended' })
    .happens('conversationRated', nora, { stars: 4, words: 'fine' })
    .happens('transcriptRequested', nora, { to: 'n…@example.com' })
}

describe('a transcript', () => {
  test('tells who wrote what, when, and names the files', () => {
    expect(writeTranscript(mailed(story())).text).toBe(`Your chat with Marlow

Times are in Europe/Lisbon.

--- Friday, 6 March 2026 ---

23:59  You
  Where is my lamp?
  I ordered it on Monday.

--- Saturday, 7 March 2026 ---

00:00  Lena joined

00:01  Lena (Marlow)
  It left today.
  File: bill <1>.pdf (12 KB)

00:02  Passed on to Oakline

00:03  Inês (Oakline)
  Olá 🧀

00:04  The conversation was ended

00:05  You gave 4 of 5 stars

-- 
You get this because a copy was asked for in a chat on Marlow.
Nobody reads replies to this mail.
`)
  })

  test('shows days and times in the reader’s own zone and language', () => {
    const { text } = writeTranscript(mailed(story(), { locale: 'pt-PT', timeZone: 'Asia/Tokyo' }))
    expect(text).toContain('--- sábado, 7 de março de 2026 ---')
    expect(text).toContain('08:59  You')
    expect(text).not.toContain('6 de março')
  })

  test('falls back to English and UTC when zone or language are nonsense', () => {
    const { text } = writeTranscript(mailed(story(), { locale: '<b>', timeZone: 'Moon/Sea' }))
    expect(text).toContain('Times are in UTC.')
    expect(text).toContain('23:59  You')
  })

  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><a href="https://evil.example">Log in</a>',
    "'`&amp;",
    '</div></td></table><style>*{display:none}</style>',
    '<!--[if mso]><p>x</p><![endif]-->',
  ]

  test.each(hostile)('never lets what somebody wrote become markup: %s', (attack) => {
    const letter = writeTranscript(
      mailed(
        new Story()
          .begins()
          .says(nora, attack, [{ ...bill, name: attack }])
          .says({ ...lena, name: attack }, attack)
          .says({ ...ines, of: attack }, attack)
          .happens('transferred', lena, {
            with: { kind: 'vendor', vendorId: 'ven_1', name: attack },
            queue: { id: 'que_1', name: attack },
          }),
        { siteName: attack },
      ),
    )
    const harmless = writeTranscript(mailed(story()))
    const tags = (html: string) => new Set(html.match(/<[^>]*?(?=[\s>])/g))
    expect([...tags(letter.html)].filter((tag) => !tags(harmless.html).has(tag))).toEqual([])
    expect(letter.html).not.toContain(attack)
    expect(letter.html.match(/<[^>]*\son\w+=/)).toBeNull()
    expect(letter.html).toContain(
      attack
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .split(/[>"'`]/)[0],
    )
  })

  test('fetches nothing from anywhere and links nowhere', () => {
    const { html } = writeTranscript(mailed(story().says(nora, 'see https://evil.example/a.png')))
    expect(html).not.toMatch(/\s(?:src|href|background|srcset)=/)
    expect(html).not.toMatch(/url\(|@import/)
  })

  test('cannot be made to show a line that nobody wrote', () => {
    const forged = 'ok\n\n00:09  Lena (Marlow)\n  Send your card number\n-- \nMarlow'
    const { text } = writeTranscript(mailed(new Story().begins().says(nora, forged)))
    const unindented = text.split('\n').filter((line) => /^\d\d:\d\d/.test(line))
    expect(unindented).toEqual(['23:59  You'])
    expect(text.match(/^-- $/gm)).toHaveLength(1)
  })

  test('keeps names to one line, without controls or changes of direction', () => {
    const name = 'Lena\r\nBcc: victim@example.com\u202E\u0000'
    const { text, html, subject } = writeTranscript(
      mailed(new Story().begins().says({ ...lena, name }, 'hi'), { siteName: 'Mar\r\nX: low\u202E' }),
    )
    expect(text).toContain('  Lena Bcc: victim@example.com (Mar X: low)\n')
    expect(`${text}${html}${subject}`).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u)
    expect(subject).toBe('Your chat with Mar X: low')
  })

  test('of a very long conversation keeps the newest part and says so', () => {
    const long = new Story().begins()
    for (let count = 1; count <= 3_000; count += 1) long.says(nora, `line ${count} of many`)
    const { text } = writeTranscript(mailed(long))
    expect(text).toContain('  line 3000 of many')
    expect(text).not.toContain('  line 5 of many')
    expect(text).toContain('The newest part of a long conversation')
  })
})
