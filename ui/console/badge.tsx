import type { ReactNode } from 'react'
import styles from './badge.module.css'

export type Tone = 'plain' | 'info' | 'warning' | 'danger' | 'success'

/** How something stands. What is as it should be is plain, so that the exceptions are found in a long list. */
export const Badge = ({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) => (
  <span className={styles.badge} data-tone={tone}>
    {icon}
    {children}
  </span>
)
