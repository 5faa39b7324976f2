'use client'
/**
 * Mantine draws the controls; the theme colours them. Its variables come from styles/mantine.css, which takes them from
 * the --livery-* ones, so Mantine itself emits no style at all and always believes that the scheme is light.
 */
import { createTheme, MantineProvider, type VariantColorsResolver } from '@mantine/core'
import type { ReactNode } from 'react'
import alert from './parts/alert.module.css'
import button from './parts/button.module.css'
import field from './parts/field.module.css'

const theme = createTheme({
  cursorType: 'pointer',
  respectReducedMotion: true,
  activeClassName: '',
  // Colours come from stylesheets alone: in a style attribute nothing could reach them.
  variantColorResolver: () => ({}) as ReturnType<VariantColorsResolver>,
  components: {
    Button: { classNames: { root: button.root, inner: button.inner, label: button.label, section: button.section } },
    Input: {
      classNames: { wrapper: field.wrapper, input: field.input, section: field.section },
      // Mantine's sizes would be written into style attributes; there is one size, in the stylesheet.
      defaultProps: { size: undefined, leftSectionPointerEvents: undefined, rightSectionPointerEvents: undefined },
    },
    Alert: {
      classNames: {
        root: alert.root,
        wrapper: alert.wrapper,
        body: alert.body,
        icon: alert.icon,
        message: alert.message,
      },
    },
  },
})

export function Mantine({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme="light"
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
    >
      {children}
    </MantineProvider>
  )
}
