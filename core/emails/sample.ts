/** Emails with nobody in them: for the gallery and for whoever designs one. */
import { addressOf, directory } from '#core/organizations'
import { isEmailTemplate, type RenderedEmail } from './contract.ts'
import { type Message, renderEmail } from './render.ts'
import { builtIn, type Sample } from './templates.ts'

const messageOf = ({ name, at, until, device, ...rest }: Sample): Message => ({
  ...rest,
  name: name ?? null,
  userAgent: device ?? null,
  ...(at === undefined ? {} : { at: new Date(at) }),
  ...(until === undefined ? {} : { until: new Date(until) }),
})

/** The email as an organization sends it, with its sample data; null where there is no such email or organization. */
export async function renderSample(
  template: string,
  organizationId: string,
  locale: string,
): Promise<RenderedEmail | null> {
  const organization = directory().byId(organizationId)
  if (!organization || !isEmailTemplate(template)) return null
  const place = addressOf(organization, organization.parentId === null ? { form: 'root' } : { form: 'path' })
  return renderEmail(template, organization, place, locale, messageOf(builtIn().templates[template].sample))
}
