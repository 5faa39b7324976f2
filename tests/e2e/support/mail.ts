// The mailbox of the demo, read as a person reads it: newest first, and the link and the code in it.

import { expect } from '@playwright/test'
import { ask } from './raw.ts'
import { origin } from './world.ts'

export type Mail = {
  to: string
  from: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
  organization: string
  template: string
}

/** `at` is the origin of another server than the one that all stories share. */
export const mailsTo = async (to: string, at = origin()): Promise<Mail[]> => {
  const { body } = await ask(`${at}/dev/mail.json?to=${encodeURIComponent(to)}`)
  return JSON.parse(body) as Mail[]
}

type Where = { at?: string; patienceMs?: number }

/** The newest mail of a kind, once there are as many as expected: mails are delivered after the answer that they follow. */
export const newestMail = async (
  to: string,
  template: string,
  count = 1,
  { at = origin(), patienceMs = 30_000 }: Where = {},
): Promise<Mail> => {
  let found: Mail[] = []
  await expect
    .poll(
      async () => {
        found = (await mailsTo(to, at)).filter((mail) => mail.template === template)
        return found.length
      },
      { message: `${count} × ${template} to ${to}`, intervals: [50, 100, 250], timeout: patienceMs },
    )
    .toBeGreaterThanOrEqual(count)
  const [newest] = found
  if (!newest) throw new Error('no mail')
  return newest
}

/** The one address in a mail that carries a secret. */
export const linkIn = ({ text }: Pick<Mail, 'text'>): string => {
  const found = text.match(/https?:\/\/\S+[?&]ticket=[A-Za-z0-9_-]+/g) ?? []
  const [link] = found
  if (!link || new Set(found).size !== 1) throw new Error(`${found.length} links in: ${text}`)
  return link
}

export const codeIn = ({ text }: Pick<Mail, 'text'>): string => {
  const code = /(?<!\d)(\d{3})\s?(\d{3})(?!\d)/.exec(text.replaceAll(/https?:\/\/\S+/g, ''))
  if (!code) throw new Error(`no code in: ${text}`)
  return `${code[1]}${code[2]}`
}
