import { defaultTriggerSettings, type TriggerSettings } from '@parley/shared/protocol/triggers.ts'
import type { Rule } from '@parley/shared/triggers/rule.ts'

/** Five moments at which a shop can tell that somebody may want help. */
export const demoTriggers: readonly { triggerId: string; name: string; rule: Rule }[] = [
  {
    triggerId: 'trg_return',
    name: 'Return or refund of an order',
    rule: {
      when: [{ on: 'click', at: '[data-wish=return],[data-wish=refund]' }],
      if: { fact: 'path', is: ['/demo/orders/*'] },
      afterSeconds: 1,
      do: {
        show: 'teaser',
        title: 'Something wrong with it?',
        text: 'The maker can swap a damaged item, often the same day.',
        button: 'Ask the maker',
        with: 'vendor',
        intent: 'return',
        topic: 'return',
        prefill: 'It is about the {product} from order {order}. ',
      },
      often: { times: 2, days: 1 },
    },
  },
  {
    triggerId: 'trg_registration',
    name: 'Third failed registration',
    rule: {
      when: [{ on: 'invalid', at: 'form[action$="/register"]', times: 3 }],
      withinSeconds: 600,
      afterSeconds: 1,
      do: {
        show: 'teaser',
        title: 'Is the form in your way?',
        text: 'Tell us where it stops, and we finish it with you.',
        button: 'Ask Marlow',
        with: 'support',
        intent: 'registration',
        topic: 'account',
        prefill: 'I cannot register: the form does not take my {field}.',
      },
      often: { times: 1, days: 1 },
    },
  },
  {
    triggerId: 'trg_declined',
    name: 'Membership payment declined',
    rule: {
      when: [{ on: 'event', at: 'payment_declined' }],
      if: { fact: 'path', is: ['/demo/membership'] },
      afterSeconds: 2,
      do: {
        show: 'teaser',
        title: 'Your bank said no',
        text: 'No money was taken. We can keep your place and look for another way.',
        button: 'Ask Marlow',
        with: 'support',
        intent: 'payment_declined',
        topic: 'payment',
        prefill: 'My payment for the membership was declined ({declineClass}).',
      },
      often: { times: 2, days: 1 },
    },
  },
  {
    triggerId: 'trg_launcher',
    name: 'Hover over the launcher',
    rule: {
      when: [{ on: 'launcher', amount: 700 }],
      do: { show: 'bubble', text: 'Ask the people who made it, or us. A person answers.', with: 'choice' },
      often: { times: 1, days: 1 },
    },
  },
  {
    triggerId: 'trg_hesitation',
    name: 'Hesitation while the maker is online',
    rule: {
      when: [{ on: 'time', amount: 20 }],
      if: {
        all: [
          { fact: 'path', is: ['/demo/products/*'] },
          { fact: 'vendor', is: ['yes'] },
        ],
      },
      do: {
        show: 'teaser',
        title: 'The maker is here',
        text: 'Ask about the {product} while they are online.',
        button: 'Ask the maker',
        with: 'vendor',
        intent: 'product',
        topic: 'product',
      },
      often: { times: 1, days: 1 },
      share: { percent: 100, holdOut: 0 },
      goal: 'order_placed',
    },
  },
]

/** Looser than the defaults, so that all five can be tried in a row. */
export const demoTriggerSettings: TriggerSettings = {
  ...defaultTriggerSettings,
  perPage: 2,
  perDay: 10,
  quietHours: 1,
  measure: 'unlessAsked',
}
