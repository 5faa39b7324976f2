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
})
