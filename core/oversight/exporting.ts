// The trail as a file: for a spreadsheet, or line by line for a program that keeps it elsewhere.

import { list, record } from '#core/audit'
import type { AuditQuery, AuditRecord } from '#core/audit/contract'
import { require as requirePermission } from '#core/authority'
import type { Actor } from '#core/authority/contract'
import { csvLine } from '#core/roster'
import { withOrganization } from '#platform/database'
import { type ExportFormat, exportColumns, mostExported, type Names } from './contract.ts'
import { chainAt, namesIn } from './naming.ts'

const partLength = 500

const text = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)

const csvOf = (one: AuditRecord, names: Names): string => {
  const { before, after, ...rest } = one.details ?? {}
  const { actor, target, device } = one
  return csvLine(
    [
      one.at.toISOString(),
      one.action,
      names.get(actor.id ?? '')?.name,
      actor.kind,
      actor.id,
      names.get(target.id)?.name,
      target.kind,
      target.id,
      one.address,
      device.browser,
      device.system,
      before,
      after,
      Object.keys(rest).length > 0 ? rest : undefined,
      one.requestId,
      one.id,
    ].map(text),
  )
}

const jsonOf = ({ requestId, actor: { homeId, ...actor }, ...one }: AuditRecord, names: Names): string => {
  const by = { ...actor, home_id: homeId, name: names.get(actor.id ?? '')?.name ?? null }
  const target = { ...one.target, name: names.get(one.target.id)?.name ?? null }
  // Line separators of JavaScript are line ends to some who read line by line.
  const line = JSON.stringify({ ...one, actor: by, target, request_id: requestId })
  return `${line.replace(/[\u2028\u2029]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`)}\n`
}

/**
 * The file in pieces, the newest first, at most `mostExported` records. That somebody took it is on record itself, with what
 * they asked for. Opens units of work of its own.
 */
export async function* exportTrail(
  organizationId: string,
  by: Actor,
  format: ExportFormat,
  query: Omit<AuditQuery, 'limit' | 'before'>,
): AsyncGenerator<string> {
  const chain = chainAt(organizationId)
  requirePermission(by, 'audit.read', chain)
  if (format === 'csv') yield csvLine(exportColumns)
  let before: string | null = null
  let count = 0
  do {
    const asked: AuditQuery = { ...query, limit: partLength, ...(before === null ? {} : { before }) }
    const part = await withOrganization(organizationId, (tx) => list(tx, by, chain, asked))
    const names = await namesIn(organizationId, by, part.records)
    yield part.records.map((one) => (format === 'csv' ? csvOf(one, names) : jsonOf(one, names))).join('')
    count += part.records.length
    before = part.next
  } while (before !== null && count < mostExported)
  const { search, ...rest } = query
  const told = {
    format,
    count,
    isWhole: before === null,
    query: { ...rest, ...(search ? { search: search.text } : {}) },
  }
  await withOrganization(organizationId, (tx) => record(tx, by, 'audit.exported', { kind: 'audit', id: 'trail' }, told))
}
