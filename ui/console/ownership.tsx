import { explain } from '../explain.tsx'
import { ChoiceField, SelectField } from '../parts/field.tsx'
import { say, words } from '../words.tsx'
import styles from './panel.module.css'
import { Question, type QuestionPage } from './question.tsx'

/** Somebody else owns the organization from then on; whoever hands it over may step down in the same moment. */
export function Ownership(props: QuestionPage & { staff: { id: string; name: string; email: string }[] }) {
  const { site, staff, values = {}, failure } = props
  const { t } = site.texts
  const screen = 'ownership'
  const labels = { person: t('ownership.person') }
  return (
    <Question
      {...props}
      screen={screen}
      section="settings"
      heading={t('ownership.title')}
      lead={say(site, 'ownership.lead')}
      above={{ href: '/organization/settings', label: t('console.settings.title') }}
      labels={labels}
      panel={{
        operation: 'organizations.transfer-ownership',
        back: '/organization/settings/ownership',
        next: '/organization',
        submit: t('ownership.submit'),
        danger: true,
        consequence: t('ownership.consequence'),
        children: (
          <>
            <div className={styles.warning}>
              <p>{words(site, 'ownership.warning')}</p>
            </div>
            <SelectField
              screen={screen}
              explained={explain(site, failure, labels)}
              name="person"
              label={labels.person}
              value={values.person ?? ''}
              options={[
                { value: '', label: t('ownership.choose') },
                ...staff.map(({ id, name, email }) => ({
                  value: id,
                  label: name === email ? email : `${name} · ${email}`,
                })),
              ]}
            />
            <ChoiceField
              screen={screen}
              name="step_down"
              legend={t('ownership.afterwards')}
              chosen={[values.step_down === 'true' ? 'true' : 'false']}
              options={[
                { value: 'false', label: t('ownership.stay'), hint: t('ownership.stay-hint') },
                { value: 'true', label: t('ownership.step-down'), hint: t('ownership.step-down-hint') },
              ]}
            />
          </>
        ),
      }}
    />
  )
}
