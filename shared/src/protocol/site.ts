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

/** Background and ink of the launcher, chosen by the server for contrast. */
export type Paint = readonly [background: string, ink: string]

/** The part of a public site that stands inside the loader: what the launcher needs and nothing more. */
export interface LoaderSite {
  key: string
  chatOrigin: string
  name: string
  launcherText?: string
  side?: 'start'
  fallbackUrl?: string
  light: Paint
  dark: Paint
}
