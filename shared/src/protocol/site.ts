import type { Choice, IntakeForm } from './reading.ts'
import type { Branding, Topic } from './settings.ts'

/** What everybody may know of a site: it travels inside the loader and the panel document. */
export interface PublicSite {
  key: string
  branding: Omit<Branding, 'welcome' | 'closing' | 'notice'>
  /** Plain sentence shown before the first message. */
  notice: string
  /** Origin of the chat, without a path: `https://chat.example`. */
  chatOrigin: string
}

/** What the panel document carries besides: enough for its first screen before anything connects. */
export interface PanelSite extends PublicSite {
  topics: Topic[]
  intake: { support: IntakeForm; vendor: IntakeForm }
  /** Support as it stood when the document was made; live figures follow over the socket. */
  support: Pick<Choice, 'isAvailable' | 'opensAt' | 'closesAt' | 'usualReplyMs'>
  canMailTranscript: boolean
  /** What is typed is shown to moderators who watch, before it is sent. */
  typingPreview: boolean
}

/** The part of a public site that stands inside the loader: what the launcher needs and nothing more. */
export interface LoaderSite {
  key: string
  /** Where the site's files are: the chat's origin and a path. */
  base: string
  name: string
  launcherText?: string
  side?: 'start'
  fallbackUrl?: string
  /** What the launcher says when the chat cannot be reached. */
  failure: string
  /** Declarations of its colours: background and ink, chosen by the server for contrast, and the panel's own surface. */
  light: string
  dark: string
  /** Name of the file with the rules, where the site has any. */
  rules?: string
  /** Paths on which nothing of the widget may be: payment pages. */
  never?: string[]
  /** Nothing of it is there before the page says that its visitor consents. */
  consent?: true
}
