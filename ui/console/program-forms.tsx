import type { Permission } from '#core/authority/contract'
import type { ServiceAccount } from '#core/tokens/contract'
import { explain } from '../explain.tsx'
import { AreaField, Field, SelectField } from '../parts/field.tsx'
import type { FormFailure } from '../site.tsx'
import { say } from '../words.tsx'
import styles from './invite.module.css'
import panel from './panel.module.css'
import { PermissionChoices } from './permissions.tsx'
import { programsPath } from './programs.tsx'
import { Question, type QuestionPage } from './question.tsx'

/** A new program, or what one is called. */
export function ProgramForm(props: QuestionPage & { program: ServiceAccount | null }) {
  const { site, program, failure } = props
  const { t } = site.texts
  const screen = 'program-form'
  const values: Record<string, string> = props.values ?? {
    name: program?.name ?? '',
    description: program?.description ?? '',
  }
  const labels = { name: t('programs.field.name'), description: t('programs.field.description') }
  const explained = explain(site, failure, labels)
  const at = program ? `${programsPath}/${program.id}` : programsPath
  return (
    <Question
      {...props}
      screen={screen}
      section="programs"
      heading={program ? say(site, 'programs.edit-title', { name: program.name }) : t('programs.new-title')}
      lead={t('programs.form-lead')}
      above={{ href: at, label: program?.name ?? t('console.programs.title') }}
      explained={explained}
      panel={{
        operation: program ? 'service-accounts.update' : 'service-accounts.create',
        back: program ? `${at}/edit` : `${at}/new`,
        next: program ? at : `${programsPath}/{created}`,
        hidden: program ? { account: program.id, version: String(program.version) } : {},
        submit: program ? t('common.save') : t('programs.create'),
        consequence: program ? null : t('programs.consequence'),
        children: (
          <div className={styles.fields}>
            <Field
              screen={screen}
              name="name"
              label={labels.name}
              hint={t('programs.hint.name')}
              value={values.name}
              explained={explained}
            />
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
          </div>
        ),
      }}
    />
  )
}

const lifetimes = ['7', '30', '90', '365']

const atItsField = (failure: FormFailure | null | undefined): FormFailure | null | undefined =>
  failure?.field?.startsWith('scopes') ? { ...failure, field: 'scopes' } : failure

/** A token of a program: for what, and for how long. */
export function TokenForm(props: QuestionPage & { program: ServiceAccount; scopes: Permission[] }) {
  const { site, program, scopes, values = {}, failure } = props
  const { t } = site.texts
  const screen = 'token-form'
  const labels = {
    name: t('tokens.field.name'),
    scopes: t('tokens.field.scopes'),
    expires_in: t('tokens.field.expires'),
  }
  const explained = explain(site, atItsField(failure), labels)
  const at = `${programsPath}/${program.id}`
  return (
    <Question
      {...props}
      screen={screen}
      section="programs"
      heading={say(site, 'tokens.new-title', { name: program.name })}
      lead={t('tokens.new-lead')}
      above={{ href: at, label: program.name }}
      explained={explained}
      panel={{
        operation: 'tokens.create',
        back: `${at}/tokens/new`,
        next: at,
        hidden: { account: program.id },
        submit: t('tokens.create'),
        consequence: t('tokens.consequence'),
        children: (
          <div className={styles.fields}>
            <Field
              screen={screen}
              name="name"
              label={labels.name}
              hint={t('tokens.hint.name')}
              value={values.name}
              explained={explained}
            />
            <SelectField
              screen={screen}
              name="expires_in"
              label={labels.expires_in}
              value={values.expires_in ?? '90'}
              options={lifetimes.map((value) => ({ value, label: t('invite.days', { count: Number(value) }) }))}
              explained={explained}
            />
            {scopes.length > 0 ? (
              <PermissionChoices
                site={site}
                screen={screen}
                name="scopes"
                permissions={scopes}
                chosen={(values.scopes ?? '').split('\n')}
                held={scopes}
                explained={explained}
              />
            ) : (
              <div className={panel.warning} data-part="token-form.nothing">
                <p>{t('tokens.nothing-held')}</p>
              </div>
            )}
          </div>
        ),
      }}
    />
  )
}
