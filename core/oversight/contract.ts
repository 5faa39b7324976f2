// The words of oversight: the trail as people read it.

/** What an id is called. `from` is the organization of somebody who neither lives nor belongs here. */
export type Named = { name: string; email?: string; from?: string }
export type Names = ReadonlyMap<string, Named>

export const exportFormats = ['csv', 'jsonl'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A file holds no more records: whoever wants all of a long trail takes it month by month. */
export const mostExported = 20_000

export const exportColumns = [
  'at',
  'action',
  'by',
  'by_kind',
  'by_id',
  'about',
  'about_kind',
  'about_id',
  'address',
  'browser',
  'system',
  'before',
  'after',
  'details',
  'request_id',
  'id',
] as const
