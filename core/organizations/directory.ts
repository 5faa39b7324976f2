// Every organization and host in memory: an address is resolved at each request, and must cost nothing. Follows changes
// of any process.

import { beforeClose, listen, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import type { Host, Organization } from './contract.ts'
import { type OldHandle, readAll, readOne, readSubtree, type Seed } from './directory-store.ts'

/** An organization, and what was worked out about it when the directory was at `asOf`. */
type Kept = { organization: Organization; asOf: number; isSuspended: boolean; chain: Organization[] | null }

type Memory = {
  byId: Map<string, Kept>
  byHandle: Map<string, Kept>
  byHost: Map<string, Host>
  byOldHandle: Map<string, string>
  /** By organization, so that nobody has to look through all of them. */
  hosts: Map<string, Host[]>
  oldHandles: Map<string, string[]>
  /** Raised by every change: what was worked out before is worked out again when it is asked for. */
  version: number
  rootId: string | null
  following: Promise<void> | null
  turn: Promise<void>
}

export type Directory = {
  byId: (id: string) => Organization | undefined
  byHandle: (handle: string) => Organization | undefined
  /** Whose handle this once was: an old link still leads home. */
  byOldHandle: (handle: string) => Organization | undefined
  /** Whose own domain this is; only after proof of ownership. */
  byHost: (host: string) => Organization | undefined
  /** Proven domains of an organization, the oldest first. */
  hostsOf: (id: string) => string[]
  /** False on a database that nobody has filled yet. */
  hasRoot: () => boolean
  /** The root organization; fails with `organizations.not_found` on an empty database. */
  root: () => Organization
  all: () => Organization[]
  /** From the root down to and including the organization; empty when there is none. */
  chain: (id: string) => Organization[]
  /** Where an address is looked for, in this order; the first is where somebody who signs up will live. */
  homes: (id: string) => string[]
  /** Whether it, or one above it, is suspended: then nothing of it may be seen. */
  isSuspended: (id: string) => boolean
}

/** Brought up to this version: what is above it is asked first, and has mostly been worked out for somebody else. */
const presentOf = (state: Memory, kept: Kept): Kept => {
  if (kept.asOf === state.version) return kept
  const { status, parentId } = kept.organization
  const above = parentId === null ? undefined : state.byId.get(parentId)
  kept.isSuspended = status === 'suspended' || (above !== undefined && presentOf(state, above).isSuspended)
  kept.chain = null
  kept.asOf = state.version
  return kept
}

const chainOf = (state: Memory, id: string): Organization[] => {
  const kept = state.byId.get(id)
  if (!kept) return []
  const present = presentOf(state, kept)
  present.chain ??= kept.organization.ancestors.flatMap((ancestor) => state.byId.get(ancestor)?.organization ?? [])
  return [...present.chain]
}

const isSuspended = (state: Memory, id: string): boolean => {
  const kept = state.byId.get(id)
  return kept !== undefined && presentOf(state, kept).isSuspended
}

const homesOf = (state: Memory, id: string): string[] => {
  const organization = state.byId.get(id)?.organization
  if (!organization) return []
  const { peopleFrom, parentId } = organization
  if (peopleFrom === 'own' || parentId === null) return [id]
  const above = homesOf(state, parentId)
  return peopleFrom === 'mixed' ? [id, ...above.filter((home) => home !== id)] : above
}

const isProven = (host: Host | undefined): host is Host => host?.isVerified === true

const lookingInto = (state: Memory): Directory => ({
  byId: (id) => state.byId.get(id)?.organization,
  byHandle: (handle) => state.byHandle.get(handle)?.organization,
  byOldHandle: (handle) => state.byId.get(state.byOldHandle.get(handle) ?? '')?.organization,
  byHost: (host) => {
    const found = state.byHost.get(host)
    return isProven(found) ? state.byId.get(found.organizationId)?.organization : undefined
  },
  hostsOf: (id) => (state.hosts.get(id) ?? []).filter(isProven).map(({ host }) => host),
  hasRoot: () => state.rootId !== null,
  root: () => state.byId.get(state.rootId ?? '')?.organization ?? fail('organizations.not_found'),
  all: () => Array.from(state.byId.values(), ({ organization }) => organization),
  chain: (id) => chainOf(state, id),
  homes: (id) => homesOf(state, id),
  isSuspended: (id) => isSuspended(state, id),
})

const held = () =>
  processState('organizations', () => {
    const state: Memory = {
      byId: new Map(),
      byHandle: new Map(),
      byHost: new Map(),
      byOldHandle: new Map(),
      hosts: new Map(),
      oldHandles: new Map(),
      version: 0,
      rootId: null,
      following: null,
      turn: Promise.resolve(),
    }
    return { state, view: lookingInto(state) }
  })
const memory = (): Memory => held().state

/** What is known at this moment. */
export const directory = (): Directory => held().view

const loseHandle = (state: Memory, kept: Kept): void => {
  const { handle } = kept.organization
  if (state.byHandle.get(handle) === kept) state.byHandle.delete(handle)
}

const forget = (state: Memory, id: string): void => {
  const before = state.byId.get(id)
  if (before) loseHandle(state, before)
  state.byId.delete(id)
  // What was theirs may be somebody else's meanwhile.
  for (const { host } of state.hosts.get(id) ?? []) {
    if (state.byHost.get(host)?.organizationId === id) state.byHost.delete(host)
  }
  for (const handle of state.oldHandles.get(id) ?? []) {
    if (state.byOldHandle.get(handle) === id) state.byOldHandle.delete(handle)
  }
  state.hosts.delete(id)
  state.oldHandles.delete(id)
}

/** Never of this version: whatever is looked at is worked out first. */
const never = -1

const keep = (state: Memory, organization: Organization): void => {
  const before = state.byId.get(organization.id)
  if (before && before.organization.handle !== organization.handle) loseHandle(state, before)
  // The very strings that the ancestors go by: they are looked up at each request, and kept once.
  organization.ancestors = organization.ancestors.map((id) => state.byId.get(id)?.organization.id ?? id)
  const kept: Kept = { organization, asOf: never, isSuspended: false, chain: null }
  state.byId.set(organization.id, kept)
  state.byHandle.set(organization.handle, kept)
  if (organization.parentId === null) state.rootId = organization.id
}

/** Each below the one that it names, with the ancestors that follow from that. `seeds` are whole subtrees. */
const keepBelow = (state: Memory, seeds: readonly Seed[]): void => {
  const waiting = new Map(seeds.map((seed) => [seed.id, seed]))
  const place = (seed: Seed): void => {
    waiting.delete(seed.id)
    const above = seed.parentId === null ? undefined : waiting.get(seed.parentId)
    if (above) place(above)
    const ancestors = state.byId.get(seed.parentId ?? '')?.organization.ancestors ?? []
    keep(state, { ...seed, ancestors: [...ancestors, seed.id] })
  }
  for (const seed of waiting.values()) place(seed)
}

const keepAddresses = (state: Memory, hosts: readonly Host[], oldHandles: readonly OldHandle[]): void => {
  const add = <T>(to: Map<string, T[]>, id: string, one: T) => {
    const known = to.get(id)
    if (known) known.push(one)
    else to.set(id, [one])
  }
  for (const host of hosts) {
    state.byHost.set(host.host, host)
    add(state.hosts, host.organizationId, host)
  }
  for (const { handle, organizationId } of oldHandles) {
    state.byOldHandle.set(handle, organizationId)
    add(state.oldHandles, organizationId, handle)
  }
}

/** One reading after the other: an earlier one that comes back late would undo a later one. */
const inTurn = (state: Memory, reading: () => Promise<void>): Promise<void> => {
  const turn = state.turn.then(reading)
  state.turn = turn.catch(() => {})
  return turn
}

const everything = ({ byId, byHandle, byHost, byOldHandle, hosts, oldHandles }: Memory) => [
  byId,
  byHandle,
  byHost,
  byOldHandle,
  hosts,
  oldHandles,
]

const readEverything = async (state: Memory): Promise<void> => {
  const { organizations, hosts, oldHandles } = await withPlatform(readAll)
  for (const map of everything(state)) map.clear()
  state.rootId = null
  keepBelow(state, organizations)
  keepAddresses(state, hosts, oldHandles)
  state.version += 1
}

const subtreeMark = '/*'
/** Stands for an organization and everything below it, where a change reaches all of them. */
export const andBelow = (id: string): string => `${id}${subtreeMark}`

const readBelow = async (state: Memory, id: string): Promise<void> => {
  const { top, below } = await withPlatform((tx) => readSubtree(tx, id))
  if (!top) return
  keep(state, top)
  keepBelow(state, below)
  state.version += 1
}

/** Read again whole rather than patched: what was read last is what is true. */
const refresh = async (state: Memory, id: string): Promise<void> => {
  if (id.endsWith(subtreeMark)) return readBelow(state, id.slice(0, -subtreeMark.length))
  const { organization, hosts, oldHandles } = await withPlatform((tx) => readOne(tx, id))
  forget(state, id)
  if (organization) keep(state, organization)
  keepAddresses(state, hosts, oldHandles)
  state.version += 1
}

/**
 * Reads one organization again and answers it: for whoever has just changed it and shows it now, before the change is
 * heard of, and for whoever is asked for one that this process has not heard of yet.
 */
export const readAgain = async (id: string): Promise<Organization | undefined> => {
  const state = memory()
  await inTurn(state, () => refresh(state, id))
  return state.byId.get(id)?.organization
}

const againMs = 500

/** A change that could not be read is read a little later: what is suspended must not be seen until the next change. */
const hear = (state: Memory, id: string): void => {
  inTurn(state, () => refresh(state, id)).catch((error: Error) => {
    log.error({ organizationId: id, reason: error.message }, 'an organization could not be read again')
    if (state.following) setTimeout(() => hear(state, id), againMs).unref()
  })
}

const follow = async (state: Memory): Promise<void> => {
  const stop = await listen('organizations', (id) => hear(state, id))
  beforeClose(async () => {
    stop()
    state.following = null
  })
}

/** Reads everything, and follows changes from then on. */
export const loadDirectory = async (): Promise<void> => {
  const state = memory()
  // First the ear, then the eyes: a change in between is heard.
  state.following ??= follow(state)
  try {
    await state.following
  } catch (error) {
    state.following = null
    throw error
  }
  await inTurn(state, () => readEverything(state))
}
