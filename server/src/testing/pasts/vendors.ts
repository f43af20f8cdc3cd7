import * as cast from '../../demo/cast.ts'
import type { Asker } from '../everybody.ts'
import { switchRooms } from '../given-kinds.ts'
import { waitFor } from '../wait-for.ts'
import { nothing, wishes } from '../wishes.ts'
import {
  about,
  moderators,
  type NameOfPast,
  type Past,
  type PastWorld,
  patiently,
  requestId,
  staff,
} from './past.ts'

export function pastsOfVendors({ site, everybody, wren }: PastWorld) {
  const { ines, daniel, priya } = everybody

  async function applied(): Promise<{ vendorId: string; token: string }> {
    return ines.person.ask('submitApplication', wishes.submitApplication(nothing))
  }
  const lumen = { vendorId: 'ven_lumen', reason: 'For a test' }
  async function suspended(by: Asker): Promise<void> {
    await lifted()
    await by.person.ask('disciplineVendor', { ...lumen, requestId: requestId(), act: 'suspend' })
    await waitFor(async () => (await wren.person.ask('viewOwnVendor', {})).state === 'suspended', patiently)
  }
  async function appealed(decidedBy: Asker): Promise<void> {
    await suspended(decidedBy)
    await wren.person.ask('appealAsVendor', { requestId: requestId(), text: 'Please look again' })
  }
  /** As it was at the beginning: admitted. */
  async function lifted(): Promise<void> {
    const { state, appeal } = await ines.person.ask('viewVendor', { vendorId: 'ven_lumen' })
    if (state !== 'suspended') return
    if (appeal === null || appeal.decision !== null)
      await wren.person.ask('appealAsVendor', { requestId: requestId(), text: 'Once more' })
    const wish = { ...lumen, requestId: requestId(), verdict: 'grant', to: 'active' } as const
    const other = await ines.bySocket('decideVendorAppeal', wish)
    if (!other.ok) await daniel.person.ask('decideVendorAppeal', { ...wish, requestId: requestId() })
  }

  /** Rooms of both kinds are there, and nobody is kept out of them. */
  async function opened(): Promise<void> {
    await switchRooms(ines.person, { vendors: true, buyers: true })
    await lifted()
  }

  return {
    appealAsVendor: {
      by: ['wren'],
      async make() {
        await suspended(daniel)
        return about('appealAsVendor', {})
      },
    },
    decideVendorAppeal: {
      by: moderators,
      async make(asker) {
        await appealed(asker.name === ines.name ? daniel : ines)
        return { ...about('decideVendorAppeal', { vendorId: 'ven_lumen' }), verdict: 'grant', to: 'active' }
      },
    },
    disciplineVendor: {
      by: moderators,
      async make() {
        await lifted()
        return about('disciplineVendor', { vendorId: 'ven_lumen' })
      },
    },
    reviewVendor: {
      by: staff,
      make: async () => about('reviewVendor', { vendorId: (await applied()).vendorId }),
    },
    checkVendorDocument: {
      by: staff,
      async make() {
        const { vendorId, token } = await applied()
        const form = new FormData()
        form.set('conversationId', 'registration')
        form.set('file', new Blob(['Registered in Esbjerg'], { type: 'text/plain' }), 'registration.txt')
        const headers = { origin: site.url, 'parley-csrf': '1', authorization: `Bearer ${token}` }
        const response = await fetch(`${site.url}/api/v1/applications/documents`, {
          method: 'POST',
          headers,
          body: form,
        })
        if (!response.ok) throw new Error(`The document was refused: ${await response.text()}`)
        await priya.person.ask('reviewVendor', {
          requestId: requestId(),
          vendorId,
          act: 'startReview',
          reason: 'For a test',
        })
        const { documents } = await priya.person.ask('viewVendor', { vendorId })
        return {
          ...about('checkVendorDocument', { vendorId }),
          documentId: documents[0]?.documentId ?? '',
        }
      },
    },
    submitApplication: {
      by: ['ines', 'key'],
      make: async () => about('submitApplication', {}),
    },
    saveTrainingModule: {
      by: ['ines'],
      async make() {
        const wish = wishes.saveTrainingModule(nothing)
        const { moduleId } = await ines.person.ask('saveTrainingModule', { ...wish, moduleId: null })
        return { ...about('saveTrainingModule', {}), moduleId }
      },
    },
    takeTraining: {
      by: ['elin', 'nils', 'wren'],
      async make() {
        const wish = wishes.saveTrainingModule(nothing)
        const { moduleId, version } = await ines.person.ask('saveTrainingModule', {
          ...wish,
          moduleId: null,
          isPublished: true,
        })
        return { ...about('takeTraining', {}), moduleId, version }
      },
    },
    eraseApplicant: {
      by: ['ines'],
      make: async () => about('eraseApplicant', { vendorId: (await applied()).vendorId }),
    },
    listRoomVendors: {
      by: ['elin', 'nils', 'wren'],
      async make() {
        await opened()
        return about('listRoomVendors', {})
      },
    },
    startVendorRoom: {
      by: ['elin', 'wren'],
      async make() {
        await opened()
        return about('startVendorRoom', { vendorId: 'ven_nordvik' })
      },
    },
    openBuyerRoom: {
      by: ['ines', 'key'],
      async make() {
        await opened()
        const omar = await site.buyer('omar')
        omar.close()
        const members = [cast.buyers.marta, cast.buyers.omar].map(({ sub, name }) => ({ sub, name }))
        return { ...about('openBuyerRoom', {}), members }
      },
    },
  } satisfies Partial<Record<NameOfPast, Past>>
}
