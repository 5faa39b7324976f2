import { z } from 'zod'
import { reaches } from '#core/authority/contract'
import { bulk, exportPeople, importPeople } from '#core/roster'
import {
  type BulkResult,
  type bulkWish,
  csvColumns,
  csvLimits,
  type ImportReport,
  mostAtOnce,
} from '#core/roster/contract'
import { Failure } from '#platform/failure'
import { problemSummaryShape } from '../problem-shape.ts'
import { type Asked, below, instant, operation } from './operation.ts'
import { kind, reason, status } from './people-shape.ts'

const people = z.array(z.string().max(64)).min(1).max(mostAtOnce).describe('Ids, each of whom once')

const wish = z.discriminatedUnion('action', [
  z.strictObject({ action: z.enum(['suspend', 'resume', 'remove']), people, reason: reason.optional() }),
  z.strictObject({ action: z.enum(['end-sessions', 'approve']), people }),
  z.strictObject({ action: z.enum(['reset-password', 'reset-second-step', 'decline']), people, reason }),
  z.strictObject({ action: z.literal('change-kind'), people, kind }),
  z.strictObject({
    action: z.literal('give-role'),
    people,
    role: z.string().max(60),
    reach: z.enum(reaches).default('organization'),
    ends_at: instant.nullable().default(null),
  }),
  z.strictObject({ action: z.literal('add-to-group'), people, group: z.string().max(40) }),
])

const asWished = (body: z.output<typeof wish>): z.input<typeof bulkWish> => {
  const { people: _, ...wanted } = body
  if (wanted.action !== 'give-role') return wanted
  const { ends_at: endsAt, ...role } = wanted
  return { ...role, endsAt: endsAt === null ? null : new Date(endsAt) }
}

const resultShape = z.strictObject({
  person_id: z.string(),
  done: z.boolean(),
  problem: problemSummaryShape.optional(),
})

const resultOf = (one: BulkResult, explain: Asked['explain']): z.infer<typeof resultShape> => ({
  person_id: one.personId,
  done: one.isDone,
  ...(one.isDone ? {} : { problem: explain(new Failure(one.code)) }),
})

export const actOnMany = operation({
  ...below('/people/bulk'),
  id: 'people.bulk',
  method: 'post',
  summary: `Do one thing to up to ${mostAtOnce} people`,
  description:
    'Each for themselves: one who may not be touched stops none of the others, and the answer says what became of each. What is needed is what the same thing needs for one of them: `people.delete` to remove, `sign-up.approve` to approve and decline, `people.reset`, `people.update`, `role.assign` and `group.manage` for the others.',
  can: 'people.suspend',
  body: wish,
  answer: z.strictObject({ done: z.int(), refused: z.int(), results: z.array(resultShape) }),
  fails: ['roster.too_many', 'roster.invalid'],
  example: {
    params: { id: '{{organization}}' },
    body: { action: 'end-sessions', people: ['{{person}}'] },
  },
  byItself: async ({ by, organization, body, explain }) => {
    const results = await bulk(organization.id, by, body.people, asWished(body))
    const done = results.filter(({ isDone }) => isDone).length
    return {
      body: { done, refused: results.length - done, results: results.map((one) => resultOf(one, explain)) },
    }
  },
})

const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const

const rowShape = z.strictObject({
  row: z.int().describe('As a spreadsheet counts: the header is row 1'),
  email: z.string(),
  outcome: z.enum(outcomes),
  person_id: z.string().optional(),
  column: z.enum(csvColumns).optional().describe('Where it is refused for one of its cells'),
  problem: problemSummaryShape.optional(),
})

const reportShape = z.strictObject({
  dry_run: z.boolean(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  rows: z.array(rowShape),
})
export type ImportAnswer = z.infer<typeof reportShape>

const reportOf = ({ isDryRun, rows, ...counts }: ImportReport, explain: Asked['explain']): ImportAnswer => ({
  dry_run: isDryRun,
  ...counts,
  rows: rows.map(({ row, email, result, code, field, personId }) => ({
    row,
    email,
    outcome: result,
    ...(personId === undefined ? {} : { person_id: personId }),
    ...(field === undefined ? {} : { column: field }),
    ...(code === undefined ? {} : { problem: explain(new Failure(code)) }),
  })),
})

/** In pieces, so that nothing holds a large file twice. */
function* piecesOf(text: string): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  for (let at = 0; at < text.length; ) {
    // A character of two halves is not torn apart.
    const end = at + 65_536
    const isTorn = end < text.length && /[\ud800-\udbff]/.test(text.charAt(end - 1))
    const next = isTorn ? end + 1 : end
    yield encoder.encode(text.slice(at, next))
    at = next
  }
}

export const importFile = operation({
  ...below('/people/import'),
  id: 'people.import',
  method: 'post',
  summary: 'Import people from a CSV file',
  description: `The columns are ${csvColumns.join(', ')}; only email is needed. Whoever is not there is created, whoever is there is changed as far as the file says anything of them, and each row stands for itself: what is refused leaves the others alone. Roles are not given by a file. Look at a dry run first. A request of the interface is at most 256 KB; divide a larger file.`,
  can: 'people.create',
  body: z.strictObject({
    csv: z.string().max(csvLimits.bytes).describe('The whole file'),
    dry_run: z.boolean().default(true).describe('Changes nothing, and says what would be'),
  }),
  answer: reportShape,
  fails: [
    'csv.too_large',
    'csv.too_many_rows',
    'csv.cell_too_long',
    'csv.encoding',
    'csv.malformed',
    'csv.empty',
    'csv.column_unknown',
    'csv.column_twice',
    'csv.column_missing',
    'csv.role_column',
  ],
  example: {
    params: { id: '{{organization}}' },
    body: { csv: 'email,given_name,family_name\nnoa.{{run}}@example.com,Noa,Keller\n', dry_run: true },
  },
  byItself: async ({ by, organization, body, explain }) => ({
    body: reportOf(await importPeople(organization.id, by, piecesOf(body.csv), { isDryRun: body.dry_run }), explain),
  }),
})

export const exportFile = operation({
  ...below('/people/export'),
  id: 'people.export',
  method: 'get',
  summary: 'Export people as a CSV file',
  description:
    'The file that importing takes again. No cell of it is computed by a spreadsheet. It is written into the trail.',
  can: 'people.export',
  query: z.object({
    search: z.string().max(120).optional(),
    kind: kind.optional(),
    status: status.optional(),
    role: z.string().max(60).optional(),
    group: z.string().max(40).optional(),
  }),
  answer: z.strictObject({ csv: z.string() }),
  fails: ['access.group_unknown'],
  example: { params: { id: '{{organization}}' }, query: { status: 'active' } },
  byItself: async ({ by, organization, query }) => {
    let csv = ''
    for await (const lines of exportPeople(organization.id, by, query)) csv += lines
    return { body: { csv } }
  },
})

export const manyOperations = [actOnMany, importFile, exportFile]
