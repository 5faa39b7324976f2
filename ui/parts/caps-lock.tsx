import type { UiSite } from '../site.tsx'
import styles from './caps-lock.module.css'

/** Said by the script, as long as the key is on while somebody types into this field. */
export const CapsLock = ({ site, of }: { site: UiSite; of: string }) => (
  <p className={styles.caution} role="status" data-caps-lock={of}>
    <span hidden>{site.texts.t('field.caps-lock')}</span>
  </p>
)
