import { IconMail, IconWorld } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PasskeysByHost } from '#core/credentials/contract'
import type { EmailDomain } from '#core/organizations/contract'
import { explain } from '../explain.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { ChoiceField, Field } from '../parts/field.tsx'
import { formStyles, Outcome } from '../parts/form.tsx'
import { IconRow, OpenRow, RowAction, RowEnd, Section, Tag, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { BoundPasskeys } from './bound-passkeys.tsx'
import { DomainBadge, type DomainStanding, stateOf } from './domain-states.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { ConsoleForm, failureAbove } from './panel.tsx'

const screen = 'domains'
export const domainsPath = '/organization/domains'

export const domainRows = ['host', 'email'] as const
type DomainRow = (typeof domainRows)[number]

/** One of the addresses; `choice` is what it is chosen by, null where there is nothing to choose. */
export type MetAt = { form: 'root' | 'path' | 'name' | 'domain'; url: string; choice: string | null; isMain: boolean }

export type DomainsData = {
  addresses: MetAt[]
  /** What people could not use any more where they are led to another address. */
  passkeys: PasskeysByHost[]
  hosts: DomainStanding[]
  emails: (DomainStanding & Pick<EmailDomain, 'joinsAs'>)[]
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: DomainsData
  edit?: DomainRow | undefined
} & Answered

const look = { size: 22, stroke: 1.5, 'aria-hidden': true } as const

function Address({ site, address: { form, url, choice, isMain } }: { site: UiSite; address: MetAt }) {
  const { t } = site.texts
  return (
    <ValueRow
      part={`domains.address.${form}`}
      label={t(`domains.address.${form}`)}
      value={<Isolated>{url}</Isolated>}
      action={
        isMain ? (
          <Tag>{t('domains.address.main')}</Tag>
        ) : choice === null ? null : (
          <ConsoleForm
            site={site}
            operation="domains.choose"
            back={domainsPath}
            hidden={{ address: choice }}
            part={`domains.choose.${form}`}
          >
            <Button part="domains.address.choose" kind="quiet" small>
              {t('domains.address.choose')} <span className="visually-hidden">{url}</span>
            </Button>
          </ConsoleForm>
        )
      }
    />
  )
}

function Domain({ site, kind, one, detail }: { site: UiSite; kind: DomainRow; one: DomainStanding; detail?: string }) {
  const { t } = site.texts
  return (
    <IconRow
      part={`domains.${kind}`}
      icon={kind === 'host' ? <IconWorld {...look} /> : <IconMail {...look} />}
      title={<Isolated>{one.name}</Isolated>}
      detail={detail}
      tag={<DomainBadge site={site} state={stateOf(one)} />}
      action={
        <RowAction
          href={site.path(`${domainsPath}/${kind}s/${one.name}`)}
          label={t('console.show')}
          name={`${t('console.show')}: ${one.name}`}
          part={`domains.${kind}.open`}
        />
      }
    />
  )
}

type AddProps = Props & {
  kind: DomainRow
  operation: string
  field: string
  /** Whether there is one already. */
  hasAny: boolean
  more?: ReactNode
}

/** The last row of a section: what to add, or the form for it. */
function Add({ kind, operation, field, hasAny, more, ...props }: AddProps) {
  const { site, edit, values = {}, failure } = props
  const { t } = site.texts
  if (edit !== kind) {
    return (
      <ValueRow
        part={`domains.${kind}s`}
        label=""
        value={hasAny ? '' : t(`domains.${kind}s.none`)}
        empty={!hasAny}
        action={
          <RowAction
            href={site.path(`${domainsPath}?edit=${kind}#${kind}`)}
            label={t(`domains.${kind}s.add`)}
            part={`domains.${kind}.add`}
          />
        }
      />
    )
  }
  const labels = { [field]: t(`domains.${kind}s.field`) }
  return (
    <OpenRow id={kind}>
      <Outcome site={site} screen={screen} explained={explain(site, failure, labels)} />
      <ConsoleForm
        site={site}
        operation={operation}
        back={`${domainsPath}?edit=${kind}#${kind}`}
        next={`${domainsPath}/${kind}s/{created}`}
        part={`domains.${kind}.form`}
        className={formStyles.form}
      >
        <Field
          screen={screen}
          explained={explain(site, failure, labels)}
          name={field}
          label={t(`domains.${kind}s.field`)}
          hint={t(`domains.${kind}s.hint`)}
          autoComplete="off"
          leftToRight
          value={values[field]}
          autoFocus={!failure}
        />
        {more}
        <RowEnd hint={t('profile.keys')}>
          <Button part={`domains.${kind}.save`} small>
            {t(`domains.${kind}s.add`)}
          </Button>
          <ButtonLink part={`domains.${kind}.cancel`} href={site.path(domainsPath)} kind="quiet" small>
            {t('common.cancel')}
          </ButtonLink>
        </RowEnd>
      </ConsoleForm>
    </OpenRow>
  )
}

const Joins = ({ site, values = {} }: Pick<Props, 'site' | 'values'>) => (
  <ChoiceField
    screen={screen}
    name="joins_as"
    legend={site.texts.t('domains.joins')}
    chosen={[values.joins_as ?? '']}
    options={['', 'staff', 'consumer'].map((value) => ({
      value,
      label: site.texts.t(`domains.joins.${value || 'none'}`),
      hint: site.texts.t(`domains.joins.${value || 'none'}-lead`),
    }))}
  />
)

/** Where people find the organization, and whose email addresses are its own. */
export function Domains(props: Props) {
  const { site, frame, data, edit, notice, values } = props
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="domains"
      screen={screen}
      here={domainsPath}
      heading={t('console.domains.title')}
      lead={say(site, 'domains.lead')}
      notice={notice}
      alert={edit ? null : failureAbove(site, screen, props)}
    >
      <Section title={t('domains.addresses.title')} lead={t('domains.addresses.lead')}>
        {data.addresses.map((address) => (
          <Address key={address.url} site={site} address={address} />
        ))}
        <BoundPasskeys site={site} bound={data.passkeys} part="domains.passkeys" lead={t('domains.passkeys')} />
      </Section>
      <Section title={t('domains.hosts.title')} lead={t('domains.hosts.lead')}>
        {data.hosts.map((one) => (
          <Domain key={one.name} site={site} kind="host" one={one} />
        ))}
        <Add {...props} kind="host" operation="domains.add" field="host" hasAny={data.hosts.length > 0} />
      </Section>
      <Section title={t('domains.emails.title')} lead={t('domains.emails.lead')}>
        {data.emails.map((one) => (
          <Domain
            key={one.name}
            site={site}
            kind="email"
            one={one}
            detail={t(`domains.joins.${one.joinsAs ?? 'none'}`)}
          />
        ))}
        <Add
          {...props}
          kind="email"
          operation="email-domains.add"
          field="domain"
          hasAny={data.emails.length > 0}
          more={<Joins site={site} values={values} />}
        />
      </Section>
    </ConsoleFrame>
  )
}
