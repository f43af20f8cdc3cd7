import type { Paragraph } from './paragraphs.ts'
import type { Page } from './write-text.ts'

const signs: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** For text between tags and for quoted attribute values, the only two places this sink has. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (sign) => signs[sign] ?? '')
}

const font = 'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif'
const ink = '#1f2328'
const quiet = '#5b6470'
const quietText = `color:${quiet};font-size:13px;line-height:20px`

/** The HTML part: inline styles, nothing fetched from anywhere, each message in a direction of its own. */
export function writeHtml({ title, intro, paragraphs, link, footer }: Page): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:0;background:#f4f5f7;${font};color:${ink}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f5f7"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;background:#ffffff;border:1px solid #e3e6ea;border-radius:12px"><tr><td style="padding:28px 28px 24px">
<h1 style="margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600">${escapeHtml(title)}</h1>
<p style="margin:0 0 20px;${quietText}">${escapeHtml(intro)}</p>
${paragraphs.map(blockOf).join('\n')}
${link ? buttonOf(link) : ''}
</td></tr></table>
<p style="max-width:600px;margin:16px auto 0;text-align:start;${quietText}">${footer.map(escapeHtml).join('<br>')}</p>
</td></tr></table>
</body></html>
`
}

function blockOf(paragraph: Paragraph): string {
  switch (paragraph.kind) {
    case 'day':
      return `<p style="margin:20px 0 12px;padding-bottom:6px;border-bottom:1px solid #e3e6ea;${quietText}">${escapeHtml(paragraph.day)}</p>`
    case 'note':
      return `<p style="margin:0 0 12px;${quietText}">${escapeHtml(paragraph.time)} · <bdi>${escapeHtml(paragraph.words)}</bdi></p>`
    case 'message':
      return messageOf(paragraph)
  }
  return paragraph satisfies never
}

function messageOf({ time, name, isOwn, lines, files }: Extract<Paragraph, { kind: 'message' }>): string {
  const text = lines.map(escapeHtml).join('<br>')
  const body =
    text === ''
      ? ''
      : `<div dir="auto" style="font-size:15px;line-height:22px;word-break:break-word">${text}</div>`
  const attached = files
    .map((file) => `<div dir="auto" style="${quietText}">File: ${escapeHtml(file)}</div>`)
    .join('')
  return `<div style="margin:0 0 12px;padding:10px 14px;border-radius:10px;background:${isOwn ? '#eef2f6' : '#f8f6f1'}">
<p style="margin:0 0 2px;${quietText}"><bdi style="color:${ink};font-weight:600">${escapeHtml(name)}</bdi>${time === '' ? '' : ` · ${escapeHtml(time)}`}</p>
${body}${attached}</div>`
}

function buttonOf({ label, url }: NonNullable<Page['link']>): string {
  return `<p style="margin:20px 0 4px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:${ink};color:#ffffff;font-size:15px;line-height:22px;text-decoration:none">${escapeHtml(label)}</a></p>`
}
