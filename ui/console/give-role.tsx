import type { GiveableRole } from '#core/access/contract'
import { explain } from '../explain.tsx'
import { SelectField } from '../parts/field.tsx'
import { say } from '../words.tsx'
import styles from './invite.module.css'
import { Powers, reachOptions, roleOptions } from './power.tsx'
import { Question, type QuestionPage } from './question.tsx'

const screen = 'give-role'

type Props = QuestionPage & {
  section: 'groups' | 'programs'
  subject: { kind: 'group' | 'service'; id: string; name: string }
  /** The page of the group or program. */
  above: string
  roles: GiveableRole[]
}

const ends = ['', '1', '7', '30', '90', '365']

/** Gives a role to a group or a program: which one, how far, and until when. */
export function GiveRole(props: Props) {
  const { site, subject, above, roles, section, values = {}, failure } = props
  const { t } = site.texts
  const labels = { role: t('give.field.role'), reach: t('give.field.reach'), ends_in: t('give.field.ends') }
  const explained = explain(site, failure, labels)
  const canReachBelow = roles.some(({ reach }) => reach === 'subtree')
  return (
    <Question
      {...props}
      screen={screen}
      section={section}
      heading={say(site, 'give.title', { name: subject.name })}
      lead={t(`give.lead.${subject.kind}`)}
      above={{ href: above, label: subject.name }}
      explained={explained}
      panel={{
        operation: 'grants.give',
        back: `${above}/give`,
        next: above,
        hidden: { 'subject.kind': subject.kind, 'subject.id': subject.id },
        submit: t('give.submit'),
        consequence: t(`give.consequence.${subject.kind}`),
        children: (
          <div className={styles.fields}>
            <SelectField
              screen={screen}
              name="role"
              label={labels.role}
              hint={t('give.hint.role')}
              value={values.role}
              options={[{ value: '', label: t('give.choose') }, ...roleOptions(site, roles)]}
              explained={explained}
            />
            <Powers site={site} roles={roles} />
            {canReachBelow ? (
              <SelectField
                screen={screen}
                name="reach"
                label={labels.reach}
                value={values.reach}
                options={reachOptions(site)}
                explained={explained}
              />
            ) : null}
            <SelectField
              screen={screen}
              name="ends_in"
              label={labels.ends_in}
              value={values.ends_in}
              options={ends.map((value) => ({
                value,
                label: value === '' ? t('give.no-end') : t('invite.days', { count: Number(value) }),
              }))}
              explained={explained}
            />
          </div>
        ),
      }}
    />
  )
}
