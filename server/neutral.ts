// Pages of nobody: where no organization is met, nothing of any brand may be seen, ours included. System fonts, greys,
// no link out; in English, because nobody has said which languages are spoken here.

import { createHash } from 'node:crypto'
import type { Answer } from './answer.ts'
import { etagOf } from './encoding.ts'
import { pagePolicy } from './policy.ts'

const words = {
  400: ['This request can’t be read', 'The address or what was sent with it is damaged.'],
  403: ['This isn’t available', 'Whatever is here can’t be reached at the moment.'],
  404: ['There’s nothing here', 'Check the address for a typing mistake.'],
  405: ['That can’t be done here', 'Go back to the page you came from.'],
  413: ['That’s too much at once', 'What was sent is larger than what is accepted here.'],
  414: ['This address is too long', 'Open the page from its beginning.'],
  421: ['There’s nothing here', 'Check the address for a typing mistake.'],
  500: ['Something went wrong', 'Try again in a moment.'],
  503: ['Not ready yet', 'Try again in a moment.'],
} as const
export type NeutralStatus = keyof typeof words

const style = [
  ':root{color-scheme:light dark}',
  'body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;box-sizing:border-box;',
  'font:16px/24px system-ui,sans-serif;background:light-dark(#f4f4f5,#18181b);color:light-dark(#27272a,#e4e4e7)}',
  'main{max-width:26rem;text-align:center}h1{margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600}',
  'p{margin:0;color:light-dark(#52525b,#a1a1aa)}p+p{margin-top:24px;font-size:14px;line-height:20px}',
].join('')
const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

const drawn = (status: NeutralStatus, reference: string | undefined): string => {
  const [heading, lead] = words[status]
  const more = reference ? `<p>Reference ${reference}</p>` : ''
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${heading}</title><style>${style}</style></head><body><main><h1>${heading}</h1><p>${lead}</p>${more}</main></body></html>`
}

/** A page of nobody. `reference` is an id of ours, for whoever is asked what happened. */
export const neutral = (status: NeutralStatus, headers: Answer['headers'] = {}, reference?: string): Answer => {
  const body = Buffer.from(drawn(status, reference))
  return {
    status,
    headers: {
      'cache-control': 'no-store',
      'content-security-policy': pagePolicy({ styleHashes: [styleHash] }),
      ...headers,
    },
    body: { etag: etagOf(body), type: 'text/html; charset=utf-8', bodies: { identity: body } },
  }
}
