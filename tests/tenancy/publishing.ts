// What happens to documents while every statement is watched: drafts, versions, and the way back.

import { systemActor as by } from '#core/authority'
import {
  discardDraft,
  listPublished,
  publish,
  publishDraft,
  published,
  rollback,
  saveDraft,
  standings,
  unpublish,
  versions,
} from '#core/documents'
import type { Tx } from '#platform/database'

export const publishAndTakeBack = async (tx: Tx): Promise<void> => {
  for (const title of ['One', 'Two']) await publish(tx, by, 'texts', 'en', { title })
  await published(tx, 'texts', 'en')
  const kept = await saveDraft(tx, by, 'texts', 'en', { title: 'Three' }, 1)
  await discardDraft(tx, 'texts', 'en', kept)
  const draft = await saveDraft(tx, by, 'texts', 'en', { title: 'Four' }, kept + 1)
  await publishDraft(tx, by, 'texts', 'en', { ifMatch: draft })
  await rollback(tx, by, 'texts', 'en', { version: 1 })
  await unpublish(tx, by, 'texts', 'en')
  await versions(tx, 'texts', 'en', { limit: 10, before: null })
  await publish(tx, by, 'texts', 'en', { title: 'Five' })
  await standings(tx, 'texts')
  await listPublished(tx, 'texts')
}
