import { IconWorldQuestion } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { GiveableRole } from '#core/access/contract'
import { mostAddresses } from '#core/invitations/contract'
import { membershipKinds } from '#core/people/contract'
import { type Explained, explain } from '../explain.tsx'
import { nameOfLanguage } from '../frame/choices.tsx'
import { AreaField, ChoiceField, SelectField } from '../parts/field.tsx'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { countedForms } from './counted.ts'
import { invitationsPath } from './invitation-words.tsx'
import styles from './invite.module.css'
import { Powers, reachOptions, roleOptions } from './power.tsx'
import { Question, type QuestionPage } from './question.tsx'
import { kindName } from './standing.tsx'

const screen = 'invite'

export type InviteData = {
  /** What whoever invites may give. */
  roles: GiveableRole[]
  groups: { id: string; name: string }[]
  /** Email domains that the organization has proven to be its own. */
  domains: string[]
  /** Whether only their addresses are invited. */
  isBound: boolean
  /** Of what was typed: words that are no addresses, and addresses outside those domains. */
  wrong: string[]
  outside: string[]
}

type Props = QuestionPage & { data: InviteData }

const shownAtMost = 5

/** Some of them, and how many more. */
const someOf = (site: UiSite, all: readonly string[]): string => {
  const more = all.length - shownAtMost
  const shown = all.slice(0, shownAtMost)
  const rest = more > 0 ? [site.texts.t('invite.more', { count: more })] : []
  return new Intl.ListFormat(site.locale).format([...shown, ...rest])
}

const withWrong = (site: UiSite, explained: Explained | null, wrong: readonly string[]): Explained | null =>
  explained?.code === 'email.invalid' && wrong.length > 0
    ? {
        ...explained,
        marked: ['emails'],
        messages: { emails: say(site, 'invite.wrong', { count: wrong.length, addresses: someOf(site, wrong) }) },
      }
    : explained

function Outside({ site, outside }: { site: UiSite; outside: readonly string[] }) {
  return (
    <div className={styles.warning} hidden={outside.length === 0} data-outside="" data-part="invite.outside">
      <IconWorldQuestion size={20} stroke={1.75} aria-hidden />
      <p>
        <span>
          {outside.length === 0
            ? ''
            : say(site, 'invite.outside', { count: outside.length, addresses: someOf(site, outside) })}
        </span>{' '}
        {site.texts.t('invite.outside-lead')}
      </p>
    </div>
  )
}

function Addresses({
  site,
  data,
  value,
  explained,
}: {
  site: UiSite
  data: InviteData
  value: string | undefined
  explained: Explained | null
}) {
  const { domains, isBound, outside } = data
  const own = new Intl.ListFormat(site.locale).format(domains)
  return (
    <div
      className={styles.fields}
      data-addresses=""
      data-counted={countedForms(site, 'invite.submit-counted')}
      data-domains={domains.length > 0 ? domains.join(' ') : undefined}
      data-outside-words={countedForms(site, 'invite.outside', { addresses: '{addresses}' })}
    >
      <AreaField
        screen={screen}
        name="emails"
        label={site.texts.t('invite.field.emails')}
        hint={say(site, isBound ? 'invite.hint.bound' : 'invite.hint.emails', { domains: own, most: mostAddresses })}
        value={value}
        explained={explained}
        rows={5}
        leftToRight
      />
      {domains.length > 0 && !isBound ? <Outside site={site} outside={outside} /> : null}
    </div>
  )
}

const days = [1, 3, 7, 14, 30]

/** Asks addresses to join: as many as somebody likes, all in the same way. */
export function Invite(props: Props) {
  const { site, data, values = {}, failure } = props
  const { t } = site.texts
  const names = ['emails', 'kind', 'role', 'reach', 'groups', 'message', 'locale', 'lifetime_days']
  const labels = Object.fromEntries(names.map((name) => [name, t(`invite.field.${name.replaceAll('_', '-')}`)]))
  const explained = withWrong(site, explain(site, failure, labels), data.wrong)
  const { locales } = site.organization
  const locale = values.locale || (locales[0] ?? site.locale)
  const lifetime = values.lifetime_days || '7'
  const select = (name: string, value: string, options: Parameters<typeof SelectField>[0]['options']) => (
    <SelectField
      screen={screen}
      name={name}
      label={labels[name] ?? ''}
      value={value}
      options={options}
      explained={explained}
    />
  )
  const pair = (...fields: ReactNode[]) => <div className={styles.pair}>{fields}</div>
  const roles = [{ value: '', label: t('invite.no-role') }, ...roleOptions(site, data.roles)]
  const consequence = t('invite.consequence', {
    language: nameOfLanguage(locale),
    days: t('invite.days', { count: Number(lifetime) }),
  })
  return (
    <Question
      {...props}
      screen={screen}
      section="invitations"
      heading={say(site, 'invite.title')}
      lead={t('invite.lead')}
      above={{ href: invitationsPath, label: t('console.invitations.title') }}
      explained={explained}
      panel={{
        operation: 'invitations.create',
        back: `${invitationsPath}/new`,
        next: invitationsPath,
        submit: t('invite.submit'),
        consequence: (
          <span data-says={t('invite.consequence', { language: '{locale}', days: '{lifetime_days}' })}>
            {consequence}
          </span>
        ),
        children: (
          <div className={styles.fields}>
            <Addresses site={site} data={data} value={values.emails} explained={explained} />
            <ChoiceField
              screen={screen}
              name="kind"
              legend={t('invite.field.kind')}
              options={membershipKinds.map((value) => ({
                value,
                label: kindName(site, value),
                hint: say(site, `invite.kind.${value}`),
              }))}
              chosen={[values.kind ?? 'staff']}
              explained={explained}
            />
            {data.roles.length > 0
              ? pair(
                  select('role', values.role ?? '', roles),
                  data.roles.some(({ reach }) => reach === 'subtree')
                    ? select('reach', values.reach ?? 'organization', reachOptions(site))
                    : null,
                )
              : null}
            <Powers site={site} roles={data.roles} />
            {data.groups.length > 0 ? (
              <ChoiceField
                screen={screen}
                name="groups"
                legend={t('invite.field.groups')}
                options={data.groups.map(({ id, name }) => ({ value: id, label: <bdi>{name}</bdi> }))}
                chosen={(values.groups ?? '').split('\n')}
                explained={explained}
                many
              />
            ) : null}
            <AreaField
              screen={screen}
              name="message"
              label={t('invite.field.message')}
              hint={t('invite.hint.message')}
              value={values.message}
              explained={explained}
              required={false}
              rows={3}
              maximum={500}
            />
            {pair(
              locales.length > 1
                ? select(
                    'locale',
                    locale,
                    locales.map((value) => ({ value, label: nameOfLanguage(value) })),
                  )
                : null,
              select(
                'lifetime_days',
                lifetime,
                days.map((count) => ({ value: String(count), label: t('invite.days', { count }) })),
              ),
            )}
          </div>
        ),
      }}
    />
  )
}
