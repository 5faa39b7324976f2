import { IconExternalLink, IconUserPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ConsolePermission } from '#core/authority/contract'
import type { Organization } from '#core/organizations/contract'
import { nameOfLanguage } from '../frame/choices.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { IconRow, Section, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { OrganizationStatus } from './organizations.tsx'
import styles from './overview.module.css'
import { ConsoleForm, failureAbove } from './panel.tsx'

const screen = 'organization'
const list = '/organization/organizations'

export type OrganizationData = {
  organization: Organization
  /** Where its people find it. */
  url: string
  /** From below this organization down to its parent. */
  above: { id: string; name: string }[]
  /** How much is below it, at any depth. */
  below: number
  /** Null for whoever may not see its people. */
  people: number | null
  /** What whoever looks may do to it. */
  can: ConsolePermission[]
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: OrganizationData
  told?: Record<string, string | number> | undefined
} & Answered

const number = (site: UiSite, value: number) => new Intl.NumberFormat(site.locale).format(value)

function Facts({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { organization, url, people, below } = data
  const row = (part: string, value: ReactNode, isEmpty = false) => (
    <ValueRow
      part={`organization.${part}`}
      label={t(`organization.${part}`)}
      value={value}
      empty={isEmpty}
      action={null}
    />
  )
  const attributes = Object.entries(organization.attributes)
  return (
    <Section title={t('organization.facts.title')} lead={say(site, 'organization.facts.lead')}>
      {row('status', <OrganizationStatus site={site} status={organization.status} />)}
      {row('handle', <Isolated>{organization.handle}</Isolated>)}
      {row(
        'address',
        <a href={url} target="_blank" rel="noreferrer" className={styles.address}>
          <Isolated>{url}</Isolated>
        </a>,
      )}
      {row(
        'languages',
        new Intl.ListFormat(site.locale, { type: 'unit' }).format(organization.locales.map(nameOfLanguage)),
      )}
      {row('people-from', t(`organizations.people-from.${organization.peopleFrom}`))}
      {people === null ? null : row('people', number(site, people))}
      {row('below', number(site, below))}
      {attributes.length > 0
        ? row(
            'attributes',
            <span dir="auto">{attributes.map(([name, value]) => `${name}: ${value}`).join(' · ')}</span>,
          )
        : null}
    </Section>
  )
}

type Step = { name: string; href?: string; permission: ConsolePermission; danger?: boolean }

const stepsOf = ({ organization, can }: OrganizationData): Step[] => {
  const at = `${list}/${organization.id}`
  const steps: Step[] = [
    { name: 'move', href: `${at}/move`, permission: 'organization.move' },
    organization.status === 'active'
      ? { name: 'suspend', href: `${at}/suspend`, permission: 'organization.suspend', danger: true }
      : { name: 'resume', permission: 'organization.suspend' },
    { name: 'delete', href: `${at}/delete`, permission: 'organization.delete', danger: true },
  ]
  return steps.filter(({ permission }) => can.includes(permission))
}

function Steps({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { organization } = data
  const steps = stepsOf(data)
  if (steps.length === 0) return null
  return (
    <Section
      title={t('organization.place.title')}
      lead={say(site, 'organization.place.lead', { name: organization.name })}
    >
      {steps.map(({ name, href, danger }) => (
        <IconRow
          key={name}
          part={`organization.${name}`}
          icon={null}
          title={t(`organization.${name}.title`)}
          detail={say(site, `organization.${name}.lead`, { name: organization.name, below: data.below })}
          action={
            href ? (
              <ButtonLink
                part={`organization.${name}.open`}
                href={site.path(href)}
                kind={danger ? 'danger' : 'secondary'}
                small
              >
                {t(`organization.${name}.open`)}
              </ButtonLink>
            ) : (
              <ConsoleForm
                site={site}
                operation={`organizations.${name}`}
                back={`${list}/${organization.id}`}
                hidden={{ id: organization.id }}
                part={`organization.${name}.form`}
              >
                <Button part={`organization.${name}.open`} kind="secondary" small>
                  {t(`organization.${name}.open`)}
                </Button>
              </ConsoleForm>
            )
          }
        />
      ))}
    </Section>
  )
}

/** One of the organizations below this one. */
export function OrganizationPage(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { organization, above, url, can } = data
  const at = `${list}/${organization.id}`
  const lead = [site.organization.name, ...above.map(({ name }) => name)].join(' › ')
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="organizations"
      screen={screen}
      here={at}
      heading={organization.name}
      lead={<span dir="auto">{lead}</span>}
      back={{ href: list, label: t('console.organizations.title') }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        <>
          <ButtonLink
            part="organization.visit"
            href={`${url}/organization`}
            kind="secondary"
            small
            icon={<IconExternalLink size={18} stroke={1.75} aria-hidden />}
          >
            {t('organization.visit')}
          </ButtonLink>
          {can.includes('invitation.manage') ? (
            <ButtonLink
              part="organization.invite"
              href={site.path(`${at}/administrator`)}
              small
              icon={<IconUserPlus size={18} stroke={1.75} aria-hidden />}
            >
              {t('organization.invite')}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      <Facts site={site} data={data} />
      <Steps site={site} data={data} />
    </ConsoleFrame>
  )
}
