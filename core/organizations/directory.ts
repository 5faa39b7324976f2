// Every organization and host in memory: an address is resolved at each request, and must cost nothing. Follows changes
// of any process.

import { beforeClose, listen, withPlatform } from '#platform/database'
import { fail } from '#platform/failure'
import { log } from '#platform/log'
import { processState } from '#platform/process'
import type { Host, Organization } from './contract.ts'
import { readAll, readOne } from './store.ts'

type Memory = {
  byId: Map<string, Organization>
  byHandle: Map<string, string>
  byHost: Map<string, Host>
  byOldHandle: Map<string, string>
  rootId: string | null
  following: Promise<void> | null
  turn: Promise<void>
}

const memory = () =>
  processState<Memory>('organizations', () => ({
    byId: new Map(),
    byHandle: new Map(),
    byHost: new Map(),
    byOldHandle: new Map(),
    rootId: null,
    following: null,
    turn: Promise.resolve(),
  }))

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

const chainOf = (state: Memory, id: string): Organization[] =>
  (state.byId.get(id)?.ancestors ?? []).flatMap((ancestor) => state.byId.get(ancestor) ?? [])

const homesOf = (state: Memory, id: string): string[] => {
  const organization = state.byId.get(id)
  if (!organization) return []
  const { peopleFrom, parentId } = organization
  if (peopleFrom === 'own' || parentId === null) return [id]
  const above = homesOf(state, parentId)
  return peopleFrom === 'mixed' ? [id, ...above.filter((home) => home !== id)] : above
}

const isProven = (host: Host | undefined): host is Host => host?.isVerified === true

/** What is known at this moment. */
export const directory = (): Directory => {
  const state = memory()
  return {
    byId: (id) => state.byId.get(id),
    byHandle: (handle) => state.byId.get(state.byHandle.get(handle) ?? ''),
    byOldHandle: (handle) => state.byId.get(state.byOldHandle.get(handle) ?? ''),
    byHost: (host) => {
      const found = state.byHost.get(host)
      return isProven(found) ? state.byId.get(found.organizationId) : undefined
    },
    hostsOf: (id) =>
      [...state.byHost.values()].filter((host) => host.organizationId === id && isProven(host)).map(({ host }) => host),
    hasRoot: () => state.rootId !== null,
    root: () => state.byId.get(state.rootId ?? '') ?? fail('organizations.not_found'),
    all: () => [...state.byId.values()],
    chain: (id) => chainOf(state, id),
    homes: (id) => homesOf(state, id),
    isSuspended: (id) => chainOf(state, id).some(({ status }) => status === 'suspended'),
  }
}

const forget = (state: Memory, id: string): void => {
  const before = state.byId.get(id)
  if (before) state.byHandle.delete(before.handle)
  state.byId.delete(id)
  for (const [host, { organizationId }] of state.byHost) if (organizationId === id) state.byHost.delete(host)
  for (const [handle, organizationId] of state.byOldHandle) if (organizationId === id) state.byOldHandle.delete(handle)
}

const keep = (state: Memory, organization: Organization): void => {
  state.byId.set(organization.id, organization)
  state.byHandle.set(organization.handle, organization.id)
  if (organization.parentId === null) state.rootId = organization.id
}

/** One reading after the other: an earlier one that comes back late would undo a later one. */
const inTurn = (state: Memory, reading: () => Promise<void>): Promise<void> => {
  const turn = state.turn.then(reading)
  state.turn = turn.catch(() => {})
  return turn
}

/** Stands for all of them, where a change reaches too many to name. */
export const everyOrganization = '*'

const readEverything = async (state: Memory): Promise<void> => {
  const { organizations, hosts, oldHandles } = await withPlatform(readAll)
  state.byId.clear()
  state.byHandle.clear()
  state.byHost.clear()
  state.byOldHandle.clear()
  state.rootId = null
  for (const organization of organizations) keep(state, organization)
  for (const host of hosts) state.byHost.set(host.host, host)
  for (const { handle, organizationId } of oldHandles) state.byOldHandle.set(handle, organizationId)
}

/** Read again whole rather than patched: what was read last is what is true. */
const refresh = async (state: Memory, id: string): Promise<void> => {
  if (id === everyOrganization) return readEverything(state)
  const { organization, hosts, oldHandles } = await withPlatform((tx) => readOne(tx, id))
  forget(state, id)
  if (organization) keep(state, organization)
  for (const host of hosts) state.byHost.set(host.host, host)
  for (const { handle, organizationId } of oldHandles) state.byOldHandle.set(handle, organizationId)
}

/**
 * Reads one organization again and answers it: for whoever has just changed it and shows it now, before the change is
 * heard of, and for whoever is asked for one that this process has not heard of yet.
 */
export const readAgain = async (id: string): Promise<Organization | undefined> => {
  const state = memory()
  await inTurn(state, () => refresh(state, id))
  return state.byId.get(id)
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
