// Pure decisions: how a business may be called, and what else it could be called in addresses.

import { checkedHandle, checkedName } from '#core/organizations'
import { handleShape, reservedHandles } from '#core/organizations/contract'
import { searchKey } from '#core/people'
import { fail } from '#platform/failure'
import { readingWith } from '#platform/reading'

export const read = readingWith('onboarding.invalid')

// A stranger's words stand as the sender of mails from then on: no link, and nobody's address.
const linked = /:\/\/|\bwww\.|@|[/\\]/iu

/** What a business calls itself. */
export const businessName = (typed: string): string =>
  linked.test(typed.normalize('NFKC')) ? fail('organizations.name_invalid', 'name') : checkedName(typed)

/** Endings of our own cookies: met by path, one called `alpine-attempt` would share its cookies with `alpine`. */
const ofCookies = /-(?:attempt|ticket|flash|enrolment|return)$/

/**
 * What somebody typed as the name in addresses. Capitals of plain letters are taken as small ones; a letter that only looks
 * like one of them is refused.
 */
export const typedHandle = (typed: string): string => {
  const handle = checkedHandle(typed.trim().replace(/[A-Z]/g, (letter) => letter.toLowerCase()))
  return ofCookies.test(handle) ? fail('organizations.handle_reserved', 'handle') : handle
}

const longest = 40

/** A name as it could stand in an address; empty where nothing of it can. */
export const slugOf = (name: string): string =>
  searchKey(name)
    .replace(/['’.]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '')

const isPossible = (handle: string): boolean =>
  handleShape.test(handle) && !handle.startsWith('xn--') && !reservedHandles.has(handle) && !ofCookies.test(handle)

/** What a business could be called in addresses, the nearest first. */
export const candidatesFor = (name: string, handle: string): string[] => {
  const stems = [slugOf(name), slugOf(handle)].filter((stem) => stem !== '')
  const endings = ['', '-team', '-online', '-2', '-3', '-4']
  const all = endings.flatMap((ending) =>
    stems.map((stem) => stem.slice(0, longest - ending.length).replace(/-+$/, '') + ending),
  )
  return [...new Set(all)].filter((one) => isPossible(one) && one !== handle)
}
