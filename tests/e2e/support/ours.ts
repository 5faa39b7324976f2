// What every answer has to be, whatever was asked: one of our own, with nothing of the machinery in it.

import { expect } from '@playwright/test'
import { visibleText } from './html.ts'
import type { Reply } from './raw.ts'

/** Words that frameworks, runtimes and databases say, and we do not. */
const machinery =
  /internal server error|application error|\bnext\.?js\b|__next|\bdigest\b|turbopack|webpack|node_modules|node:internal|\bat \w+ \(|\.tsx?:\d|(?:Type|Reference|Syntax|Range)Error|\bENOENT\b|\bECONN|unhandled|postgres|pglite|\bselect \*|constraint|undefined|\[object |\bNaN\b/i

const neverSent = /^(?:x-powered-by|server|via|x-nextjs-|x-next|x-middleware|x-action|x-matched-path|rsc$)/

export type Answered = Pick<Reply, 'status' | 'body'> & { headers: Record<string, string | string[] | undefined> }

/** No word of the machinery in the page, in its source or in its headers. */
export const hidesTheMachinery = ({ headers, body }: Answered): void => {
  expect(Object.keys(headers).filter((name) => neverSent.test(name))).toEqual([])
  expect(visibleText(body)).not.toMatch(machinery)
  expect(body).not.toMatch(/__next_f|self\.__next|<!--\$|data-dgst|node_modules|\/work\/|file:\/\//)
}

/** Carried by everything that is answered. */
export const isGuarded = ({ headers }: Pick<Answered, 'headers'>): void => {
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('same-origin')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['permissions-policy']).toContain('camera=()')
}

/** A page of ours, or the way to one. */
export const isOurs = (answered: Answered): void => {
  const { status, headers, body } = answered
  isGuarded(answered)
  hidesTheMachinery(answered)
  if (status >= 300 && status < 400) {
    expect(String(headers.location)).toMatch(/^\/(?:o\/[a-z-]+\/)?[a-z]/)
    expect(body).toBe('')
    return
  }
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(String(headers['content-security-policy'])).toContain("default-src 'none'")
  expect(body).toMatch(/^<!doctype html>/i)
}

/** Refused or not: never an accident. */
export const isNoAccident = (answered: Answered): void => {
  const { status, headers } = answered
  if (status === 503) expect(headers['retry-after']).toMatch(/^\d+$/)
  else expect(status).toBeLessThan(500)
  isOurs(answered)
}
