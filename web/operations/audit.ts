import { z } from 'zod'
import { check, list as listRecords, setRetention, standing } from '#core/audit'
import {
  type AuditKind,
  type AuditRecord,
  type AuditStanding,
  auditKinds,
  longestRetentionDays,
  shortestRetentionDays,
} from '#core/audit/contract'
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
    device: z
      .strictObject({ browser: z.string().nullable(), system: z.string().nullable() })
      .describe('What the browser said of itself, as far as it is known'),
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
    kind: z
      .enum(Object.keys(auditKinds) as [AuditKind])
      .optional()
      .describe('What it is about'),
    actor: z.string().max(64).optional().describe('The id of whoever did it'),
    target: z.string().max(64).optional().describe('The id of what it was done to'),
    from: instant.optional(),
    until: instant.optional().describe('Exclusive'),
  }),
  answer: listOf(auditRecordShape),
  example: { params: { id: '{{organization}}' }, query: { action: 'person.' } },
  inOrganization: async (tx, { by, organization, query, part: { limit, after } }) => {
    const { action, kind, actor, target, from, until } = query
    const { records, next } = await listRecords(tx, by, organization.ancestors, {
      limit,
      ...(action ? { action } : {}),
      ...(kind ? { kind } : {}),
      ...(actor ? { actorId: actor } : {}),
      ...(target ? { targetId: target } : {}),
      ...(from ? { from: new Date(from) } : {}),
      ...(until ? { until: new Date(until) } : {}),
      ...(after === null ? {} : { before: after }),
    })
    return list(records.map(recordOf), next)
  },
})

const standingShape = z
  .strictObject({
    retention_days: z.int().nullable().describe('How long details are kept; null: for good'),
    sealed_until: instant.nullable().describe('When the last record that is sealed happened'),
    check: z
      .strictObject({ at: instant, records: z.int(), faults: z.int(), unsealed: z.int() })
      .nullable()
      .describe('What was found when it was last held against its seals'),
  })
  .meta({ id: 'AuditStanding', description: 'How the trail stands' })

const standingOf = ({ retentionDays, sealedUpTo, check: last }: AuditStanding): z.infer<typeof standingShape> => ({
  retention_days: retentionDays,
  sealed_until: sealedUpTo && at(sealedUpTo.at),
  check: last && { ...last, at: at(last.at) },
})

export const readStanding = operation({
  ...below('/audit/standing'),
  id: 'audit.standing',
  method: 'get',
  summary: 'Read how the trail stands',
  can: 'audit.read',
  answer: standingShape,
  example: { params: { id: '{{organization}}' } },
  inOrganization: async (tx, { by, organization }) => ({
    body: standingOf(await standing(tx, by, organization.ancestors)),
  }),
})

export const checkTrail = operation({
  ...below('/audit/check'),
  id: 'audit.check',
  method: 'post',
  summary: 'Hold the trail against its seals now',
  description: 'Seals what is older than five minutes, and finds a record that was altered, removed or put in.',
  can: 'audit.read',
  answer: z.strictObject({ records: z.int(), seals: z.int(), unsealed: z.int(), faults: z.int() }),
  fails: ['audit.checked_just_now'],
  example: { params: { id: '{{organization}}' } },
  byItself: async ({ by, organization }) => {
    const { records, seals, unsealed, faults } = await check(organization.id, by, organization.ancestors)
    return { body: { records, seals, unsealed, faults: faults.length } }
  },
})

export const chooseRetention = operation({
  ...below('/audit/retention'),
  id: 'audit.retain',
  method: 'put',
  summary: 'Choose how long details are kept',
  description: 'Who did what, and when, is kept in any case, and can still be held against its seals.',
  can: 'organization.update',
  body: z.strictObject({
    days: z
      .int()
      .nullable()
      .describe(`From ${shortestRetentionDays} to ${longestRetentionDays}; null keeps them for good`),
  }),
  fails: ['audit.retention_out_of_bounds'],
  example: { params: { id: '{{organization}}' }, body: { days: 730 } },
  inOrganization: async (tx, { by, organization, body }) => {
    await setRetention(tx, by, organization.ancestors, body.days)
    return {}
  },
})

export const auditOperations = [listAudit, readStanding, chooseRetention, checkTrail]
