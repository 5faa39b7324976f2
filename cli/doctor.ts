// `livery doctor`: what would happen at a start, found out without starting and without changing anything.

import { resolve } from 'node:path'
import { createTransport } from 'nodemailer'
import { isFailure } from '#platform/failure'
import { type Inspection, inspectDirectory, inspectEmbedded, inspectPostgres } from '#platform/inspection'
import { readSettings, SettingsError } from '#platform/settings'
import type { Report } from './report.ts'

type Finding = { check: string; isWell: boolean; says: string }
type Settings = ReturnType<typeof readSettings>

const wantedMajor = 24
const patienceMs = 5000

const lookAtNode = (): Finding => {
  const isWell = Number(process.versions.node.split('.')[0]) >= wantedMajor
  return { check: 'node', isWell, says: `${process.version}${isWell ? '' : `, ${wantedMajor} is needed`}` }
}

const lookAtSettings = (): { settings: Settings | null; findings: Finding[] } => {
  try {
    const settings = readSettings(process.env)
    const says = `complete for ${settings.mode}, met at ${settings.origin}`
    return { settings, findings: [{ check: 'settings', isWell: true, says }] }
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return { settings: null, findings: error.problems.map((says) => ({ check: 'settings', isWell: false, says })) }
  }
}

/** What a failure says to whoever runs this. A driver's error may name the address, never the password. */
const reasonOf = (error: unknown): string => {
  if (isFailure(error)) return `${error.code} ${JSON.stringify(error.data ?? {})}`
  const { code, message } = error as NodeJS.ErrnoException
  return [code, message].filter(Boolean).join(': ') || String(error)
}

const lookAtSchema = ({ pending }: Inspection): Finding => {
  if (pending === null) return { check: 'migrations', isWell: true, says: 'known to the process that has it open' }
  const says =
    pending.length === 0
      ? 'none pending'
      : `${pending.length} pending, applied at the next start: ${pending.join(', ')}`
  return { check: 'migrations', isWell: true, says }
}

const lookAtDatabase = async (inspect: () => Promise<Inspection>): Promise<Finding[]> => {
  try {
    const inspection = await inspect()
    return [{ check: 'database', isWell: true, says: inspection.version }, lookAtSchema(inspection)]
  } catch (error) {
    return [{ check: 'database', isWell: false, says: reasonOf(error) }]
  }
}

const lookAtDirectory = (directory: string): Finding => {
  const { exists, isPrivate, openedBy } = inspectDirectory(directory)
  if (!exists) return { check: 'data directory', isWell: true, says: `${directory}, made at the first start` }
  const opened = openedBy === null ? 'not open' : `open in process ${openedBy}`
  const mode = isPrivate ? 'for its owner alone' : 'others can read it: chmod 0700'
  return { check: 'data directory', isWell: isPrivate, says: `${directory}, ${mode}, ${opened}` }
}

const lookAtMail = async (smtpUrl: string | null): Promise<Finding> => {
  if (!smtpUrl) return { check: 'mail', isWell: true, says: 'the built-in mailbox' }
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  })
  const { host } = new URL(smtpUrl)
  try {
    await transport.verify()
    return { check: 'mail', isWell: true, says: `${host} takes our mail` }
  } catch (error) {
    return { check: 'mail', isWell: false, says: `${host} does not take our mail: ${reasonOf(error)}` }
  } finally {
    transport.close()
  }
}

const lookAround = async ({ databaseUrl, smtpUrl, ...rest }: Settings): Promise<Finding[]> => {
  const dataDirectory = resolve(rest.dataDirectory)
  return [
    ...(databaseUrl
      ? await lookAtDatabase(() => inspectPostgres(databaseUrl))
      : [lookAtDirectory(dataDirectory), ...(await lookAtDatabase(() => inspectEmbedded(dataDirectory)))]),
    await lookAtMail(smtpUrl),
  ]
}

export const doctor = async (): Promise<Report> => {
  const { settings, findings } = lookAtSettings()
  const all = [lookAtNode(), ...findings, ...(settings ? await lookAround(settings) : [])]
  const isWell = all.every((finding) => finding.isWell)
  const lines = all.map(({ check, isWell: isFine, says }) => `${isFine ? 'ok ' : 'BAD'} ${check.padEnd(15)} ${says}`)
  const findingsOf = all.map(({ check, isWell: ok, says }) => ({ check, ok, says }))
  return { isWell, text: lines.join('\n'), data: { ok: isWell, findings: findingsOf } }
}
