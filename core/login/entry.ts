// Where signing in begins, for whoever has answered nothing yet: the page that an organization shows to everybody.

import { visitor } from '#core/authority'
import { isFailure } from '#platform/failure'
import { log } from '#platform/log'
import type { LoginContext, Place } from './contract.ts'
import { journeyOf, placeOf } from './journey.ts'

/**
 * The first place of the flow by which people sign in there. Null where that flow leads nowhere: then nobody signs in, but
 * every other page of the organization is there all the same, those on which a flow is mended among them.
 */
export const entryOf = async (ctx: Omit<LoginContext, 'by'>): Promise<Place | null> => {
  try {
    return await placeOf(await journeyOf({ ...ctx, by: visitor({}) }, 'sign-in', 'sign-in', null))
  } catch (error) {
    if (!isFailure(error, 'login.flow_broken')) throw error
    log.error({ organization: ctx.organizationId }, 'the flow of the sign-in leads nowhere')
    return null
  }
}
