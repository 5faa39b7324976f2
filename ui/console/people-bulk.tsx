/** The same thing done to many: who is meant, who is left out and why, and what became of it. */

import { IconUsers } from '@tabler/icons-react'
import { isBuiltInRole, reaches } from '#core/authority/contract'
import type { BulkWish, RosterPerson } from '#core/roster/contract'
import { explain } from '../explain.tsx'
import { fullName } from '../frame/account-frame.tsx'
import { Avatar } from '../parts/avatar.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { Field, SelectField } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { Panel } from './panel.tsx'
import styles from './people-bulk.module.css'
import { peoplePath } from './person-parts.tsx'
import { RoleBounds } from './role-fields.tsx'
import { Card, Empty, Twofold } from './table.tsx'

const screen = 'people-bulk'
const path = `${peoplePath}/bulk`

export const bulkActs = [
  'give-role',
  'add-to-group',
  'suspend',
  'resume',
  'end-sessions',
  'approve',
  'decline',
  'remove',
] as const satisfies readonly BulkWish['action'][]
export type BulkAct = (typeof bulkActs)[number]

const wantsReason: ReadonlySet<BulkAct> = new Set(['suspend', 'decline', 'remove'])
const isDangerous: ReadonlySet<BulkAct> = new Set(['suspend', 'decline', 'remove'])

export type BulkData = {
  act: BulkAct
  /** With the code of why somebody is left out. */
  people: { person: RosterPerson; left: string | null }[]
  roles: { id: string; name: string }[]
  groups: { id: string; name: string }[]
  mayReachDown: boolean
}

type Props = { site: UiSite; frame: ConsoleFrameData; data: BulkData } & Answered

function People({ site, people }: { site: UiSite; people: readonly { person: RosterPerson; code?: string | null }[] }) {
  return (
    <ul className={styles.people}>
      {people.map(({ person, code }) => (
        <li key={person.personId}>
          <Twofold picture={<Avatar person={person} />} name={fullName(person)} detail={person.email} ltr />
          {code ? <p className={styles.why}>{explain(site, { code })?.summary}</p> : null}
        </li>
      ))}
    </ul>
  )
}

function RoleFields({ site, data, values = {}, failure }: Props) {
  const { t } = site.texts
  const labels = { role: t('person.role'), reach: t('person.reach'), ends_at: t('person.ends') }
  const explained = explain(site, failure, labels)
  return (
    <>
      <SelectField
        {...{ screen, explained }}
        name="role"
        label={labels.role}
        value={values.role}
        options={data.roles.map(({ id, name }) => ({ value: id, label: isBuiltInRole(id) ? t(`role.${id}`) : name }))}
      />
      <RoleBounds {...{ site, screen, explained, labels, values }} choices={data.mayReachDown ? reaches : []} />
    </>
  )
}

function Fields(props: Props) {
  const { site, data, values = {}, failure } = props
  const { t } = site.texts
  if (data.act === 'give-role') return <RoleFields {...props} />
  if (data.act === 'add-to-group') {
    return (
      <SelectField
        screen={screen}
        name="group"
        label={t('people.filter.group')}
        value={values.group}
        explained={explain(site, failure, { group: t('people.filter.group') })}
        options={data.groups.map(({ id, name }) => ({ value: id, label: name }))}
      />
    )
  }
  if (!wantsReason.has(data.act)) return null
  return (
    <Field
      screen={screen}
      name="reason"
      label={t('act.reason')}
      hint={t('bulk.reason-hint')}
      explained={explain(site, failure, { reason: t('act.reason') })}
      value={values.reason}
      autoFocus={!failure}
    />
  )
}

function Confirm(props: Props & { meant: RosterPerson[]; left: { person: RosterPerson; code: string }[] }) {
  const { site, data, failure, meant, left } = props
  const { t } = site.texts
  const { act } = data
  const ids = data.people.map(({ person }) => person.personId)
  const asked = new URLSearchParams([['action', act], ...ids.map((id) => ['people', id])])
  const labels = { reason: t('act.reason'), role: t('person.role'), group: t('people.filter.group') }
  return (
    <Panel
      site={site}
      screen={screen}
      operation="people.bulk"
      back={`${path}?${asked}`}
      next={`${path}?done=${act}`}
      hidden={{
        action: act,
        people: meant.map(({ personId }) => personId),
        ...(act === 'give-role' && !data.mayReachDown ? { reach: 'organization' } : {}),
      }}
      part="people-bulk.form"
      consequence={say(site, `bulk.${act}.follows`, { count: meant.length })}
      submit={say(site, `bulk.${act}`, { count: meant.length })}
      danger={isDangerous.has(act)}
      cancel={peoplePath}
      explained={explain(site, failure, labels)}
    >
      <People site={site} people={meant.map((person) => ({ person }))} />
      {left.length > 0 ? (
        <section className={styles.left} data-part="people-bulk.left">
          <h2>{t('bulk.left.title')}</h2>
          <People site={site} people={left} />
        </section>
      ) : null}
      <Fields {...props} />
    </Panel>
  )
}

const Nothing = ({ site, title, lead }: { site: UiSite; title: string; lead: string }) => (
  <Card>
    <Empty icon={<IconUsers size={26} stroke={1.5} aria-hidden />} title={title} lead={lead}>
      <ButtonLink part="people-bulk.back" href={site.path(peoplePath)} kind="secondary" small>
        {site.texts.t('bulk.back')}
      </ButtonLink>
    </Empty>
  </Card>
)

export function PeopleBulk(props: Props) {
  const { site, frame, data } = props
  const { t } = site.texts
  const meant = data.people.flatMap(({ person, left }) => (left === null ? [person] : []))
  const left = data.people.flatMap(({ person, left: code }) => (code === null ? [] : [{ person, code }]))
  const lacks =
    (data.act === 'give-role' && data.roles.length === 0) || (data.act === 'add-to-group' && data.groups.length === 0)
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={path}
      heading={say(site, `bulk.${data.act}`, { count: meant.length })}
      lead={meant.length > 0 ? t('bulk.lead') : undefined}
      back={{ href: peoplePath, label: t('console.people.title') }}
      narrow
    >
      {lacks ? (
        <Nothing site={site} title={t(`bulk.${data.act}.lacks`)} lead={t(`bulk.${data.act}.lacks-lead`)} />
      ) : meant.length > 0 ? (
        <Confirm {...props} meant={meant} left={left} />
      ) : data.people.length === 0 ? (
        <Nothing site={site} title={t('bulk.nobody.title')} lead={t('bulk.nobody.lead')} />
      ) : (
        <Card>
          <section className={styles.alone} data-part="people-bulk.left">
            <h2>{t('bulk.all-left.title')}</h2>
            <People site={site} people={left} />
            <ButtonLink part="people-bulk.back" href={site.path(peoplePath)} kind="secondary" small>
              {t('bulk.back')}
            </ButtonLink>
          </section>
        </Card>
      )}
    </ConsoleFrame>
  )
}

export type BulkDoneData = { done: number; left: { person: RosterPerson; code: string }[] }

/** What became of it, person by person, where it did not go well for all of them. */
export function PeopleBulkDone({ site, frame, data }: { site: UiSite; frame: ConsoleFrameData; data: BulkDoneData }) {
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={path}
      heading={say(site, 'bulk.done.title', { left: data.left.length })}
      lead={say(site, 'bulk.done.lead', { done: data.done })}
      back={{ href: peoplePath, label: t('console.people.title') }}
      narrow
    >
      <Card part="people-bulk.done">
        <section className={styles.alone}>
          <People site={site} people={data.left} />
          <ButtonLink part="people-bulk.back" href={site.path(peoplePath)} small>
            {t('bulk.back')}
          </ButtonLink>
        </section>
      </Card>
    </ConsoleFrame>
  )
}
