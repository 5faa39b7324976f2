/** What is asked before an organization is made, and who its first administrator is. */
import { type Organization, peopleSources } from '#core/organizations/contract'
import { explain } from '../explain.tsx'
import { nameOfLanguage } from '../frame/choices.tsx'
import { ChoiceField, Field, SelectField } from '../parts/field.tsx'
import { Isolated, say, words } from '../words.tsx'
import { InvitationWords, InvitedAddress, invitationLabels } from './invitation-fields.tsx'
import { organizationsPath as list, Question, type QuestionPage } from './question.tsx'
import { roleName } from './standing.tsx'

type Place = { id: string; name: string }

type NewProps = QuestionPage & {
  data: { parent: Place; isHere: boolean; languages: string[]; example: string }
}

/** A new business below this one, or below one of those. */
export function NewOrganization(props: NewProps) {
  const { site, data, values = {}, failure } = props
  const { t } = site.texts
  const screen = 'new-organization'
  const labels = {
    name: t('organizations.field.name'),
    handle: t('organizations.field.handle'),
    people_from: t('organizations.field.people-from'),
    locales: t('organizations.field.locales'),
  }
  const explained = explain(site, failure, labels)
  const back = data.isHere ? `${list}/new` : `${list}/new?below=${data.parent.id}`
  return (
    <Question
      {...props}
      screen={screen}
      heading={t('organizations.create.title')}
      lead={say(site, 'organizations.create.lead', { parent: data.parent.name })}
      above={{ href: list, label: t('console.organizations.title') }}
      labels={labels}
      panel={{
        operation: 'organizations.create',
        back,
        next: `${list}/{created}`,
        hidden: { parent_id: data.parent.id, business_sign_up: 'closed' },
        submit: t('organizations.create.submit'),
        consequence: t('organizations.create.consequence'),
        children: (
          <>
            <Field
              screen={screen}
              explained={explained}
              name="name"
              label={labels.name}
              autoComplete="organization"
              value={values.name}
              autoFocus={!failure}
            />
            <Field
              screen={screen}
              explained={explained}
              name="handle"
              label={labels.handle}
              hint={words(
                site,
                'organizations.field.handle-hint',
                { example: data.example },
                { b: (children) => <Isolated>{children}</Isolated> },
              )}
              value={values.handle}
              leftToRight
            />
            <ChoiceField
              screen={screen}
              explained={explained}
              name="people_from"
              legend={labels.people_from}
              chosen={[values.people_from ?? 'own']}
              options={peopleSources.map((value) => ({
                value,
                label: t(`organizations.people-from.${value}`),
                hint: say(site, `organizations.people-from.${value}-lead`, { parent: data.parent.name }),
              }))}
            />
            <ChoiceField
              screen={screen}
              explained={explained}
              name="locales"
              legend={labels.locales}
              chosen={values.locales?.split('\n') ?? [data.languages[0] ?? 'en']}
              many
              options={data.languages.map((value) => ({ value, label: nameOfLanguage(value) }))}
            />
          </>
        ),
      }}
    />
  )
}

const aboveOf = ({ id, name }: Organization) => ({ href: `${list}/${id}`, label: name })

/** The first person of a new business. */
export function InviteAdministrator(props: QuestionPage & { organization: Organization; languages: string[] }) {
  const { site, organization, languages, values = {}, failure } = props
  const { t } = site.texts
  const screen = 'invite-administrator'
  const own = invitationLabels(site)
  const labels = { ...own, emails: own.email, role: t('organization.administrator.role') }
  const explained = explain(site, failure?.field === 'emails' ? { ...failure, field: 'email' } : failure, labels)
  const common = { site, screen, explained, labels, values }
  return (
    <Question
      {...props}
      screen={screen}
      heading={say(site, 'organization.administrator.heading', { name: organization.name })}
      lead={t('organization.administrator.lead')}
      above={aboveOf(organization)}
      labels={labels}
      panel={{
        operation: 'organizations.invite-administrator',
        back: `${list}/${organization.id}/administrator`,
        next: `${list}/${organization.id}`,
        hidden: { id: organization.id },
        submit: t('organization.administrator.submit'),
        consequence: t('organization.administrator.consequence'),
        children: (
          <>
            <InvitedAddress {...common} />
            <SelectField
              screen={screen}
              explained={explained}
              name="role"
              label={labels.role}
              value={values.role ?? 'owner'}
              options={['owner', 'administrator'].map((role) => ({
                value: role,
                label: roleName(site, { role, name: null }),
              }))}
            />
            <InvitationWords {...common} languages={languages} />
          </>
        ),
      }}
    />
  )
}
