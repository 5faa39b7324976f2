import { Button as MantineButton } from '@mantine/core'
import type { ReactNode } from 'react'

type Kind = 'secondary' | 'danger' | 'quiet' | 'link'
type Look = {
  children: ReactNode
  part: string
  /** Absent: the one filled button of the page. */
  kind?: Kind | undefined
  small?: boolean | undefined
  wide?: boolean | undefined
  icon?: ReactNode
}

const looks = ({ part, kind, small, wide, icon }: Omit<Look, 'children'>) => ({
  'data-part': part,
  'data-kind': kind,
  'data-small': small || undefined,
  fullWidth: wide,
  leftSection: icon,
})

export function Button({
  children,
  name,
  value,
  label,
  resendAt,
  waiting,
  passkey,
  ...look
}: Look & {
  name?: string
  value?: string
  /** What it is called where its words alone do not say enough. */
  label?: string | undefined
  resendAt?: string | undefined
  waiting?: string | undefined
  /** What the script is to do with a passkey. */
  passkey?: 'get' | 'create' | undefined
}) {
  return (
    <MantineButton
      type="submit"
      name={name}
      value={value}
      aria-label={label}
      data-resend-at={resendAt}
      data-waiting={waiting}
      data-passkey={passkey}
      {...looks(look)}
    >
      {children}
    </MantineButton>
  )
}

export function ButtonLink({ children, href, label, ...look }: Look & { href: string; label?: string }) {
  return (
    <MantineButton component="a" href={href} aria-label={label} {...looks(look)}>
      {children}
    </MantineButton>
  )
}
