import { Check, ChevronsUpDown, Plus } from 'lucide'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../parts/button.tsx'
import { Menu } from '../../parts/menu.tsx'
import { showToast } from '../../parts/toast.tsx'
import { me, switchSite } from '../../session.ts'
import { Problem } from '../parts/confirm.tsx'
import { may } from '../parts/may.ts'
import { refusalWords } from '../parts/refusal-words.ts'
import { roleWords } from '../team/role-words.ts'
import { CreateSite } from './create-site.tsx'
import styles from './site-switcher.module.css'

/** Which marketplace these settings are of; a choice only for people who belong to several, or may add one. */
export function SiteSwitcher() {
  const { route } = useLocation()
  const [isCreating, setCreating] = useState(false)
  const [problem, setProblem] = useState<string>()
  const who = me.value
  if (!who) return null
  const mayCreate = may('site.create')

  async function go(siteId: string, name: string): Promise<void> {
    setProblem(undefined)
    const outcome = await switchSite(siteId)
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    route('/console/settings', true)
    showToast({ text: `You are now at ${name}` })
  }

  if (who.sites.length < 2 && !mayCreate) return <p class={styles.name}>{who.siteName}</p>
  return (
    <div class={styles.switcher}>
      <Menu
        label="Sites"
        groups={[
          {
            items: who.sites.map((site) => ({
              label: site.name,
              detail: roleWords[site.role],
              icon: site.siteId === who.siteId ? Check : undefined,
              isChecked: site.siteId === who.siteId,
              onSelect: () => {
                if (site.siteId !== who.siteId) void go(site.siteId, site.name)
              },
            })),
          },
          ...(mayCreate
            ? [{ items: [{ label: 'Create a site…', icon: Plus, onSelect: () => setCreating(true) }] }]
            : []),
        ]}
        trigger={(trigger) => (
          <Button variant="plain" class={styles.button ?? ''} icon={ChevronsUpDown} {...trigger}>
            {who.siteName}
          </Button>
        )}
      />
      {problem !== undefined && <Problem>{problem}</Problem>}
      {isCreating && <CreateSite onClose={() => setCreating(false)} onGo={go} />}
    </div>
  )
}
