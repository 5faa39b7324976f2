// The tree as somebody unfolds it: level by level, and only where they have asked for more.

import type { Actor } from '#core/authority/contract'
import type { Tx } from '#platform/database'
import type { Branch } from './contract.ts'
import { countChildren } from './counts-store.ts'
import { list } from './tree.ts'

const mostAtOnce = 100

type Unfolding = { open: ReadonlySet<string>; depth: number }

const level = async (tx: Tx, by: Actor, below: string, { open, depth }: Unfolding): Promise<Branch[]> => {
  const { organizations, next } = await list(tx, by, { below, limit: mostAtOnce })
  const counts = await countChildren(
    tx,
    organizations.map(({ id }) => id),
  )
  const branches: Branch[] = []
  for (const organization of organizations) {
    const isOpen = open.has(organization.id)
    branches.push({ organization, depth, children: counts.get(organization.id) ?? 0, isOpen, isCut: false })
    if (isOpen) branches.push(...(await level(tx, by, organization.id, { open, depth: depth + 1 })))
  }
  const last = branches.at(-1)
  if (next && last) last.isCut = true
  return branches
}

/** What is below an organization, with what is below those that are open, in the order in which it is drawn. */
export const unfold = (tx: Tx, by: Actor, below: string, open: readonly string[]): Promise<Branch[]> =>
  level(tx, by, below, { open: new Set(open.slice(0, mostAtOnce)), depth: 0 })
