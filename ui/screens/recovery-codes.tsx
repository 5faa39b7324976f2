import { IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { AccountFrame, type SignedIn } from '../frame/account-frame.tsx'
import { Button } from '../parts/button.tsx'
import { Form } from '../parts/form.tsx'
import type { UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import styles from './recovery-codes.module.css'

export type RecoveryCodesData = {
  person: SignedIn
  codes: readonly string[]
  madeAt: Date
  /** Under which they are kept for this page. */
  made: string
}

/** Codes as they are shown this once: to be copied, taken along as a file, or printed. */
export function RecoveryCodes({ site, data }: { site: UiSite; data: RecoveryCodesData }) {
  const { t } = site.texts
  const { person, codes, made, madeAt } = data
  const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const
  return (
    <AccountFrame
      site={site}
      screen="recovery-codes"
      here="/account/security"
      person={person}
      heading={t('recovery-codes.title')}
      lead={t('recovery-codes.lead')}
    >
      <section className={styles.sheet} data-part="recovery-codes.sheet">
        <p className={styles.whose}>
          {say(site, 'recovery-codes.whose', { at: madeAt })} <Isolated>{person.email}</Isolated>
        </p>
        <ol className={styles.codes} dir="ltr" data-part="recovery-codes.list">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div className={styles.ways}>
          <button
            type="button"
            hidden
            className={styles.way}
            data-copy={codes.join('\n')}
            data-copied={t('common.copied')}
            data-part="recovery-codes.copy"
          >
            <IconCopy {...icon} />
            <span aria-live="polite">{t('common.copy')}</span>
          </button>
          <a
            className={styles.way}
            href={site.path(`/account/security/recovery-codes/file?made=${made}`)}
            download
            data-part="recovery-codes.download"
          >
            <IconDownload {...icon} />
            <span>{t('recovery-codes.download')}</span>
          </a>
          <button type="button" hidden className={styles.way} data-print="" data-part="recovery-codes.print">
            <IconPrinter {...icon} />
            <span>{t('recovery-codes.print')}</span>
          </button>
        </div>
      </section>
      <div className={styles.end}>
        <Form
          site={site}
          action="/account/security/recovery-codes"
          part="recovery-codes.form"
          hidden={{ intent: 'done', made }}
        >
          <Button part="recovery-codes.done">{t('recovery-codes.done')}</Button>
        </Form>
        <p>{t('recovery-codes.done-lead')}</p>
      </div>
    </AccountFrame>
  )
}
