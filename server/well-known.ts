// What browsers and password managers look for at a host without knowing whose it is (RFC 8615).

import { relatedOrigins } from '#web/related-origins'
import type { Site } from '#web/site'
import { type Answer, json, redirect } from './answer.ts'

const security = (site: Site): string => site.path('/account/security')

export const wellKnown: Readonly<Record<string, (site: Site) => Answer>> = {
  // https://w3c.github.io/webappsec-change-password-url/
  '/.well-known/change-password': (site) => redirect(`${security(site)}?edit=password#password`),
  // https://w3c.github.io/webappsec-passkey-endpoints/passkey-endpoints.html
  '/.well-known/passkey-endpoints': (site) => {
    const at = `${site.origin}${security(site)}`
    return json(200, { enroll: at, manage: at })
  },
  // https://www.w3.org/TR/webauthn-3/#sctn-related-origins
  '/.well-known/webauthn': ({ organization }) => json(200, { origins: relatedOrigins(organization) }),
}
