import { IconShieldHalfFilled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Group } from '#core/access/contract'
import { membershipKinds } from '#core/people/contract'
import { type Explained, explain } from '../explain.tsx'
import { nameOfLanguage } from '../frame/choices.tsx'
import { AreaField, ChoiceField, Field, SelectField } from '../parts/field.tsx'
import type { FormFailure, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { groupsPath } from './group-words.tsx'
import styles from './invite.module.css'
import { Question, type QuestionPage } from './question.tsx'
import { kindName } from './standing.tsx'

const screen = 'group-form'
const attributes = ['email_domain', 'locale', 'kind'] as const

/** What the form holds: what was typed, or else what the group is now. */
const valuesOf = (group: Group | null, typed: Record<string, string> | undefined): Record<string, string> => {
  if (typed) return typed
  if (!group) return {}
  const { name, description, rule } = group
  const ruled: Record<string, string> = rule
    ? { attribute: rule.attribute, operator: rule.operator, [`value_${rule.attribute}`]: rule.value }
    : {}
  return { name, description, ...ruled }
}

/** What is wrong with a rule is wrong with the field of its attribute. */
const atItsField = (failure: FormFailure | null | undefined, attribute: string): FormFailure | null | undefined =>
  failure?.field?.startsWith('rule') ? { ...failure, field: `value_${attribute}` } : failure

function ValueFields({
  site,
  values,
  explained,
}: {
  site: UiSite
  values: Record<string, string>
  explained: Explained | null
}) {
  const { t } = site.texts
  const operator = (
    <SelectField
      screen={screen}
      name="operator"
      label={t('groups.field.operator')}
      value={values.operator}
      options={(['is', 'is_not'] as const).map((value) => ({ value, label: t(`groups.operator.${value}`) }))}
      explained={explained}
    />
  )
  const common = { screen, explained }
  const fields: Record<(typeof attributes)[number], ReactNode> = {
    email_domain: (
      <Field
        {...common}
        name="value_email_domain"
        label={t('groups.field.value-email-domain')}
        hint={t('groups.hint.domain')}
        value={values.value_email_domain}
        required={false}
        leftToRight
      />
    ),
    locale: (
      <SelectField
        {...common}
        name="value_locale"
        label={t('groups.field.value-locale')}
        value={values.value_locale}
        options={site.organization.locales.map((value) => ({
          value: value.toLowerCase(),
          label: nameOfLanguage(value),
        }))}
      />
    ),
    kind: (
      <SelectField
        {...common}
        name="value_kind"
        label={t('groups.field.value-kind')}
        value={values.value_kind}
        options={membershipKinds.map((value) => ({ value, label: kindName(site, value) }))}
      />
    ),
  }
  return (
    <>
      <div className={styles.operator}>{operator}</div>
      {attributes.map((attribute) => (
        <div key={attribute} className={styles.value} data-attribute={attribute}>
          {fields[attribute]}
        </div>
      ))}
    </>
  )
}

/** A new group, or another name or rule of one. */
export function GroupForm(props: QuestionPage & { group: Group | null }) {
  const { site, group, failure } = props
  const { t } = site.texts
  const values = valuesOf(group, props.values)
  const attribute = values.attribute ?? ''
  const at = group ? `${groupsPath}/${group.id}` : groupsPath
  const labels = {
    name: t('groups.field.name'),
    description: t('groups.field.description'),
    value_email_domain: t('groups.field.value-email-domain'),
    value_locale: t('groups.field.value-locale'),
    value_kind: t('groups.field.value-kind'),
  }
  const explained = explain(site, atItsField(failure, attribute), labels)
  const options = ['', ...attributes].map((value) => ({
    value,
    label: t(`groups.attribute.${value || 'none'}`),
    hint: t(`groups.attribute-lead.${value || 'none'}`),
  }))
  return (
    <Question
      {...props}
      screen={screen}
      section="groups"
      heading={group ? say(site, 'groups.edit-title', { name: group.name }) : t('groups.new-title')}
      lead={t('groups.new-lead')}
      above={{ href: at, label: group?.name ?? t('console.groups.title') }}
      explained={explained}
      panel={{
        operation: group ? 'groups.update' : 'groups.create',
        back: group ? `${at}/edit` : `${at}/new`,
        next: group ? at : `${groupsPath}/{created}`,
        hidden: group
          ? { group: group.id, version: String(group.version), rule_before: JSON.stringify(group.rule) }
          : {},
        submit: group ? t('common.save') : t('groups.create'),
        children: (
          <div className={styles.fields}>
            <Field screen={screen} name="name" label={labels.name} value={values.name} explained={explained} />
            <AreaField
              screen={screen}
              name="description"
              label={labels.description}
              value={values.description}
              explained={explained}
              required={false}
              rows={2}
              maximum={500}
            />
            <div className={styles.rule}>
              <ChoiceField
                screen={screen}
                name="attribute"
                legend={t('groups.field.rule')}
                options={options}
                chosen={[attribute]}
              />
              <ValueFields site={site} values={values} explained={explained} />
              {group && group.rule === null ? (
                <div className={`${styles.warning} ${styles.hand}`}>
                  <IconShieldHalfFilled size={20} stroke={1.75} aria-hidden />
                  <p>{t('groups.rule-takes-over')}</p>
                </div>
              ) : null}
            </div>
          </div>
        ),
      }}
    />
  )
}
