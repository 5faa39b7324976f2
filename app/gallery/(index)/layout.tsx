import type { ReactNode } from 'react'
import styles from './gallery.module.css'

export const metadata = { title: 'Gallery' }
export const dynamic = 'force-dynamic'

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body className={styles.ground}>{children}</body>
    </html>
  )
}
