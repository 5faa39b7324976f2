/** Settings that others notice: each asked on a page that says what follows. */
import type { PasskeysByHost } from '#core/credentials/contract'
import { type Organization, peopleSources } from '#core/organizations/contract'
import { explain } from '../explain.tsx'
import { ButtonLink } from '../parts/button.tsx'
import { ChoiceField, Field } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { address, say, words } from '../words.tsx'
import { BoundPasskeys } from './bound-passkeys.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { panelStyles as styles } from './panel.tsx'
import { Question } from './question.tsx'

const path = '/organization/settings'
type Page = { site: UiSite; frame: ConsoleFrameData; organization: Organization } & Answered

const above = (site: UiSite) => ({ href: path, label: site.texts.t('console.settings.title') })

/** Where the page is met by the very name that would change: the form would be answered by another host. */
function Elsewhere({ site, frame, url }: Page & { url: string }) {
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="settings"
      screen="settings-handle"
      here={`${path}/handle`}
      heading={t('settings.handle.heading')}
      back={above(site)}
      narrow
    >
      <div className={styles.warning} data-part="settings-handle.elsewhere">
        <p>{words(site, 'settings.handle.elsewhere')}</p>
      </div>
      <p className={styles.onward}>
        <ButtonLink part="settings-handle.open" href={`${url}${path}/handle`} kind="secondary" small>
          {t('settings.handle.open')}
        </ButtonLink>
      </p>
    </ConsoleFrame>
  )
}

type HandlePage = Page & { url: string; elsewhere: string | null; passkeys?: readonly PasskeysByHost[] }

/**
 * `elsewhere`: the address to do it at, where this one would go away with the handle. `passkeys`: bound to the host that is named
 * after it.
 */
export function SettingsHandle(props: HandlePage) {
  const { site, organization, url, elsewhere, passkeys = [], values = {}, failure } = props
  const { t } = site.texts
  if (elsewhere !== null) return <Elsewhere {...props} url={elsewhere} />
  const labels = { handle: t('settings.handle.field') }
  return (
    <Question
      {...props}
      section="settings"
      screen="settings-handle"
      heading={t('settings.handle.heading')}
      lead={t('settings.handle.lead')}
      above={above(site)}
      labels={labels}
      panel={{
        operation: 'settings.handle',
        back: `${path}/handle`,
        next: path,
        hidden: { version: String(organization.version) },
        submit: t('settings.handle.submit'),
        consequence: t('settings.handle.consequence'),
        children: (
          <>
            <p>{words(site, 'settings.handle.now', { url }, address)}</p>
            <Field
              screen="settings-handle"
              explained={explain(site, failure, labels)}
              name="handle"
              label={labels.handle}
              hint={t('settings.handle.hint')}
              autoComplete="off"
              leftToRight
              value={values.handle ?? organization.handle}
            />
            <ul className={styles.follows}>
              {['links', 'sign-in', 'programs'].map((name) => (
                <li key={name}>{t(`settings.handle.${name}`)}</li>
              ))}
            </ul>
            <BoundPasskeys site={site} bound={passkeys} part="settings-handle.passkeys" />
          </>
        ),
      }}
    />
  )
}

/** `homes`: how many live here, and how many members live elsewhere. */
export function SettingsPeopleFrom(props: Page & { parentName: string; homes: { here: number; elsewhere: number } }) {
  const { site, organization, parentName, homes, values = {}, failure } = props
  const { t } = site.texts
  const labels = { people_from: t('settings.people-from') }
  const warnings = [
    ...(homes.here > 0
      ? [words(site, 'settings.people-from.strands-here', { count: homes.here, parent: parentName })]
      : []),
    ...(homes.elsewhere > 0 ? [words(site, 'settings.people-from.strands-elsewhere', { count: homes.elsewhere })] : []),
  ]
  return (
    <Question
      {...props}
      section="settings"
      screen="settings-people-from"
      heading={t('settings.people-from.heading')}
      lead={t('settings.people-from.lead')}
      above={above(site)}
      labels={labels}
      panel={{
        operation: 'organizations.update',
        back: `${path}/people-from`,
        next: path,
        hidden: { version: String(organization.version) },
        submit: t('common.save'),
        consequence: t('settings.people-from.consequence'),
        children: (
          <>
            <ChoiceField
              screen="settings-people-from"
              name="people_from"
              legend={t('settings.people-from')}
              explained={explain(site, failure, labels)}
              chosen={[values.people_from ?? organization.peopleFrom]}
              options={peopleSources.map((value) => ({
                value,
                label: t(`organizations.people-from.${value}`),
                hint: say(site, `organizations.people-from.${value}-lead`, { parent: parentName }),
              }))}
            />
            {warnings.map((warning, index) => (
              <div key={index === 0 ? 'first' : 'second'} className={styles.warning}>
                <p>{warning}</p>
              </div>
            ))}
          </>
        ),
      }}
    />
  )
}
