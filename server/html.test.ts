import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { finishPage } from './html.ts'

describe('a finished page', () => {
  it('has no script but ours', () => {
    const { html } = finishPage(
      '<head><link rel="preload" as="script" href="/_next/a.js"/><script src="/_next/a.js" async=""></script>' +
        '<script type="module" src="/assets/enhance-x.js" data-livery=""></script></head>' +
        '<body><!--$--><p>Words<!-- --> and words</p><!--/$--><div hidden=""></div><script>self.__next_f.push([1,"<b>"])</script></body>',
    )
    expect(html).toBe(
      '<head><script type="module" src="/assets/enhance-x.js" data-livery=""></script></head><body><p>Words and words</p></body>',
    )
  })
  it('says which status it asked for, and keeps it to itself', () => {
    expect(finishPage('<meta name="livery-status" content="404"/><p>x</p>')).toMatchObject({
      html: '<p>x</p>',
      status: 404,
    })
    expect(finishPage('<p>&lt;meta name="livery-status" content="404"/&gt;</p>').status).toBeNull()
  })
  it('names its inline styles by their hash (CSP Level 3 §2.3.1)', () => {
    const hash = createHash('sha256').update('a{}').digest('base64')
    expect(finishPage('<style>a{}</style><style data-x="">a{}</style>').styleHashes).toEqual([`'sha256-${hash}'`])
  })
  it('has the script of passkeys where it uses them, and they are met at an address', () => {
    const places = { script: '/assets/passkey-x.js', options: '/o/alpine/passkey/options' }
    const using = '<head></head><body><button data-passkey="get">Use</button></body>'
    const script =
      '<script type="module" src="/assets/passkey-x.js" data-livery="" data-options="/o/alpine/passkey/options"></script>'
    expect(finishPage(using, places)).toMatchObject({
      html: using.replace('</head>', `${script}</head>`),
      usesPasskeys: true,
    })
    const telling = '<head></head><body><p data-passkey-signal="{}"></p></body>'
    expect(finishPage(telling, places).html).toContain(script)
    expect(finishPage(using)).toMatchObject({ html: using, usesPasskeys: false })
    for (const html of ['<head></head><p>Words</p>', '<head></head><p> data-passkey=&quot;get&quot;</p>']) {
      expect(finishPage(html, places)).toMatchObject({ html, usesPasskeys: false })
    }
  })
})
