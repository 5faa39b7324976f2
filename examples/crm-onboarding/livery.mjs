// As much of Livery's REST interface as a CRM needs to bring a customer in. The token stays here, in the process: no browser
// ever sees it.

/** What a refusal says to people. */
export const wordsOf = ({ title = '', detail = '' }) => `${title} ${detail}`.trim()

/** What Livery has refused, in its own words (RFC 9457). */
export class Refused extends Error {
  constructor(status, problem) {
    super(wordsOf(problem) || `answered ${status}`)
    this.status = status
    this.code = problem.code
  }
}

export const connect = ({ url, token }) => {
  const call = async (method, path, { body, key } = {}) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        // The same key again within a day is answered as before, and done once: after a timeout, send it again.
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    if (!response.ok) throw new Refused(response.status, answer)
    return answer
  }

  const byCrmId = async (crmId) => {
    const query = new URLSearchParams({ attribute: `crm_id:${crmId}`, deep: 'true', limit: '1' })
    return (await call('GET', `/organizations?${query}`)).items[0] ?? null
  }

  return {
    /** Whether a handle may be had: `{ handle, available, reason }`. */
    checkHandle: (handle) => call('GET', `/organizations/check-handle?${new URLSearchParams({ handle })}`),

    /** The organization of a customer, made if there is none yet. */
    createOrganization: async ({ crmId, name, handle }) => {
      const known = await byCrmId(crmId)
      if (known) return { organization: known, isNew: false }
      const body = { name, handle, attributes: { crm_id: crmId } }
      return {
        organization: await call('POST', '/organizations', { body, key: `crm-organization-${crmId}` }),
        isNew: true,
      }
    },

    /** Up to a hundred of them, each with an outcome of its own. Who is there already is answered and not made again. */
    createOrganizations: async (customers) => {
      const items = customers.map(({ crmId, name, handle }) => ({ name, handle, attributes: { crm_id: crmId } }))
      return (await call('POST', '/organizations/bulk', { body: { key_attribute: 'crm_id', items } })).results
    },

    /** Asks the first administrator to join, as the owner of the organization and of all that will be below it. */
    inviteAdministrator: async (organizationId, { crmId, email }) => {
      const body = { emails: [email], kind: 'staff', roles: [{ role: 'owner', reach: 'subtree' }] }
      const key = `crm-administrator-${crmId}-${email}`
      const { results } = await call('POST', `/organizations/${organizationId}/invitations`, { body, key })
      return results[0]
    },
  }
}

/** Says how to reach Livery, or why nobody can. */
export const fromEnvironment = () => {
  const { LIVERY_URL: url = 'http://localhost:3000', LIVERY_TOKEN: token = '' } = process.env
  if (token === '') throw new Error('LIVERY_TOKEN is not set: the API token of a service account, see README.md')
  return connect({ url: url.replace(/\/$/, ''), token })
}
