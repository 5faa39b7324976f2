// Who asks: a service account, by the API token in the Authorization header (RFC 6750 §2.1). Cookies are not looked at,
// nor is anything in the address or the body that claims to be somebody.

import type { Actor } from '#core/authority/contract'
import { authenticate } from '#core/tokens'
import { fail } from '#platform/failure'
import type { Place } from './place.ts'

const bearer = /^bearer +([\w.~+/=-]{1,400})$/i

/** The token that a request brings; fails with `request.unauthenticated` when it brings none. */
export const readToken = (header: string | undefined): string =>
  header === undefined
    ? fail('request.unauthenticated')
    : (bearer.exec(header.trim())?.[1] ?? fail('request.token_invalid'))

/** Whoever the token proves; fails with `request.token_invalid`, and never says why. */
export const whoAsks = async (token: string, { address, requestId, userAgent }: Place): Promise<Actor> =>
  (await authenticate(token, { address, requestId, ...(userAgent ? { userAgent } : {}) })) ??
  fail('request.token_invalid')
