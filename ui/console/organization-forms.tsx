/** What is asked before an organization is moved, suspended or deleted. */
import type { Organization } from '#core/organizations/contract'
import { explain } from '../explain.tsx'
import { Field, SelectField } from '../parts/field.tsx'
import { Isolated, say, words } from '../words.tsx'
import styles from './panel.module.css'
import { organizationsPath as list, Question, type QuestionPage } from './question.tsx'

type OfOne = QuestionPage & { organization: Organization; below: number }

const aboveOf = ({ id, name }: Organization) => ({ href: `${list}/${id}`, label: name })

/** Nothing of it may be seen from then on: what else goes dark is said first. */
export function SuspendOrganization(props: OfOne) {
  const { site, organization, below } = props
  const { t } = site.texts
  return (
    <Question
      {...props}
      screen="suspend-organization"
      heading={say(site, 'organization.suspend.heading', { name: organization.name })}
      above={aboveOf(organization)}
      panel={{
        operation: 'organizations.suspend',
        back: `${list}/${organization.id}/suspend`,
        next: `${list}/${organization.id}`,
        hidden: { id: organization.id },
        submit: t('organization.suspend.submit'),
        danger: true,
        consequence: t('organization.suspend.consequence'),
        children: (
          <div className={styles.warning}>
            <p>{words(site, 'organization.suspend.warning', { name: organization.name, below })}</p>
          </div>
        ),
      }}
    />
  )
}

/** Below which one it is to stand; only those that may be chosen are offered. */
export function MoveOrganization(props: OfOne & { parents: { id: string; label: string }[]; search: string }) {
  const { site, organization, parents, below, values = {}, failure } = props
  const { t } = site.texts
  const screen = 'move-organization'
  const labels = { parent_id: t('organization.move.field') }
  return (
    <Question
      {...props}
      screen={screen}
      heading={say(site, 'organization.move.heading', { name: organization.name })}
      lead={say(site, 'organization.move.question', { below })}
      above={aboveOf(organization)}
      labels={labels}
      panel={{
        operation: 'organizations.move',
        back: `${list}/${organization.id}/move`,
        next: `${list}/${organization.id}`,
        hidden: { id: organization.id },
        submit: t('organization.move.submit'),
        consequence: t('organization.move.consequence'),
        children: (
          <SelectField
            screen={screen}
            explained={explain(site, failure, labels)}
            name="parent_id"
            label={labels.parent_id}
            value={values.parent_id ?? organization.parentId ?? ''}
            options={parents.map(({ id, label }) => ({ value: id, label }))}
          />
        ),
      }}
    />
  )
}

/** What goes with it, by name and number, before it goes. */
export function DeleteOrganization(props: OfOne & { goes: { name: string; count: number }[] }) {
  const { site, organization, goes, below, values = {}, failure } = props
  const { t } = site.texts
  const screen = 'delete-organization'
  const labels = { confirm: t('organization.delete.field') }
  return (
    <Question
      {...props}
      screen={screen}
      heading={say(site, 'organization.delete.heading', { name: organization.name })}
      above={aboveOf(organization)}
      labels={labels}
      panel={{
        operation: 'organizations.delete',
        back: `${list}/${organization.id}/delete`,
        next: list,
        hidden: { id: organization.id, version: String(organization.version) },
        submit: t('organization.delete.submit'),
        danger: true,
        consequence: t('organization.delete.consequence'),
        children: (
          <>
            <div className={styles.warning}>
              <p>
                {words(site, below > 0 ? 'organization.delete.has-children' : 'organization.delete.warning', {
                  name: organization.name,
                  below,
                })}
              </p>
            </div>
            {goes.length > 0 ? (
              <ul className={styles.goes} data-part="delete-organization.goes">
                {goes.map(({ name, count }) => (
                  <li key={name}>{t(`organization.goes.${name}`, { count })}</li>
                ))}
              </ul>
            ) : null}
            <Field
              screen={screen}
              explained={explain(site, failure, labels)}
              name="confirm"
              label={labels.confirm}
              hint={words(
                site,
                'organization.delete.hint',
                { handle: organization.handle },
                {
                  b: (children) => (
                    <strong>
                      <Isolated>{children}</Isolated>
                    </strong>
                  ),
                },
              )}
              value={values.confirm}
              leftToRight
            />
          </>
        ),
      }}
    />
  )
}
