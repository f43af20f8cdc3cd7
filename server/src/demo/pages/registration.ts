import { type FieldRule, field, findProblems, type Problems, readFailures, readFields } from '../fields.ts'
import { count } from '../format.ts'
import type { Page } from '../frame.ts'
import { html, nothing } from '../markup.ts'
import { notice } from '../parts.ts'
import { isTaken } from '../person.ts'

const registrationRules: readonly FieldRule[] = [
  {
    name: 'name',
    label: 'Your name',
    type: 'text',
    empty: 'Write your name, as makers should greet you.',
    wrong: 'A name has letters and at most 80 signs.',
    pattern: '[^\\p{C}]*\\p{L}[^\\p{C}]*',
    autocomplete: 'name',
    maxLength: 80,
  },
  {
    name: 'email',
    label: 'E-mail',
    type: 'email',
    empty: 'Write your e-mail. Example: marta@studio.com',
    wrong: 'This e-mail is not complete. Example: marta@studio.com',
    pattern: '[^\\s@]+@[^\\s@.]+(?:\\.[^\\s@.]+)+',
    autocomplete: 'email',
    inputmode: 'email',
    maxLength: 200,
  },
  {
    name: 'password',
    label: 'Password',
    type: 'password',
    empty: 'Choose a password of at least 12 characters.',
    wrong: 'This password is too short. Use at least 12 characters.',
    pattern: '[\\s\\S]{12,}',
    help: 'At least 12 characters. A short sentence is easy to remember.',
    autocomplete: 'new-password',
  },
  {
    name: 'terms',
    label: 'I accept the terms of Marlow',
    type: 'checkbox',
    empty: 'Tick this to go on. Without the terms we cannot open an account.',
    wrong: 'Tick this to go on. Without the terms we cannot open an account.',
    pattern: 'yes',
    autocomplete: 'off',
  },
]

type Registration =
  | { accepted: true; name: string; email: string }
  | { accepted: false; values: Record<string, string>; problems: Problems; failures: number }

export function readRegistration(body: unknown): Registration {
  const values = readFields(body, registrationRules)
  const problems = findProblems(values, registrationRules)
  if (values.name && values.name.length > 80) problems.name ??= registrationRules[0]?.wrong ?? ''
  if (!problems.email && isTaken(values.email ?? '')) {
    problems.email = 'There is already an account with this e-mail. Sign in instead.'
  }
  return Object.keys(problems).length === 0
    ? { accepted: true, name: values.name ?? '', email: values.email ?? '' }
    : { accepted: false, values, problems, failures: readFailures(body) + 1 }
}

export function registrationPage(attempt?: Extract<Registration, { accepted: false }>): Page {
  const problems = attempt?.problems ?? {}
  const wrong = registrationRules.filter((rule) => problems[rule.name] !== undefined)
  return {
    title: 'Register',
    section: 'account',
    status: attempt ? 422 : 200,
    scripts: ['forms.js'],
    calls: attempt?.failures === 3 ? [['track', 'registration_failed', { field: wrong[0]?.name ?? '' }]] : [],
    body: html`<div class="slim">
      <h1>Register</h1>
      <p class="lead">One account for every maker. Already here? <a href="/demo/sign-in">Sign in</a>.</p>
      ${
        attempt
          ? notice(
              'bad',
              `${count(wrong.length, 'field needs', 'fields need')} another look`,
              'What you typed is still here, except the password.',
            )
          : nothing
      }
      <form class="panel form" method="post" action="/demo/register" data-validate data-failed-event="registration_failed">
        <input type="hidden" name="failures" value="${attempt?.failures ?? 0}">
        ${registrationRules.map((rule) =>
          field(rule, {
            value: attempt?.values[rule.name] ?? '',
            problem: problems[rule.name],
            focused: rule === wrong[0],
          }),
        )}
        <button class="button button-main button-wide" type="submit">Register</button>
        <p class="quiet">This is a demo: your password is checked and then forgotten, and the account ends when you sign out.</p>
      </form>
    </div>`,
  }
}
