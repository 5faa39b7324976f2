import { z } from 'zod'

const fieldProblemShape = z.strictObject({
  pointer: z.string().optional().describe('Where in the body (RFC 6901), such as `#/handle`'),
  parameter: z.string().optional().describe('Which parameter of the address'),
  code: z.string(),
  message: z.string(),
})

const summary = {
  code: z.string().describe('What programs go by'),
  title: z.string().describe('In the language of the request'),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(fieldProblemShape).optional(),
  permission: z.string().optional().describe('The permission that is missing'),
}

/** What is wrong with one of many. */
export const problemSummaryShape = z.strictObject(summary).meta({ id: 'ProblemSummary' })

export const problemShape = z
  .strictObject({
    type: z.url().describe('The page that explains the code'),
    ...summary,
    instance: z.string().describe('The path of the request'),
    trace_id: z.string().describe('What it is called in the log: the same as in `X-Request-Id`'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' })
