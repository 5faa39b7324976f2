/** What somebody was given here, themselves or with a group. */

import { IconId, IconPlus, IconUsersGroup, IconWand } from '@tabler/icons-react'
import type { RoleGrant } from '#core/access/contract'
import { isBuiltInRole, reaches } from '#core/authority/contract'
import { ButtonLink } from '../parts/button.tsx'
import { SelectField } from '../parts/field.tsx'
import { IconRow, Section } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { Badge } from './badge.tsx'
import styles from './person.module.css'
import { AtOnce, about, EditForm, may, opened, type PersonData, type PersonProps, screen } from './person-parts.tsx'
import { RoleBounds } from './role-fields.tsx'
import { roleName } from './standing.tsx'

const named = (site: UiSite, { roleNames }: PersonData, role: string): string =>
  roleName(site, { role, name: roleNames.get(role) ?? null })

/** How far a role reaches, and until when. */
const detailOf = (site: UiSite, { reach, endsAt }: Pick<RoleGrant, 'reach' | 'endsAt'>): string =>
  [say(site, `person.reach.${reach}`), ...(endsAt ? [site.texts.t('person.until', { at: endsAt })] : [])].join(' · ')

const Open = ({ site, data, row, label }: { site: UiSite; data: PersonData; row: 'role' | 'group'; label: string }) => (
  <div className={styles.foot}>
    <ButtonLink
      part={`person.${row}.open`}
      href={site.path(opened(data, row))}
      kind="secondary"
      small
      icon={<IconPlus size={18} stroke={1.75} aria-hidden />}
    >
      {label}
    </ButtonLink>
  </div>
)

function GiveRole(props: PersonProps) {
  const { site, data, values = {}, failure } = props
  const { t } = site.texts
  const labels = { role: t('person.role'), reach: t('person.reach'), ends_at: t('person.ends') }
  const { homeId } = data.profile.ref
  const choices = reaches.filter((reach) => reach === 'organization' || data.mayReachDown)
  return (
    <EditForm
      {...{ site, data, labels, failure }}
      row="role"
      operation="people.give-role"
      title={about(site, data, 'person.roles.give-title')}
      submit={t('person.roles.submit')}
      hidden={{ home_id: homeId, ...(choices.length === 1 ? { reach: 'organization' } : {}) }}
    >
      {(explained) => (
        <>
          <SelectField
            {...{ screen, explained }}
            name="role"
            label={labels.role}
            value={values.role}
            autoFocus={!failure}
            options={data.roles.map(({ id, name }) => ({
              value: id,
              label: isBuiltInRole(id) ? t(`role.${id}`) : name,
            }))}
          />
          <RoleBounds {...{ site, screen, explained, labels, values, choices }} />
        </>
      )}
    </EditForm>
  )
}

export function Roles(props: PersonProps) {
  const { site, data, edit } = props
  const { t } = site.texts
  const { grants, membership } = data.profile
  const mayGive = may(props, 'role.assign') && membership !== null
  return (
    <Section title={t('person.roles.title')} lead={about(site, data, 'person.roles.lead')}>
      {grants.length === 0 ? <p className={styles.none}>{about(site, data, 'person.roles.none')}</p> : null}
      {grants.map((grant) => (
        <IconRow
          key={grant.id}
          part="person.grant"
          icon={<IconId size={22} stroke={1.75} aria-hidden />}
          title={<bdi>{named(site, data, grant.role)}</bdi>}
          detail={detailOf(site, grant)}
          action={
            may(props, 'role.assign') ? (
              <AtOnce
                {...{ site, data }}
                operation="people.take-back-role"
                hidden={{ grant: grant.id }}
                part="person.grant.take-back"
                name={t('person.roles.take-back-name', { role: named(site, data, grant.role) })}
              >
                {t('person.roles.take-back')}
              </AtOnce>
            ) : undefined
          }
        />
      ))}
      {mayGive && edit === 'role' ? <GiveRole {...props} /> : null}
      {mayGive && edit !== 'role' && data.roles.length > 0 ? (
        <Open site={site} data={data} row="role" label={t('person.roles.give')} />
      ) : null}
    </Section>
  )
}

function AddToGroup(props: PersonProps) {
  const { site, data, values = {}, failure } = props
  const { t } = site.texts
  const labels = { group: t('people.filter.group') }
  return (
    <EditForm
      {...{ site, data, labels, failure }}
      row="group"
      operation="people.add-to-group"
      title={about(site, data, 'person.groups.add-title')}
      submit={t('common.add')}
      hidden={{ home_id: data.profile.ref.homeId }}
    >
      {(explained) => (
        <SelectField
          {...{ screen, explained }}
          name="group"
          label={labels.group}
          value={values.group}
          autoFocus={!failure}
          options={data.groups.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </EditForm>
  )
}

export function Groups(props: PersonProps) {
  const { site, data, edit } = props
  const { t } = site.texts
  const { groups, membership, ref } = data.profile
  const mayManage = may(props, 'group.manage')
  const mayAdd = mayManage && membership !== null && data.groups.length > 0
  return (
    <Section title={t('person.groups.title')} lead={about(site, data, 'person.groups.lead')}>
      {groups.length === 0 ? <p className={styles.none}>{t('person.groups.none')}</p> : null}
      {groups.map(({ id, name, isByRule }) => (
        <IconRow
          key={id}
          part="person.in-group"
          icon={<IconUsersGroup size={22} stroke={1.75} aria-hidden />}
          title={<bdi>{name}</bdi>}
          detail={isByRule ? t('person.groups.by-rule-hint') : undefined}
          action={
            isByRule ? (
              <Badge tone="info" icon={<IconWand size={16} stroke={1.75} aria-hidden />}>
                {t('person.groups.by-rule')}
              </Badge>
            ) : mayManage ? (
              <AtOnce
                {...{ site, data }}
                operation="people.remove-from-group"
                hidden={{ group: id, home_id: ref.homeId }}
                part="person.in-group.remove"
                name={t('person.groups.remove-name', { group: name })}
              >
                {t('common.remove')}
              </AtOnce>
            ) : undefined
          }
        />
      ))}
      {mayAdd && edit === 'group' ? <AddToGroup {...props} /> : null}
      {mayAdd && edit !== 'group' ? <Open site={site} data={data} row="group" label={t('person.groups.add')} /> : null}
    </Section>
  )
}
