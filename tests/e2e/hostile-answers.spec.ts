// Whatever is sent to a form is answered by a page of our own with a message and a code: never an accident, never a trace
// of a secret, and nothing is lost that was typed.

import { expect, test } from '@playwright/test'
import { forms } from '#web/routes'
import type { Caller } from './support/caller.ts'
import type { FormStory } from './support/form-story.ts'
import { formStories } from './support/forms.ts'
import { failureIn, filledWith, markedIn } from './support/html.ts'
import { isNoAccident, isOurs } from './support/ours.ts'
import type { Reply } from './support/raw.ts'
import { addressIn } from './support/world.ts'

const address = () => addressIn('alpine', 'name')

test('every form is in these stories', () => {
  expect(formStories.map(({ path, form }) => form ?? path).sort()).toEqual([...forms].sort())
})

const urlencoded = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()

/** Sends bytes in the place of an answer, and looks at the page that it leads to. */
const sent = async (caller: Caller, { path }: FormStory, body: string | Buffer, type: string): Promise<Reply> => {
  const reply = await caller.send(path, {
    method: 'POST',
    headers: { origin: caller.address.origin, ...(type ? { 'content-type': type } : {}) },
    body,
  })
  isNoAccident(reply)
  expect(reply.status).toBe(303)
  const page = await caller.see(String(reply.headers.location).split('#')[0] ?? '')
  isOurs(page)
  return page
}

const form = 'application/x-www-form-urlencoded'

/** No trace of a secret: not in the page, not in an address, not in a readable cookie. */
const leavesNoTrace = (story: FormStory, fields: Record<string, string>, ...replies: Reply[]): void => {
  for (const name of story.secrets) {
    const secret = fields[name] ?? ''
    if (secret.length < 6) continue
    for (const { body, rawHeaders } of replies) {
      expect(body.includes(secret), `${name} is in the page`).toBe(false)
      expect(rawHeaders.join('\n').includes(secret), `${name} is in a header`).toBe(false)
    }
  }
}

const boundary = '----------------------------8d1f'
const part = (name: string, value: string, more = '') =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
const multipart = (fields: Record<string, string>, more = '') =>
  `${Object.entries(fields)
    .map(([name, value]) => part(name, value, more))
    .join('')}--${boundary}--\r\n`
const multipartType = `multipart/form-data; boundary=${boundary}`

/** A body that is no answer to the form. */
const bodies: Record<string, (answer: Record<string, string>) => [body: string | Buffer, type: string]> = {
  'no body': () => ['', form],
  'no body and no type': () => ['', ''],
  'separators alone': () => ['&&==&=&', form],
  JSON: (answer) => [JSON.stringify(answer), 'application/json'],
  'JSON with a type of a form': (answer) => [JSON.stringify(answer), form],
  'plain text': (answer) => [urlencoded(answer), 'text/plain'],
  XML: () => [
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    'application/xml',
  ],
  'an unknown type': (answer) => [urlencoded(answer), 'application/x-nonsense; charset=utf-7'],
  'a type that is no type': (answer) => [urlencoded(answer), ';;;='],
  'random bytes': () => [Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 151) % 256)), form],
  'multipart without a boundary': (answer) => [multipart(answer), 'multipart/form-data'],
  'multipart with another boundary': (answer) => [multipart(answer), 'multipart/form-data; boundary=other'],
  'half a multipart': (answer) => [multipart(answer).slice(0, -40), multipartType],
  'a multipart of one broken part': () => [`--${boundary}\r\nContent-Disposition: form-data; na`, multipartType],
  'a multipart without parts': () => [`--${boundary}--\r\n`, multipartType],
  'files in the place of texts': (answer) => [multipart(answer, '; filename="a.txt"'), multipartType],
  'every name twice': (answer) => [`${urlencoded(answer)}&${urlencoded(answer)}`, form],
  'every name as a list': (answer) => [
    urlencoded(Object.fromEntries(Object.entries(answer).map(([name, value]) => [`${name}[]`, value]))),
    form,
  ],
  'every name as an object': (answer) => [
    urlencoded(Object.fromEntries(Object.entries(answer).map(([name, value]) => [`${name}[$ne]`, value]))),
    form,
  ],
  'names of prototypes': () => [
    '__proto__=a&__proto__[role]=b&constructor=c&constructor.prototype.x=d&hasOwnProperty=e',
    form,
  ],
  'ten thousand fields': () => [
    Array.from({ length: 10_000 }, (_, index) => `a${index}=`)
      .join('&')
      .slice(0, 60_000),
    form,
  ],
  'broken percent signs': () => ['username=%&password=%zz&email=%u0041&code=%E0%A4%A&intent=%', form],
}

for (const story of formStories) {
  test.describe(`${story.path} takes no`, () => {
    for (const [words, bodyOf] of Object.entries(bodies)) {
      test(words, async () => {
        const caller = await story.stand(address())
        const before = await caller.whoIsSignedIn()
        const page = await sent(caller, story, ...bodyOf(story.answer))
        leavesNoTrace(story, story.answer, page)
        // Where something has to be answered, the page says so.
        if (story.needs.length > 0) expect(failureIn(page.body)).not.toBeNull()
        if (story.path !== '/sign-out') expect(await caller.whoIsSignedIn()).toBe(before)
      })
    }
  })

  test.describe(`${story.path} says what is missing:`, () => {
    for (const name of story.needs) {
      test(name, async () => {
        const caller = await story.stand(address())
        for (const given of [undefined, '', '   ', '\t']) {
          // Spaces are a password like any other.
          if (story.secrets.includes(name) && given !== undefined && given !== '') continue
          const { [name]: _, ...others } = story.answer
          const fields = given === undefined ? others : { ...others, [name]: given }
          const page = await sent(caller, story, urlencoded(fields), form)
          expect(failureIn(page.body), `${name}: ${JSON.stringify(given)}`).not.toBeNull()
          leavesNoTrace(story, fields, page)
          for (const kept of story.keeps) {
            if (kept !== name) expect(filledWith(page.body, kept)).toBe(story.answer[kept])
          }
        }
      })
    }
  })

  test.describe(`${story.path} says at the field that it is`, () => {
    for (const name of story.typed) {
      test(`too long: ${name}`, async () => {
        const caller = await story.stand(address())
        const fields = { ...story.answer, [name]: 'a'.repeat(5000) }
        const page = await sent(caller, story, urlencoded(fields), form)
        expect(failureIn(page.body)).toMatch(/too_long$/)
        expect(markedIn(page.body)).toContain(name)
        leavesNoTrace(story, fields, page)
        for (const kept of story.keeps) {
          if (kept !== name) expect(filledWith(page.body, kept)).toBe(story.answer[kept])
        }
      })

      for (const [words, character] of Object.entries({ NUL: '\0', 'a bell': '\x07', 'a line break': 'a\r\nb' })) {
        test(`made of ${words}: ${name}`, async () => {
          const caller = await story.stand(address())
          const fields = { ...story.answer, [name]: `ab${character}cd@ef.example` }
          const page = await sent(caller, story, urlencoded(fields), form)
          expect(failureIn(page.body)).toBe('input.control_characters')
          expect(markedIn(page.body)).toContain(name)
          leavesNoTrace(story, fields, page)
          for (const kept of story.keeps) {
            if (kept !== name) expect(filledWith(page.body, kept)).toBe(story.answer[kept])
          }
        })
      }
    }
  })
}

const names: Record<string, string> = {
  'an emoji': 'Ada 🚀',
  'a right-to-left override': 'Ada\u202emoc.live',
  'a zero-width space': 'A\u200bda',
  'a lone surrogate': '%ED%A0%80Ada',
  'an overlong NUL': 'Ada%C0%80',
  'a byte order mark': '\ufeffA\ufeffda',
  'a tag character': 'Ada\u{e0041}',
  markup: '<b>Ada</b>',
  'a script': '"><script>alert(1)</script>',
  'a link': 'www.evil.test',
  'an address': 'https://evil.test/a',
  'a template': '{{constructor}}',
  'a format': '%s%n#{7*7}',
}

test.describe('a name is never', () => {
  for (const [words, name] of Object.entries(names)) {
    for (const path of ['/sign-up', '/account/profile']) {
      test(`${words} (${path})`, async () => {
        const story = formStories.find((one) => one.path === path)
        if (!story) throw new Error(path)
        const caller = await story.stand(address())
        const others = urlencoded({ ...story.answer, given_name: 'X' })
          .replace('given_name=X&', '')
          .replace('&given_name=X', '')
        const encoded = name.startsWith('%') || name.includes('%C0') ? name : encodeURIComponent(name)
        const page = await sent(caller, story, `${others}&given_name=${encoded}`, form)
        expect(failureIn(page.body)).toMatch(/^(?:name\.invalid|input\.control_characters)$/)
        expect(markedIn(page.body)).toContain('given_name')
        expect(page.body).not.toMatch(/<script>alert|<b>Ada|[\u202e\u200b\ufeff]/u)
        expect(filledWith(page.body, 'family_name')).toBe(story.answer.family_name)
      })
    }
  }
})
