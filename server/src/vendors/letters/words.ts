import type { VendorAct } from '@parley/shared/vendors/life-cycle.ts'

/** What a vendor's people are told by mail when it happens. */
export type NoticeAct = Extract<
  VendorAct,
  'warn' | 'restrict' | 'lift' | 'suspend' | 'keep' | 'readmit' | 'lapse' | 'approve'
>

export type Matter =
  | { kind: 'received' | 'asked' | 'refused' | 'admitted' }
  | { kind: 'notice'; act: NoticeAct; untilAt: string | null }
  | { kind: 'trainingEnds'; title: string; endsAt: string }

interface Names {
  site: string
  vendor: string
  /** A moment as a day in words, where the site is. */
  day(at: string): string
}

export function wordsFor(matter: Matter, names: Names): { title: string; intro: string } {
  const { site } = names
  switch (matter.kind) {
    case 'received':
      return {
        title: `Your application to ${site}`,
        intro: 'Open it to see where it stands and to add documents. Opening it also confirms this address.',
      }
    case 'asked':
      return { title: `${site} has a question`, intro: 'Please answer in your application.' }
    case 'refused':
      return {
        title: `Your application to ${site} was not accepted`,
        intro: 'This is the reason. You can change your application and send it again.',
      }
    case 'admitted':
      return {
        title: `${site} has accepted you`,
        intro:
          'Choose a password to sign in; the link is good for 15 minutes, and later its page can send you a new one. What is still to do stands on your vendor page.',
      }
    case 'trainingEnds':
      return {
        title: 'Your training ends soon',
        intro: `“${matter.title}” counts until ${names.day(matter.endsAt)}. Take it again before then: without it you are not given the conversations it is for.`,
      }
    case 'notice':
      return noticeFor(matter, names)
  }
  return matter satisfies never
}

function noticeFor(
  { act, untilAt }: Extract<Matter, { kind: 'notice' }>,
  { site, vendor, day }: Names,
): { title: string; intro: string } {
  const until = (words: string) => (untilAt === null ? '' : ` ${words} ${day(untilAt)}.`)
  switch (act) {
    case 'warn':
      return {
        title: `A warning from ${site}`,
        intro: `This is about ${vendor}.${until('There is time to mend it until')} The conversations it names stand on your vendor page.`,
      }
    case 'restrict':
      return {
        title: `${site} has restricted your shop`,
        intro: `${vendor} answers buyers within limits now.${until('They are looked at again on')} Your vendor page says which, names the conversations, and lets you appeal.`,
      }
    case 'suspend':
      return {
        title: `${site} has suspended your shop`,
        intro: `Nobody of ${vendor} answers buyers now.${until('It is looked at again on')} Your vendor page names the conversations and lets you appeal.`,
      }
    case 'lift':
      return { title: `${site} has lifted the restriction`, intro: `${vendor} answers buyers without it.` }
    case 'keep':
      return { title: `${site} has decided on your appeal`, intro: `For ${vendor} it stays as it is.` }
    case 'readmit':
      return { title: `${site} has admitted your shop again`, intro: `${vendor} may answer buyers again.` }
    case 'lapse':
      return {
        title: `${site} has to check your shop again`,
        intro: `Until then nobody of ${vendor} answers buyers.`,
      }
    case 'approve':
      return { title: `${site} has checked your shop`, intro: `${vendor} was approved again.` }
  }
  return act satisfies never
}
