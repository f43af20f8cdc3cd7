import type { PanelSite, PublicSite } from '@parley/shared/protocol/site.ts'
import type { Parts } from '../app/parts.ts'
import { isOnForAnybody } from '../rollout/index.ts'
import { closesAt, isOpenAt, opensAt } from './hours.ts'
import { findSite, type Site } from './site.ts'
import { isSupportPresent } from './store.ts'

/** A member whose console has not been heard of for this long counts as gone. */
export const presenceMs = 45_000

export interface FoundPanel {
  public: PublicSite
  panel: PanelSite
  allowedOrigins: string[]
  /** Sanitised when they were saved. */
  words: { welcome: string; closing: string }
}

/** Nothing for an unknown key and for a disabled site alike. */
export async function findPanelSite(parts: Parts, siteKey: string): Promise<FoundPanel | undefined> {
  const site = await findSite(parts, siteKey)
  if (!site?.isEnabled) return undefined
  const publicSite = publicSiteOf(site, parts.config.publicUrl)
  const now = parts.clock.now()
  const isOpen = isOpenAt(site.hours, now)
  return {
    public: publicSite,
    panel: {
      ...publicSite,
      topics: site.topics,
      intake: site.intake,
      support: {
        isAvailable:
          isOpen &&
          (await isSupportPresent(parts.database, site.siteId, new Date(now.getTime() - presenceMs))),
        opensAt: opensAt(site.hours, now)?.toISOString() ?? null,
        closesAt: closesAt(site.hours, now)?.toISOString() ?? null,
        usualReplyMs: null,
      },
      canMailTranscript: parts.config.smtpUrl !== undefined,
      typingPreview: await isOnForAnybody(parts, site.siteId, 'moderation.typingPreview'),
    },
    allowedOrigins: site.allowedOrigins,
    words: { welcome: site.branding.welcome, closing: site.branding.closing },
  }
}

export function publicSiteOf(site: Site, publicUrl: string): PublicSite {
  const { welcome: _welcome, closing: _closing, notice, ...branding } = site.branding
  return { key: site.siteKey, branding, notice, chatOrigin: new URL(publicUrl).origin }
}
