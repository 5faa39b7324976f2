'use client'
/**
 * Mantine draws the controls; the theme colours them. Its variables come from styles/mantine.css, which takes them from
 * the --livery-* ones, so Mantine itself emits no style at all and always believes that the scheme is light.
 */
import { createTheme, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import alert from './parts/alert.module.css'
import button from './parts/button.module.css'
import field from './parts/field.module.css'

const theme = createTheme({
  cursorType: 'pointer',
  respectReducedMotion: true,
  activeClassName: '',
  components: {
    Button: {
      classNames: { root: button.root, inner: button.inner, label: button.label, section: button.section },
      // Mantine would write its own colour into a style attribute, where no stylesheet can reach it.
      vars: () => ({ root: { '--button-color': undefined } }),
    },
    Input: { classNames: { wrapper: field.wrapper, input: field.input, section: field.section } },
    InputWrapper: {
      classNames: { root: field.root, label: field.label, description: field.description, error: field.error },
      defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'], withAsterisk: false },
    },
    Alert: {
      vars: () => ({ root: { '--alert-color': undefined } }),
      classNames: { root: alert.root, wrapper: alert.wrapper, body: alert.body, icon: alert.icon, message: alert.message },
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
