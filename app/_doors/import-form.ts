// Importing a file of people: looked at first, and then taken in as it was looked at. Between the two it lies in a note
// that only whoever has sent it can use, once and for an hour; what was found stands in a note of its own.

import { keepNote, readNote, takeNote } from '#core/notes'
import { csvLimits } from '#core/roster/contract'
import { withOrganization } from '#platform/database'
import { fail, isFailure } from '#platform/failure'
import type { ImportReportNote } from '#ui/console/people-report'
import type { ImportAnswer } from '#web/operations/people-many'
import { type Site, siteOf } from '#web/site'
import { readFormWithFile } from './answer.ts'
import { performAs } from './console-form.ts'
import { loginContext, writeCookie } from './context.ts'
import { leaveFlash } from './flash.ts'
import { goTo } from './form.ts'
import { type PageSession, sessionOf } from './visit.ts'

const page = '/organization/people/import'
const longestName = 120

type Sent = Awaited<ReturnType<typeof readFormWithFile>>

/** Of a file, or pasted: as text, byte for byte. */
const textOf = ({ answer, file }: Sent): string => {
  if (file) {
    if (file.bytes.byteLength > csvLimits.bytes) return fail('csv.too_large')
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes)
    } catch {
      return fail('csv.encoding')
    }
  }
  const pasted = typeof answer.text === 'string' ? answer.text : ''
  return pasted.trim() === '' ? fail('input.missing', 'file') : pasted
}

const compact = ({ rows, dry_run: isDryRun, ...counts }: ImportAnswer): Omit<ImportReportNote, 'name' | 'file'> => ({
  ...counts,
  isDryRun,
  rows: rows.map(({ row, email, outcome, column, problem }) => ({
    row,
    email,
    outcome,
    ...(column ? { column } : {}),
    ...(problem ? { code: problem.code } : {}),
  })),
})

const keep = (site: Site, { personId }: PageSession, content: string): Promise<string> =>
  withOrganization(site.organization.id, (tx) => keepNote(tx, personId, content))

const keepReport = async (site: Site, session: PageSession, report: ImportReportNote): Promise<string> =>
  `${page}?report=${await keep(site, session, JSON.stringify(report))}`

const look = async (site: Site, session: PageSession, sent: Sent): Promise<string> => {
  const text = textOf(sent)
  const { body } = await performAs(site, session, 'people.import', { csv: text, dry_run: 'true' })
  const file = await keep(site, session, text)
  const name = sent.file?.name.slice(0, longestName) ?? null
  return keepReport(site, session, { ...compact(body as ImportAnswer), name, file })
}

/** The report that a page shows; null when it is over, or somebody else's. */
export const reportOf = async (site: Site, { personId }: PageSession, id: string): Promise<ImportReportNote | null> => {
  const content = await withOrganization(site.organization.id, (tx) => readNote(tx, personId, id))
  const read = content === null ? null : (JSON.parse(content) as Partial<ImportReportNote>)
  return read && Array.isArray(read.rows) ? (read as ImportReportNote) : null
}

const take = async (site: Site, session: PageSession, id: string): Promise<string> => {
  const report = await reportOf(site, session, id)
  const file = report?.file ?? fail('roster.file_over')
  const { personId } = session
  // Sent twice, it is taken in once.
  const text = await withOrganization(site.organization.id, (tx) => takeNote(tx, personId, file))
  const { body } = await performAs(site, session, 'people.import', {
    csv: text ?? fail('roster.file_over'),
    dry_run: 'false',
  })
  const done = compact(body as ImportAnswer)
  const { created, updated, unchanged, refused } = done
  const next = await keepReport(site, session, { ...done, name: report?.name ?? null, file: null })
  const told = { created, updated, unchanged, refused }
  await leaveFlash(site, { kind: 'success', code: 'people_imported', told }, session)
  return next
}

/** What concerns the file as a whole: where in it, as far as that is known. */
const refuse = async (site: Site, session: PageSession, sent: Sent, error: unknown): Promise<string> => {
  if (!isFailure(error) || error.status >= 500) throw error
  const { row, column } = error.data ?? {}
  const told = {
    ...(typeof row === 'number' ? { row } : {}),
    ...(typeof column === 'string' ? { column } : {}),
  }
  const pasted = typeof sent.answer.text === 'string' ? sent.answer.text.slice(0, 20_000) : ''
  const values = { text: pasted }
  await leaveFlash(site, { kind: 'failure', code: error.code, field: error.field ?? 'file', told, values }, session)
  return page
}

type Params = { params: Promise<{ site: string }> }

export const answeringImport = async (request: Request, { params }: Params): Promise<Response> => {
  const site = await siteOf((await params).site)
  const sent = await readFormWithFile(request, 'file')
  const session = await sessionOf(site, await loginContext(site))
  if (!session) {
    await writeCookie(site, 'return', page)
    return goTo(site.path('/sign-in'))
  }
  const { report } = sent.answer
  try {
    const next = typeof report === 'string' ? take(site, session, report) : look(site, session, sent)
    return goTo(site.path(await next))
  } catch (error) {
    return goTo(site.path(await refuse(site, session, sent, error)))
  }
}
