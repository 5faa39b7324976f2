import { z } from 'zod'
import { list as listRecords } from '#core/audit'
import type { AuditRecord } from '#core/audit/contract'
import { at, below, instant, list, listOf, operation } from './operation.ts'

const auditRecordShape = z
  .strictObject({
    id: z.string(),
    at: instant,
    actor: z.strictObject({
      kind: z.enum(['person', 'visitor', 'service', 'system']),
      home_id: z.string().nullable(),
      id: z.string().nullable(),
    }),
    action: z.string(),
    target: z.strictObject({ kind: z.string(), id: z.string() }),
    address: z.string().nullable().describe('Where it was done from'),
    request_id: z.string().nullable(),
    details: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Before and after, without secrets; null once they were erased'),
  })
  .meta({ id: 'AuditRecord', description: 'Something that happened' })

const recordOf = ({ actor, requestId, at: moment, ...record }: AuditRecord): z.infer<typeof auditRecordShape> => ({
  ...record,
  at: at(moment),
  actor: { kind: actor.kind, home_id: actor.homeId, id: actor.id },
  request_id: requestId,
})

export const listAudit = operation({
  ...below('/audit'),
  id: 'audit.list',
  method: 'get',
  summary: 'List what happened, the newest first',
  can: 'audit.read',
  isList: true,
  query: z.object({
    action: z.string().max(100).optional().describe('A whole action, or the beginning of one up to a dot: `person.`'),
    actor: z.string().max(64).optional().describe('The id of whoever did it'),
    target: z.string().max(64).optional().describe('The id of what it was done to'),
    from: instant.optional(),
    until: instant.optional().describe('Exclusive'),
  }),
  answer: listOf(auditRecordShape),
  example: { params: { id: '{{organization}}' }, query: { action: 'person.' } },
  inOrganization: async (tx, { by, organization, query, part: { limit, after } }) => {
    const { action, actor, target, from, until } = query
    const { records, next } = await listRecords(tx, by, organization.ancestors, {
      limit,
      ...(action ? { action } : {}),
      ...(actor ? { actorId: actor } : {}),
      ...(target ? { targetId: target } : {}),
      ...(from ? { from: new Date(from) } : {}),
      ...(until ? { until: new Date(until) } : {}),
      ...(after === null ? {} : { before: after }),
    })
    return list(records.map(recordOf), next)
  },
})

export const auditOperations = [listAudit]
