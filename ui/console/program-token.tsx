/** A token as it is shown this once, and how a program signs in with one. */
import { IconCopy } from '@tabler/icons-react'
import { formStyles } from '../parts/form.tsx'
import { Section } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import styles from './program.module.css'

export type NewToken = { name: string; token: string }

/** Nobody sees it again, so it comes first and says so. */
export function TokenOnce({ site, token: { name, token } }: { site: UiSite; token: NewToken }) {
  const { t } = site.texts
  return (
    <section className={styles.token} aria-labelledby="new-token" data-part="program.new-token">
      <h2 id="new-token">{say(site, 'tokens.once.title', { name })}</h2>
      <p>{t('tokens.once.lead')}</p>
      <div className={styles.secret}>
        <code dir="ltr" data-part="program.secret">
          {token}
        </code>
        <button
          type="button"
          hidden
          className={styles.copy}
          data-copy={token}
          data-copied={t('common.copied')}
          data-part="program.copy"
        >
          <IconCopy size={16} stroke={1.75} aria-hidden />
          <span aria-live="polite">{t('common.copy')}</span>
        </button>
      </div>
    </section>
  )
}

/** `address` is the one that this organization is met at: the interface stands below it. */
export function HowToSignIn({ site, address }: { site: UiSite; address: string }) {
  const { t } = site.texts
  const example = `curl ${address}/api/v1/me \\\n  -H 'Authorization: Bearer livery_…'`
  return (
    <Section title={t('programs.how.title')} lead={t('programs.how.lead')}>
      <div className={styles.how} data-part="programs.how">
        <p>{t('programs.how.text')}</p>
        <pre className={styles.example} dir="ltr">
          <code>{example}</code>
        </pre>
        <p>
          <a href={site.path('/api/docs')} className={formStyles.tall} data-part="programs.docs">
            {t('programs.how.docs')}
          </a>
        </p>
      </div>
    </Section>
  )
}
