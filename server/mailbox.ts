// The page of the built-in mailbox: a list, and one mail as a mail program shows it. Works without scripts; the mail is
// shown in a frame of its own origin in which nothing runs.

import type { ReceivedMail } from '#core/emails/contract'

export type MailboxWish = { to: string | null; id: string | null }

/**
 * The frame inherits this policy: mails are drawn with inline styles, and show pictures and typefaces of every address
 * that an organization has.
 */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src http: https:',
  'font-src http: https:',
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const style = `
:root{color-scheme:light dark;--ground:light-dark(#f4f4f5,#18181b);--sheet:light-dark(#fff,#202024);--text:light-dark(#27272a,#e4e4e7);--quiet:light-dark(#5f5f68,#a1a1aa);--line:light-dark(#e4e4e7,#36363c);--chosen:light-dark(#eceef3,#2c2c33);--ring:light-dark(#3a4a8c,#aab6f0)}
*{box-sizing:border-box}
body{margin:0;font:15px/22px system-ui,sans-serif;background:var(--ground);color:var(--text)}
a{color:inherit}
a:focus-visible,input:focus-visible,button:focus-visible,summary:focus-visible{outline:2px solid var(--ring);outline-offset:2px}
header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;justify-content:space-between;padding:16px 24px;border-bottom:1px solid var(--line);background:var(--sheet)}
header p{margin:0;color:var(--quiet);font-size:14px}
h1{margin:0;font-size:18px;line-height:26px;font-weight:600}
form{display:flex;gap:8px;min-width:0;flex:0 1 360px}
input,button{font:inherit;color:inherit;height:40px;padding:0 12px;border:1px solid light-dark(#85858f,#82828c);border-radius:6px;background:var(--sheet)}
input{flex:1;min-width:0}
button{cursor:pointer}
main{display:grid;grid-template-columns:minmax(0,1fr)}
ol{list-style:none;margin:0;padding:0}
li{border-bottom:1px solid var(--line)}
li a{display:block;padding:12px 24px;text-decoration:none}
li a:hover,li a[aria-current]{background:var(--chosen)}
li strong,li span{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
li strong{font-weight:600}
li span{color:var(--quiet);font-size:14px;line-height:20px}
.empty{padding:48px 24px;color:var(--quiet)}
article{min-width:0;padding:24px}
h2{margin:0 0 12px;font-size:20px;line-height:28px;font-weight:600;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 16px;margin:0 0 16px;font-size:14px;line-height:20px}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
iframe{display:block;width:100%;height:900px;border:1px solid var(--line);border-radius:6px;background:var(--sheet)}
details{margin-top:16px}
summary{cursor:pointer;min-height:24px}
pre{margin:8px 0 0;padding:16px;border:1px solid var(--line);border-radius:6px;background:var(--sheet);font:13px/20px ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.back{display:inline-block;margin-bottom:16px}
@media(max-width:899px){.reading ol,.reading .empty{display:none}article{padding:16px}header,li a{padding-inline:16px}}
@media(min-width:900px){main{grid-template-columns:360px minmax(0,1fr);align-items:start}ol{min-height:calc(100vh - 73px);border-inline-end:1px solid var(--line)}.back{display:none}}
`

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one)

const address = (to: string | null, id?: string) => {
  const query = new URLSearchParams({ ...(to ? { to } : {}), ...(id ? { id } : {}) })
  return query.size > 0 ? `/dev/mail?${query}` : '/dev/mail'
}

const zone = { timeZone: 'UTC' } as const
const whole = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium', ...zone })
const short = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  ...zone,
})
const time = (at: string, format: Intl.DateTimeFormat) =>
  `<time datetime="${escaped(at)}">${escaped(format.format(new Date(at)))}${format === whole ? ' UTC' : ''}</time>`

/** A short message is called by its first line. */
const titleOf = ({ kind, subject, text }: ReceivedMail) => (kind === 'sms' ? (text.split('\n')[0] ?? '') : subject)

const item = (mail: ReceivedMail, { to, id }: MailboxWish) =>
  `<li><a href="${escaped(address(to, mail.id))}"${mail.id === id ? ' aria-current="true"' : ''} data-mail="${escaped(mail.id)}">
<strong dir="auto">${escaped(titleOf(mail))}</strong>
<span>${escaped(mail.to)}</span>
<span>${time(mail.at, short)} · ${escaped(mail.organization)} · ${escaped(mail.template)}</span></a></li>`

const fact = (name: string, value: string) => `<dt>${name}</dt><dd dir="auto">${value}</dd>`

/** Links open beside the mailbox: the frame itself goes nowhere. */
const inFrame = (html: string) => escaped(html.replace('<head>', '<head><base target="_blank">'))

const reading = (mail: ReceivedMail, { to }: MailboxWish) =>
  `<article><a class="back" href="${escaped(address(to))}">All mail</a>
<h2 dir="auto">${escaped(titleOf(mail))}</h2>
<dl>${[
    fact('From', escaped(mail.from)),
    fact('To', escaped(mail.to)),
    fact('At', time(mail.at, whole)),
    fact('Sent by', escaped(mail.organization)),
    fact(mail.kind === 'sms' ? 'Short message' : 'Email', escaped(mail.template)),
  ].join('')}</dl>
${mail.kind === 'sms' ? `<pre dir="auto">${escaped(mail.text)}</pre>` : drawn(mail)}</article>`

const drawn = (mail: ReceivedMail) =>
  `<iframe title="The mail" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${inFrame(mail.html)}"></iframe>
<details><summary>Plain text</summary><pre dir="auto">${escaped(mail.text)}</pre></details>
<details><summary>Headers</summary><pre>${Object.entries(mail.headers)
    .map(([name, value]) => escaped(`${name}: ${value}`))
    .join('\n')}</pre></details>`

/** The page of the mailbox, and the policy that it is sent with. */
export const mailboxPage = (mails: readonly ReceivedMail[], wish: MailboxWish): { html: string; policy: string } => {
  const chosen = mails.find(({ id }) => id === wish.id)
  const list =
    mails.length === 0
      ? `<p class="empty">No mail${wish.to ? ` to ${escaped(wish.to)}` : ''} yet. Sign up, or reset a password, and it arrives here.</p>`
      : `<ol aria-label="Mail, newest first">${mails.map((mail) => item(mail, wish)).join('')}</ol>`
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${chosen ? `${escaped(titleOf(chosen))} · ` : ''}Mailbox</title><style>${style}</style></head>
<body><header><div><h1>Mailbox</h1><p>Everything sent from here. Nothing leaves this machine.</p></div>
<form action="/dev/mail" role="search"><input name="to" type="search" value="${escaped(wish.to ?? '')}" placeholder="Recipient" aria-label="Recipient"><button>Show</button></form></header>
<main${chosen ? ' class="reading"' : ''}>${list}${chosen ? reading(chosen, wish) : ''}</main></body></html>`
  return { html, policy }
}
