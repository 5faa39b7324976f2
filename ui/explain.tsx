/** From a failure's code to the words a person reads: above the form, and at the field. */
import type { ReactNode } from 'react'
import { type FormFailure, passwordMinimum, type UiSite } from './site.tsx'
import { words } from './words.tsx'

export type Explained = {
  /** Stable, for whoever is asked about it and for programs. */
  code: string
  /** For the alert above the form. */
  summary: ReactNode
  /** Messages to stand at their fields. */
  messages: Record<string, ReactNode>
  /** Fields to mark, with or without a message of their own. */
  marked: string[]
}

/** Failures that concern the answer as a whole say everything in the alert; their fields are only marked. */
const whole = /^(?:login|ticket|busy|request|person|second_step|passkey|recovery_code|authority)(?:\.|$)/

const minutesUntil = (instant: string | undefined, now: number): number =>
  instant ? Math.max(1, Math.ceil((Date.parse(instant) - now) / 60_000)) : 1

const markedBy: Record<string, string[]> = {
  'login.wrong_credentials': ['username', 'password'],
  'login.wrong_code': ['code'],
  'login.code_used': ['code'],
  'ticket.wrong_code': ['code'],
  'recovery_code.wrong': ['code'],
}

export function explain(
  site: UiSite,
  failure: FormFailure | null | undefined,
  labels: Record<string, string> = {},
  now = Date.now(),
): Explained | null {
  if (!failure) return null
  const key = `failure.${failure.code}`
  const message = words(
    site,
    site.texts.has(key) ? key : 'failure.unknown',
    {
      minutes: minutesUntil(failure.retryAt, now),
      triesLeft: failure.triesLeft ?? 0,
      count: passwordMinimum(site),
    },
    { reset: (children) => <a href={site.path('/recover')}>{children}</a> },
  )
  const field = failure.field
  if (field === undefined || !(field in labels) || whole.test(failure.code)) {
    const marked = markedBy[failure.code] ?? (field === undefined ? [] : [field])
    return { code: failure.code, summary: message, messages: {}, marked: marked.filter((name) => name in labels) }
  }
  // The message stands at its field; whoever hears the alert hears it there as well.
  const summary = (
    <>
      {words(
        site,
        'failure.at-field',
        { label: labels[field] ?? '' },
        { field: (name) => <a href={`#${field}`}>{name}</a> },
      )}{' '}
      <span className="visually-hidden">{message}</span>
    </>
  )
  return { code: failure.code, summary, messages: { [field]: message }, marked: [field] }
}
