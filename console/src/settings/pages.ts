import type { Action } from '@parley/shared/policy/policy.ts'
import {
  Blocks,
  BookText,
  ClipboardCheck,
  Clock,
  Globe,
  History,
  type IconNode,
  Keyboard,
  KeyRound,
  ListTree,
  MonitorSmartphone,
  MousePointerClick,
  Paintbrush,
  Rocket,
  Server,
  ShieldCheck,
  TextCursorInput,
  UserRound,
  UserRoundX,
  UsersRound,
  Webhook,
} from 'lucide'
import type { ComponentType } from 'preact'
import { ApiKeys } from './api-keys/api-keys.tsx'
import { Appearance } from './appearance/appearance.tsx'
import { AuditLog } from './audit/audit-log.tsx'
import { HoursPage } from './hours/hours-page.tsx'
import { IdentityKeys } from './identity/identity-keys.tsx'
import { Install } from './install/install.tsx'
import { IntakeForms } from './intake/intake-forms.tsx'
import { PrivacyPage } from './privacy/privacy-page.tsx'
import { TopicsAndQueues } from './queues/topics-and-queues.tsx'
import { CannedReplies } from './replies/canned-replies.tsx'
import { ReviewSettingsPage } from './reviews/review-settings.tsx'
import { RolloutPage } from './rollout/rollout-page.tsx'
import { SitePage } from './site/site-page.tsx'
import { Team } from './team/team.tsx'
import { TermsPage } from './terms/terms-page.tsx'
import { Triggers } from './triggers/triggers.tsx'
import { WebhooksPage } from './webhooks/webhooks-page.tsx'
import { KeyboardPage } from './you/keyboard-page.tsx'
import { Profile } from './you/profile.tsx'
import { Sessions } from './you/sessions.tsx'

export interface SettingsPage {
  id: string
  label: string
  icon: IconNode
  /** Who may open it. */
  action: Action
  component: ComponentType
}

export interface PageGroup {
  heading: string
  pages: readonly SettingsPage[]
}

export const pageGroups: readonly PageGroup[] = [
  {
    heading: 'You',
    pages: [
      { id: 'profile', label: 'Profile', icon: UserRound, action: 'session.manageOwn', component: Profile },
      {
        id: 'sessions',
        label: 'Sign-ins',
        icon: MonitorSmartphone,
        action: 'session.manageOwn',
        component: Sessions,
      },
      {
        id: 'keyboard',
        label: 'Keyboard',
        icon: Keyboard,
        action: 'keyboard.saveOwn',
        component: KeyboardPage,
      },
      {
        id: 'replies',
        label: 'Canned replies',
        icon: BookText,
        action: 'cannedReply.manage',
        component: CannedReplies,
      },
    ],
  },
  {
    heading: 'Site',
    pages: [
      { id: 'site', label: 'General', icon: Globe, action: 'site.view', component: SitePage },
      { id: 'appearance', label: 'Appearance', icon: Paintbrush, action: 'site.view', component: Appearance },
      { id: 'hours', label: 'Hours', icon: Clock, action: 'site.view', component: HoursPage },
      {
        id: 'intake',
        label: 'Intake forms',
        icon: TextCursorInput,
        action: 'site.view',
        component: IntakeForms,
      },
      {
        id: 'queues',
        label: 'Topics and queues',
        icon: ListTree,
        action: 'site.view',
        component: TopicsAndQueues,
      },
      { id: 'terms', label: 'Terms', icon: ShieldCheck, action: 'termRules.read', component: TermsPage },
      {
        id: 'triggers',
        label: 'Triggers',
        icon: MousePointerClick,
        action: 'trigger.view',
        component: Triggers,
      },
    ],
  },
  {
    heading: 'People',
    pages: [
      { id: 'team', label: 'Team', icon: UsersRound, action: 'site.view', component: Team },
      {
        id: 'reviews',
        label: 'Reviews',
        icon: ClipboardCheck,
        action: 'review.write',
        component: ReviewSettingsPage,
      },
    ],
  },
  {
    heading: 'Connect',
    pages: [
      { id: 'install', label: 'Install', icon: Blocks, action: 'site.view', component: Install },
      {
        id: 'identity-keys',
        label: 'Identity keys',
        icon: KeyRound,
        action: 'identityKey.manage',
        component: IdentityKeys,
      },
      { id: 'api-keys', label: 'API keys', icon: Server, action: 'apiKey.manage', component: ApiKeys },
      {
        id: 'webhooks',
        label: 'Webhooks',
        icon: Webhook,
        action: 'webhook.manage',
        component: WebhooksPage,
      },
      { id: 'rollout', label: 'Roll-out', icon: Rocket, action: 'rollout.view', component: RolloutPage },
      {
        id: 'privacy',
        label: 'Personal data',
        icon: UserRoundX,
        action: 'person.erase',
        component: PrivacyPage,
      },
      { id: 'audit', label: 'Audit log', icon: History, action: 'audit.read', component: AuditLog },
    ],
  },
]
