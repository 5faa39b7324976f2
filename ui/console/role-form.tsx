import type { OwnRole } from '#core/access/contract'
import { explain } from '../explain.tsx'
import { AreaField, Field } from '../parts/field.tsx'
import type { FormFailure } from '../site.tsx'
import { say } from '../words.tsx'
import styles from './invite.module.css'
import { consolePermissions, PermissionChoices } from './permissions.tsx'
import { Question, type QuestionPage } from './question.tsx'

const screen = 'role-form'
const list = '/organization/roles'

type Props = QuestionPage & {
  /** The one that is changed; null for a new one. */
  own: OwnRole | null
  /** What whoever writes it holds themselves. */
  held: string[]
}

const isOfApplication = (permission: string): boolean => permission.includes(':')

const valuesOf = (role: OwnRole | null, typed: Record<string, string> | undefined) => {
  if (typed) return { ...typed, chosen: (typed.permissions ?? '').split('\n') }
  const permissions: string[] = role?.permissions ?? []
  return {
    name: role?.name,
    key: role?.key,
    description: role?.description,
    application_permissions: permissions.filter(isOfApplication).join('\n'),
    chosen: permissions.filter((one) => !isOfApplication(one)),
  }
}

/** What is wrong with one of the permissions is wrong with those of applications: the others were only ticked. */
const atItsField = (failure: FormFailure | null | undefined): FormFailure | null | undefined =>
  failure?.field?.startsWith('permissions') && failure.code !== 'input.missing'
    ? { ...failure, field: 'application_permissions' }
    : failure

/** A role of the organization's own: what it is called, and what whoever has it may do. */
export function RoleForm(props: Props) {
  const { site, own: role, held, failure } = props
  const { t } = site.texts
  const values: Record<string, unknown> & ReturnType<typeof valuesOf> = valuesOf(role, props.values)
  const at = role ? `${list}/${role.id}` : list
  const names = ['name', 'key', 'description', 'permissions', 'application_permissions']
  const labels = Object.fromEntries(names.map((name) => [name, t(`roles.field.${name.replaceAll('_', '-')}`)]))
  const explained = explain(site, atItsField(failure), labels)
  const field = (name: string) => ({ screen, name, label: labels[name] ?? '', explained })
  return (
    <Question
      {...props}
      screen={screen}
      section="roles"
      heading={role ? say(site, 'roles.edit-title', { name: role.name }) : t('roles.new-title')}
      lead={t('roles.form-lead')}
      above={{ href: at, label: role?.name ?? t('console.roles.title') }}
      explained={explained}
      panel={{
        operation: role ? 'roles.update' : 'roles.create',
        back: role ? `${at}/edit` : `${at}/new`,
        next: role ? at : `${list}/{created}`,
        hidden: role ? { role: role.id, version: String(role.version) } : {},
        submit: role ? t('common.save') : t('roles.create'),
        consequence: t(role ? 'roles.consequence.edit' : 'roles.consequence.new'),
        children: (
          <div className={styles.fields}>
            <Field {...field('name')} value={values.name} />
            {role ? null : (
              <Field {...field('key')} value={values.key} hint={t('roles.hint.key')} required={false} leftToRight />
            )}
            <AreaField {...field('description')} value={values.description} required={false} rows={2} maximum={500} />
            <PermissionChoices
              site={site}
              screen={screen}
              name="permissions"
              permissions={consolePermissions}
              chosen={values.chosen}
              held={held}
              explained={explained}
            />
            <AreaField
              {...field('application_permissions')}
              value={values.application_permissions}
              hint={t('roles.hint.applications')}
              required={false}
              rows={3}
              leftToRight
            />
          </div>
        ),
      }}
    />
  )
}
