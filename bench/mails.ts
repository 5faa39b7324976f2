// How fast emails are rendered, in a process of its own beside the sample world that a server has left: what is printed is
// the figure. The limit is the template engine alone, with the same mail as a template that was compiled once; the other
// end is to compile for every mail.

import Handlebars from 'handlebars'
import { emailTemplates, renderSample } from '#core/emails'
import { directory, loadDirectory } from '#core/organizations'
import { closeDatabase, openDatabase } from '#platform/database'

export type MailRate = { perSecond: number; cpuMs: number }
export type MailFigure = {
  bytes: number
  /** Handlebars, compiled once: HTML and plain text. */
  raw: MailRate
  livery: MailRate
  /** Handlebars, compiled for every mail. */
  compiling: MailRate
  /** Composed, compiled by MJML, checked and rendered: what the first mail of a brand, a language and a kind costs. */
  first: MailRate
}

const template = 'verify-email'

const rateOf = async (seconds: number, work: () => unknown): Promise<MailRate> => {
  const until = async (end: number) => {
    let done = 0
    while (performance.now() < end) {
      await work()
      done += 1
    }
    return done
  }
  await until(performance.now() + seconds * 250)
  const cpu = process.cpuUsage()
  const begun = performance.now()
  const done = await until(begun + seconds * 1000)
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond: (done * 1000) / (performance.now() - begun), cpuMs: (user + system) / 1000 / done }
}

const sampleOf = async (name: string, organizationId: string, locale: string) => {
  const mail = await renderSample(name, organizationId, locale)
  if (!mail) throw new Error(`there is no email ${name}`)
  return mail
}

/** The finished mail with what was filled in taken out again. */
const asTemplate = (finished: string) =>
  finished
    .replaceAll('sample-ticket-that-opens-nothing-000000000', '{{ticket}}')
    .replaceAll('mara@example.com', '{{email}}')
    .replaceAll('482913', '{{code}}')

let number = 0
const values = () => {
  number += 1
  return { ticket: `ticket-${number}`, email: `person-${number}@example.com`, code: String(number).padStart(6, '0') }
}

/** Each of them for the first time, in a language that nobody has asked for yet; the thread of the compiler stands. */
const firstOf = async (organizationId: string): Promise<MailRate> => {
  await sampleOf(template, organizationId, 'en')
  const cpu = process.cpuUsage()
  const begun = performance.now()
  for (const name of emailTemplates) await sampleOf(name, organizationId, 'de')
  const { user, system } = process.cpuUsage(cpu)
  const count = emailTemplates.length
  return { perSecond: (count * 1000) / (performance.now() - begun), cpuMs: (user + system) / 1000 / count }
}

const measure = async (seconds: number): Promise<MailFigure> => {
  const alpine = directory().byHandle('alpine')
  if (!alpine) throw new Error('there is no sample world here')
  const first = await firstOf(alpine.id)
  const { html, text } = await sampleOf(template, alpine.id, 'en')
  const sources = [asTemplate(html), asTemplate(text)]
  if (!sources.every((source) => source.includes('{{code}}'))) throw new Error('the sample mail has other values')
  const compileBoth = () => sources.map((source) => Handlebars.compile(source))
  const once = compileBoth()
  return {
    bytes: Buffer.byteLength(html) + Buffer.byteLength(text),
    raw: await rateOf(seconds, () => once.map((render) => render(values()))),
    livery: await rateOf(seconds, () => sampleOf(template, alpine.id, 'en')),
    compiling: await rateOf(seconds, () => compileBoth().map((render) => render(values()))),
    first,
  }
}

if (import.meta.main) {
  await openDatabase()
  await loadDirectory()
  const figure = await measure(Number(process.argv[2]))
  await closeDatabase()
  process.stdout.write(JSON.stringify(figure), () => process.exit(0))
}
